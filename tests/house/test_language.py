"""docs/language.md says what is true: each of its examples is a right spec, with what it leaves out put in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import tfspec

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SECTIONS = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", PAGE, re.MULTILINE))))

BASE = """\
tfspec: 1
compile: {loss: mse}
model: {sequential: {input: {shape: [4]}, layers: [double, {Dense: {units: 1}}]}}
"""
LIBRARY = "blocks:\n  double: {layers: [{Dense: {units: '${width}'}}, ReLU]}\nvars: {width: 4}\n"


OUTPUTS = next(each for each in EXAMPLES if "outputs: [priority, department]" in each)
"""The model of which other sections speak."""


def whole(example: str) -> str:
    """An example with the sections that it leaves out."""
    first = "" if example.startswith("tfspec: 1\n") else "tfspec: 1\n"
    has_model = re.search(r"^(model|extends):", example, re.MULTILINE) is not None
    return first + example + ("" if has_model else OUTPUTS)


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda example: "+".join(re.findall(r"^(\w+):", example, re.MULTILINE))
)
def test_an_example_is_right(example: str, tmp_path: Path) -> None:
    folder = tmp_path / "specs"
    for path, content in ((folder / "base.yaml", BASE), (tmp_path / "blocks" / "residual.yaml", LIBRARY)):
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "cases" / "saved" / "encoder.keras", folder)
    spec = folder / "spec.yaml"
    spec.write_text(whole(example), encoding="utf-8")
    other = ["model.sequential.input.shape=[4]"] if "encoder.keras" in example else []
    assert tfspec.check(spec, overrides=other) == []
    if "quick:" in example:
        assert tfspec.check(spec, profiles=["quick"]) == []


def test_the_table_has_every_section() -> None:
    known = {*tfspec.Spec.model_fields, "vars", "extends", "use", "profiles", "blocks"}
    assert known <= SECTIONS


@pytest.mark.parametrize(
    ("said", "around"),
    [
        ("activation: {leaky_relu: {negative_slope: 0.1}}", "model: {sequential: {layers: [{Dense: {units: 1, *}}]}}"),
        (
            'params: {filters: , inner: "${filters // 4}"}',
            "blocks: {b: {*, layers: [Dense: {units: '${inner}'}]}}\nmodel: {sequential: {layers: [b: {filters: 8}]}}",
        ),
        ("vars: {width: 64}", "*\nmodel: {sequential: {layers: [{Dense: {units: '${width}'}}]}}"),
    ],
)
def test_what_is_said_in_passing_is_right(said: str, around: str) -> None:
    assert f"`{said}`" in PAGE
    spec = f"tfspec: 1\n{around.replace('*', said)}\n"
    assert tfspec.check(spec, overrides=["model.sequential.input.shape=[4]"]) == []
