"""The README says what is true: its commands run, its specs check, its output is what is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import tfspec
from tfspec.cli import main
from tfspec.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL = re.compile(r"^pip install -e '\.\[([\w,]+)\]' && (.+)$", re.MULTILINE)


def blocks(language: str) -> list[str]:
    """The texts between the fences of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_two_commands_do_all_the_set_up() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    commands = INSTALL.findall(README)
    assert [command for _, command in commands] == ["tfspec run specs/quickstart.yaml", "pytest"]
    assert [extras.split(",") for extras, _ in commands] == [["all"], ["all", "test"]]
    assert {"all", "test", "tensorflow"} <= set(project["optional-dependencies"])


def test_the_main_command_runs(tmp_path: Path) -> None:
    """As it stands, but for where the run folder goes."""
    pytest.importorskip("tensorflow")
    (_, command), _ = INSTALL.findall(README)
    _, *arguments = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", "tfspec", *arguments, "--runs", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("epoch 1/")
    accuracy = re.search(r"^  test .*accuracy (\d\.\d+)", done.stdout, re.MULTILINE)
    assert accuracy is not None
    assert float(accuracy[1]) >= 0.95
    assert f"run folder: {tmp_path / 'digits-1'}" in lines
    assert lines[-1] == f"  tfspec predict {tmp_path / 'digits-1'} --input FILE"
    assert done.stderr == ""


def test_the_first_specs_are_right_and_the_third_gives_what_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right, deep, wrong, *_ = blocks("yaml")
    assert tfspec.check(right) == []
    assert tfspec.check(f"tfspec: 1\n{deep}") == []
    (tmp_path / "small.yaml").write_text(wrong)
    monkeypatch.chdir(tmp_path)
    (shown,) = [block for block in blocks("console") if block.startswith("$ tfspec check")]
    command, _, output = shown.partition("\n")
    result = CliRunner().invoke(main, shlex.split(command)[2:])
    assert result.stdout == output
    assert result.exit_code == 1


def test_the_table_has_every_command() -> None:
    assert tuple(re.findall(r"^\| `tfspec (\w+)", README, re.MULTILINE)) == COMMANDS


def test_the_python_names_are_there() -> None:
    (code,) = blocks("python")
    names = set(re.findall(r"tfspec\.(\w+)\(", code))
    assert names == {"check", "inspect", "build", "run"}
    assert names <= set(tfspec.__all__)


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), f"{page.name}: {link}"
