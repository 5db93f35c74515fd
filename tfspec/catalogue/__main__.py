"""Write what is made from the declarations: `python -m tfspec.catalogue`.

The table of names always; the reference pages where the package stands beside its `docs`.
"""

from pathlib import Path

from .names import NAMES
from .reference import render_reference
from .table import collect_names, render_names

Path(__file__).with_name("names.py").write_text(render_names(), encoding="utf-8")
NAMES.update(collect_names())  # so that the pages know what the table did not know before

docs = Path(__file__).parents[2] / "docs"
if docs.is_dir():
    pages = render_reference()
    folder = docs / "reference"
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
