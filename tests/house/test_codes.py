"""Every code of every room: its wrong spec gives it, and its right one has no error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tfspec
from tfspec.cli.codes import HEAVY, LIGHT, all_codes
from tfspec.diagnostics import Code, has_errors

CODES = all_codes()
WITH_SPECS = [code for code in CODES if code.bad is not None]
WITH_GOOD = [code for code in CODES if code.good is not None]
STAGES = {"source": "0", "expand": "1", "spec": "2", "graph": "3", "tensors": "4", "catalogue": "4", "analysis": "4"}
STAGES |= {"backends": "5", "data": "6", "runner": "7"}


def test_every_room_that_has_problems_is_asked() -> None:
    rooms = {path.parent.name for path in Path(tfspec.__file__).parent.glob("*/problems*")}
    assert rooms == {*LIGHT, *HEAVY}


def test_no_code_is_given_twice() -> None:
    declared = re.compile(r'^    "(TS\d+)",', re.MULTILINE)
    found: list[str] = []
    for path in Path(tfspec.__file__).parent.rglob("*.py"):
        ids = declared.findall(path.read_text(encoding="utf-8"))
        if "problems" in path.as_posix():
            room = path.relative_to(Path(tfspec.__file__).parent).parts[0]
            assert all(id_[2] == STAGES[room] for id_ in ids), path
        found += ids
    assert len(found) == len(set(found))
    assert set(found) == {code.id for code in CODES}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.id)
def test_words(code: Code) -> None:
    assert re.fullmatch(r"TS\d{3}", code.id)
    assert code.title[:1].islower() or code.title[:1] == "`"
    assert not code.title.endswith(".")
    assert code.explanation.endswith((".", "`"))
    assert code.bad is None or code.good is not None


@pytest.mark.parametrize("code", WITH_SPECS, ids=lambda code: code.id)
def test_the_wrong_spec_gives_it(code: Code) -> None:
    assert code.bad is not None
    found = tfspec.check(code.bad)
    if code.id.startswith("TS6") and not has_errors(found):
        pytest.importorskip("tensorflow")
        from tfspec.analysis import analyze
        from tfspec.data import load_splits

        spec = tfspec.load(code.bad)
        feeds = analyze(spec).feeds
        assert feeds is not None
        with pytest.raises(tfspec.SpecError, match=code.id):
            load_splits(spec, feeds, Path(), 0)
        return
    if code.id.startswith("TS6"):
        return  # an earlier stage knew it already
    same = [problem for problem in found if problem.code == code.id]
    assert same
    assert {problem.severity for problem in same} == {code.severity}


@pytest.mark.parametrize("code", WITH_GOOD, ids=lambda code: code.id)
def test_the_right_spec_is_right(code: Code) -> None:
    assert code.good is not None
    assert not has_errors(tfspec.check(code.good))
    assert code.id not in {problem.code for problem in tfspec.check(code.good)}
