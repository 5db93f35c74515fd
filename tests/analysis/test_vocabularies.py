"""Vocabularies in files: read beside the spec, counted, written back as they were said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tfspec.analysis import analyze
from tfspec.spec import load

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
tfspec: 1
model:
  sequential:
    input: {{shape: [1], dtype: {dtype}}}
    layers:
      - {layer}: {{vocabulary: words.txt, output_mode: one_hot}}
"""


def _spec(folder: Path, text: str | bytes, layer: str = "StringLookup") -> Path:
    (folder / "words.txt").write_bytes(text.encode() if isinstance(text, str) else text)
    path = folder / "spec.yaml"
    path.write_text(SPEC.format(layer=layer, dtype="int64" if layer == "IntegerLookup" else "string"))
    return path


@pytest.mark.parametrize("layer", ["StringLookup", "TextVectorization", "IntegerLookup"])
@pytest.mark.parametrize("text", ["1\n2\n3\n", "1\r\n2\r\n3", "\ufeff1\n2\n3\n"])
def test_counts_the_words_and_keeps_the_path(tmp_path: Path, layer: str, text: str) -> None:
    mode = "multi_hot" if layer == "TextVectorization" else "one_hot"
    path = _spec(tmp_path, text, layer)
    path.write_text(path.read_text().replace("one_hot", mode).replace("[1]", "[]"))
    analysis = analyze(load(path))
    assert analysis.problems == []
    assert [type_.shape[-1] for value, type_ in analysis.types.values.items() if value.maker != "input_layer"] == [4]
    assert "words.txt" in analysis.spec.to_yaml()
    assert analysis.graph.nodes[0].layer.vocabulary == ((1, 2, 3) if layer == "IntegerLookup" else ("1", "2", "3"))  # type: ignore[union-attr] # all three have one


@pytest.mark.parametrize(
    ("text", "layer", "words"),
    [
        ("a\nb\na\n", "StringLookup", "line 3 of"),
        ("a\n\nb\n", "TextVectorization", "line 2 of"),
        ("1\nx\n", "IntegerLookup", "is no whole number: `x`"),
        ("1\n01\n", "IntegerLookup", "says `1` again"),
        ("", "StringLookup", "is empty"),
        (b"\xff\xfea\n", "StringLookup", "UTF-16"),
        (b"a\n\xe4\n", "StringLookup", "is not UTF-8"),
    ],
)
def test_tells_what_is_wrong_with_a_file(tmp_path: Path, text: str | bytes, layer: str, words: str) -> None:
    (problem,) = analyze(load(_spec(tmp_path, text, layer))).problems
    assert problem.code == "TS427"
    assert words in problem.message
    assert problem.path[-1] == "vocabulary"


def test_a_missing_file_is_looked_for_beside_the_spec(tmp_path: Path) -> None:
    path = _spec(tmp_path, "a\n")
    (tmp_path / "words.txt").unlink()
    (problem,) = analyze(load(path)).problems
    assert str(tmp_path / "words.txt") in problem.message


def test_prepare_has_its_words_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("a\nb\n")
    (tmp_path / "rows.csv").write_text("word,y\na,0\nb,1\n")
    text = """\
tfspec: 1
data:
  source: {csv: {path: rows.csv, target: y, columns: [word]}}
  prepare: [StringLookup: {vocabulary: words.txt, output_mode: one_hot}]
model:
  sequential: {layers: [Dense: {units: 1}]}
"""
    analysis = analyze(load(text), tmp_path)
    assert analysis.problems == []
    assert [type_.shape for type_ in analysis.inputs.values()] == [(None, 3)]
    assert "words.txt" in analysis.spec.to_yaml()
