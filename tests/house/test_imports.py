"""Imports go down only, and what needs no TensorFlow loads none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("keras", "numpy", "sklearn", "tensorflow")
SPEC = """\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 0.2}
  prepare: [Normalization]
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}
callbacks: [EarlyStopping]
"""
PROBE = f"""
import json, sys
print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}} & set({HEAVY!r}))))
"""


def loaded_by(program: str) -> list[str]:
    """Which of the heavy modules a fresh process holds after a program."""
    done = subprocess.run([sys.executable, "-c", program + PROBE], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    root = Path(__file__).parents[2]
    done = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "use",
    [
        "",
        f"assert tfspec.check({SPEC!r}) == []",
        f"assert tfspec.inspect({SPEC!r}).parameters == 15",
        "tfspec.schema()",
        "import tfspec.cli.codes; tfspec.cli.codes.all_codes()",
        "import tfspec.cli.check, tfspec.cli.show, tfspec.cli.schema, tfspec.cli.explain",
        "import tfspec.testing",
    ],
    ids=["import", "check", "inspect", "schema", "codes", "commands", "testing"],
)
def test_no_tensorflow_is_loaded(use: str) -> None:
    assert loaded_by(f"import tfspec\n{use}\n") == []


def test_the_probe_can_fail() -> None:
    pytest.importorskip("numpy")
    assert loaded_by("import tfspec\nimport numpy\n") == ["numpy"]


def test_what_is_missing_is_named_with_the_line_to_type() -> None:
    hide = "import sys\nsys.modules['keras'] = None\nimport tfspec\ntfspec.build\n"
    done = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, check=False)
    assert "pip install 'tfspec[tensorflow]'" in done.stderr


@pytest.mark.parametrize("name", ["Problem", "Spec", "SpecError", "Summary", "check", "inspect", "load", "schema"])
def test_names_are_there_when_asked_for(name: str) -> None:
    import tfspec

    assert getattr(tfspec, name)
    assert name in dir(tfspec)
    assert name in tfspec.__all__


def test_a_name_that_is_not_there() -> None:
    import tfspec

    with pytest.raises(AttributeError, match="no attribute `chekc`"):
        _ = tfspec.chekc
