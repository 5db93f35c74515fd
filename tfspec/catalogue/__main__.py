"""Write the table of names anew: `python -m tfspec.catalogue`."""

from pathlib import Path

from .table import render_names

Path(__file__).with_name("names.py").write_text(render_names(), encoding="utf-8")
