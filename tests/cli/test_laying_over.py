"""`--set`, `--var` and `--profile`, the spec written out with its places, and what two specs say differently."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tfspec
from tfspec.cli import main
from tfspec.cli.resolved import resolved_text

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").rglob("*.yaml"))
EXAMPLES = [path for path in SPECS if "\nmodel:" in path.read_text(encoding="utf-8")][::4]

SPEC = """\
tfspec: 1
vars: {width: 4}
profiles: {wide: {vars: {width: 16}}, deep: {vars: {depth: 3}}}
blocks:
  tower:
    params: {units: , rate: 0.5}
    layers:
      - Dense: {units: "${units}"}
      - Dropout: {rate: "${rate}"}
      - Add: {from: [input, _]}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - repeat: {times: 2, layers: [{tower: {units: 4}}]}
      - Dense: {units: "${width}"}
"""


def call(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(SPEC, encoding="utf-8")
    return "spec.yaml"


def units(result: Result) -> int:
    data = json.loads(result.stdout)
    size: int = data["layers"][-1]["outputs"][0]["shape"][-1]
    return size


def test_show_lays_over(spec: str) -> None:
    show = ("show", spec, "--format", "json")
    assert units(call(*show)) == 4
    assert units(call(*show, "--profile", "wide")) == 16
    assert units(call(*show, "--profile", "wide", "--var", "width=5")) == 5
    assert units(call(*show, "--set", "vars.width=7")) == 7
    assert (
        units(call(*show, "--set", "vars.width=7", "--var", "width=8", "--profile", "wide", "--profile", "deep")) == 8
    )


def test_check_lays_over(spec: str) -> None:
    assert call("check", spec).exit_code == 0
    result = call("check", spec, "--var", "width=0")
    assert result.exit_code == 1
    assert "--var:1:7" in result.stdout
    assert "there is no profile called `wid`" in call("check", spec, "--profile", "wid").stdout
    assert "the spec has no variable `widht`" in call("check", spec, "--var", "widht=1").stdout


@pytest.mark.parametrize("command", ["check", "show", "run"])
def test_helps_name_the_options(command: str) -> None:
    text = call(command, "--help").stdout
    assert all(option in text for option in ("--set PATH=VALUE", "--var NAME=VALUE", "--profile NAME"))


def test_resolved(spec: str) -> None:
    result = call("show", spec, "--resolved", "--var", "width=5")
    assert (
        result.stdout
        == """\
tfspec: 1                                                     # line 1
model:
  functional:
    inputs:
      input_layer: {shape: [4]}                               # line 13
    layers:
      # block tower at line 15, repetition 1 of 2 at line 15
      - Dense: {units: 4, name: tower_dense}                  # line 8, value from line 15
      - Dropout: {rate: 0.5, name: tower_dropout}             # line 9, value from line 6
      - Add: {from: [input_layer, "_"], name: tower_add}      # line 10
      # block tower at line 15, repetition 2 of 2 at line 15
      - Dense: {units: 4, name: tower_1_dense}                # line 8, value from line 15
      - Dropout: {rate: 0.5, name: tower_1_dropout}           # line 9, value from line 6
      - Add: {from: [tower_add, "_"], name: tower_1_add}      # line 10
      - Dense: {units: 5}                                     # line 16, value from --var width=5
"""
    )


def test_resolved_from_several_files(spec: str) -> None:
    Path("top.yaml").write_text(f"extends: {spec}\nname: top\nvars: {{width: 9}}\n", encoding="utf-8")
    lines = call("show", "top.yaml", "--resolved", "--set", "seed=3").stdout.splitlines()
    assert "- Dense: {units: 9}" in lines[-3]
    assert lines[-3].endswith("# spec.yaml:16, value from line 3")
    assert lines[-2].split("#") == ["name: top".ljust(62), " line 2"]
    assert lines[-1].split("#") == ["seed: 3".ljust(62), " --set seed=3"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_resolved_prints_is_the_same_spec(path: Path) -> None:
    loaded = tfspec.load(path)
    assert tfspec.load(resolved_text(loaded)) == loaded


@pytest.mark.parametrize(
    "description",
    ["a # b", "#", "${x}", "$${x}", "- a", "a\nb", "ä: ö", "yes", "1e3", "", " x", "'", '"', "\\", "\t", "[", "{a"],
)
def test_any_text_is_resolved(description: str) -> None:
    spec = tfspec.load({
        "tfspec": 1,
        "description": description.replace("${", "$${"),
        "model": {"sequential": {"input": {"shape": [4]}, "layers": [{"Dense": {"units": 1}}]}},
    })  # fmt: skip
    assert spec.description == description
    assert tfspec.load(resolved_text(spec)) == spec
    assert tfspec.load(spec.to_yaml()) == spec


def changed(*pairs: tuple[str, str]) -> str:
    content = SPEC
    for before, after in pairs:
        assert before in content
        content = content.replace(before, after)
    Path("other.yaml").write_text(content, encoding="utf-8")
    return "other.yaml"


def test_diff_of_the_same(spec: str) -> None:
    Path("resolved.yaml").write_text(call("show", spec, "--resolved").stdout, encoding="utf-8")
    for other in (spec, "resolved.yaml", changed(("width: 4", "width: 4, other: 3"))):
        result = call("diff", spec, other)
        assert (result.exit_code, result.stdout) == (0, "")


def test_diff(spec: str) -> None:
    other = changed(("times: 2", "times: 3"), ("rate: 0.5", "rate: 0.25"), ("width: 4", "width: 6"))
    Path(other).write_text(Path(other).read_text() + "fit: {epochs: 3}\ncompile: {loss: mse}\n")
    result = call("diff", spec, other)
    assert result.exit_code == 1
    assert (
        result.stdout
        == """\
~ tower_dropout (Dropout)
    ~ rate: 0.5 → 0.25
~ tower_1_dropout (Dropout)
    ~ rate: 0.5 → 0.25
+ tower_2_dense (Dense)  +20 parameters
+ tower_2_dropout (Dropout)
+ tower_2_add (Add)
~ dense (Dense)  +10 parameters
    ~ units: 4 → 6
    ~ from: [tower_1_add] → [tower_2_add]
    ~ output: (batch, 4) float32 → (batch, 6) float32
~ outputs.dense: (batch, 4) float32 → (batch, 6) float32
+ compile: {loss: mse}
+ fit: {epochs: 3}
60 parameters → 90 (+30)
"""
    )
    back = call("diff", other, spec)
    assert "- tower_2_dense (Dense)  -20 parameters" in back.stdout


def test_diff_follows_layers_to_other_names(spec: str) -> None:
    result = call(
        "diff",
        spec,
        changed(("tower:", "stack:"), ('- Dense: {units: "${width}"}', "- Dense: {units: 4, name: y}")),
    )
    assert result.exit_code == 1
    assert "~ tower_dense → stack_dense (Dense)\n" in result.stdout
    assert "~ dense → y (Dense)\n" in result.stdout
    assert "from" not in result.stdout


def test_diff_as_json(spec: str) -> None:
    result = call("diff", spec, changed(("width: 4", "width: 6")), "--format", "json")
    data: Any = json.loads(result.stdout)
    assert result.exit_code == 1
    (layer,) = data["layers"]
    assert (layer["kind"], layer["before"], layer["after"], layer["parameters"]) == ("changed", "dense", "dense", 10)
    assert {"path": "units", "before": 4, "after": 6} in layer["changes"]
    assert data["parameters"] == {"before": 60, "after": 70}


def test_diff_of_what_has_errors(spec: str) -> None:
    for other in ("missing.yaml", changed(("width: 4", "width: 0"))):
        result = call("diff", spec, other)
        assert result.exit_code == 2
        assert "error[TS" in result.stderr


def test_python_takes_what_the_command_line_takes() -> None:
    laid: dict[str, Any] = {"overrides": ["name=a"], "variables": ["width=8"], "profiles": ["wide"]}
    assert tfspec.check(SPEC, **laid) == []
    assert tfspec.inspect(SPEC, **laid).outputs[0].shape == (None, 8)
    assert tfspec.load(SPEC, **laid).name == "a"
    model = pytest.importorskip("keras") and tfspec.build(SPEC, **laid)
    assert model.output_shape == (None, 8)
