"""The command line: helps, exit codes, formats, standard input, and names that are nearly right."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tfspec
from tfspec.cli import main
from tfspec.cli.amounts import amount
from tfspec.cli.main import COMMANDS
from tfspec.cli.show import fitting

GOOD = """\
tfspec: 1
name: small
model:
  functional:
    inputs: {x: {shape: [4]}}
    layers:
      - Dense: {units: 3, name: hidden}
      - BatchNormalization
      - Dense: {units: 1, name: y}
    outputs: y
"""
WARNING = GOOD + "compile: {loss: binary_crossentropy}\n"
ERROR = GOOD.replace("units: 3", "units: -3")


def call(*arguments: str, stdin: str | None = None) -> Result:
    """What a command answers."""
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write_spec(text: str, name: str = "spec.yaml") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write_spec


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert len(result.stdout.splitlines()) > 5


def test_help_lists_every_command() -> None:
    for flag in ("--help", "-h"):
        result = call(flag)
        assert result.exit_code == 0
        for command in COMMANDS:
            assert f"  {command} " in result.stdout


def test_version() -> None:
    assert call("--version").stdout == f"tfspec, version {tfspec.__version__}\n"


def test_help_is_quick_and_loads_no_tensorflow() -> None:
    probe = (
        "import sys\nfrom tfspec.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(bool({'tensorflow', 'keras', 'numpy'} & set(sys.modules)))\n"
    )
    begin = time.monotonic()
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False).returncode == 0
    assert time.monotonic() - begin < 5


def test_a_command_that_is_nearly_right() -> None:
    result = call("chekc")
    assert result.exit_code == 2
    assert "there is no command `chekc`: did you mean `check`?" in result.output


def test_a_command_that_is_nothing() -> None:
    result = call("wobble")
    assert result.exit_code == 2
    assert "there is no command `wobble`" in result.output


class TestCheck:
    def test_nothing_wrong(self, write: Any) -> None:
        result = call("check", write(GOOD))
        assert (result.exit_code, result.stdout) == (0, "no problems\n")

    def test_errors(self, write: Any) -> None:
        path = write(ERROR)
        result = call("check", path)
        assert result.exit_code == 1
        assert f"error[TS203]: `units` must be more than 0, not `-3`\n --> {path}:7:24\n" in result.stdout
        assert result.stdout.endswith("1 error\n")

    def test_warnings_alone_are_fine(self, write: Any) -> None:
        path = write(WARNING)
        assert call("check", path).exit_code == 0
        assert call("check", "--strict", path).exit_code == 1
        assert call("check", "--strict", write(GOOD)).exit_code == 0

    def test_several_specs(self, write: Any) -> None:
        result = call("check", write(GOOD, "a.yaml"), write(ERROR, "b.yaml"), write(WARNING, "c.yaml"))
        assert result.exit_code == 1
        assert result.stdout.endswith("1 error and 1 warning\n")

    def test_standard_input(self) -> None:
        assert call("check", "-", stdin=GOOD).exit_code == 0
        result = call("check", "-", stdin=ERROR)
        assert result.exit_code == 1
        assert "--> <stdin>:7:24" in result.stdout

    def test_json_by_its_name_and_by_its_brackets(self, write: Any) -> None:
        text = tfspec.load(GOOD).to_json()
        assert call("check", write(text, "spec.json")).exit_code == 0
        assert call("check", "-", stdin=text).exit_code == 0

    def test_a_file_that_is_not_there(self, write: Any) -> None:
        path = write(GOOD)
        result = call("check", path + "l")
        assert result.exit_code == 1
        assert "does not exist" in result.stdout
        assert "did you mean `spec.yaml`?" in result.stdout

    def test_wrong_usage(self) -> None:
        assert call("check").exit_code == 2
        assert call("check", "--format", "xml", "-", stdin=GOOD).exit_code == 2

    def test_overrides(self, write: Any) -> None:
        path = write(GOOD)
        assert call("check", path, "--set", "model.functional.layers[0].Dense.units=8").exit_code == 0
        result = call("check", path, "--set", "model.functional.layers[0].Dense.units=none")
        assert result.exit_code == 1
        assert "--> --set" in result.stdout
        assert "TS101" in call("check", path, "--set", "units").stdout

    def test_no_color_where_there_is_no_terminal(self, write: Any) -> None:
        assert "\x1b" not in call("check", write(ERROR)).stdout

    def test_format_json(self, write: Any) -> None:
        path = write(ERROR)
        result = call("check", "--format", "json", path)
        assert result.exit_code == 1
        (problem,) = json.loads(result.stdout)["problems"]
        assert problem == {
            "code": "TS203",
            "severity": "error",
            "message": "`units` must be more than 0, not `-3`",
            "help": None,
            "file": path,
            "line": 7,
            "column": 24,
            "end_line": 7,
            "end_column": 26,
            "path": "/model/functional/layers/0/Dense/units",
            "notes": [],
            "uses": [],
        }
        assert json.loads(call("check", "--format", "json", write(GOOD)).stdout) == {"problems": []}

    def test_format_sarif(self, write: Any) -> None:
        path = write(WARNING)
        log = json.loads(call("check", "--format", "sarif", path).stdout)
        assert log["version"] == "2.1.0"
        (run,) = log["runs"]
        assert run["tool"]["driver"]["name"] == "tfspec"
        (rule,) = run["tool"]["driver"]["rules"]
        (result,) = run["results"]
        assert rule["id"] == result["ruleId"] == "TS440"
        assert rule["shortDescription"]["text"]
        assert result["level"] == "warning"
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == path
        assert place["region"] == {"startLine": 11, "startColumn": 17, "endLine": 11, "endColumn": 36}

    def test_format_github(self, write: Any) -> None:
        path = write(ERROR)
        result = call("check", "--format", "github", path)
        assert result.stdout.startswith(f"::error title=TS203,file={path},line=7,endLine=7,col=24,endColumn=26::")
        assert len(result.stdout.splitlines()) == 1


class TestShow:
    def test_text(self, write: Any) -> None:
        result = call("show", write(GOOD))
        assert result.exit_code == 0
        assert "31 parameters: 25 trainable, 6 not" in result.stdout
        for word in ("small", "hidden", "BatchNormalization", "(?, 3) float32", "kernel 4×3"):  # noqa: RUF001 - a cross, as between sizes
            assert word in result.stdout

    def test_json(self, write: Any) -> None:
        result = call("show", "--format", "json", write(GOOD))
        shown = json.loads(result.stdout)
        assert shown == tfspec.inspect(GOOD).to_dict()
        assert list(shown) == [
            "name", "inputs", "layers", "outputs", "parameters", "operations", "bytes", "batch", "unknown",
        ]  # fmt: skip
        assert shown["inputs"] == [{"name": "x", "shape": [None, 4], "dtype": "float32"}]
        assert shown["layers"][0] == {
            "name": "hidden",
            "layer": "Dense",
            "from": ["x"],
            "outputs": [{"shape": [None, 3], "dtype": "float32"}],
            "weights": [
                {"name": "kernel", "shape": [4, 3], "dtype": "float32", "trainable": True},
                {"name": "bias", "shape": [3], "dtype": "float32", "trainable": True},
            ],
            "weights_of": None,
            "parameters": 15,
            "operations": shown["layers"][0]["operations"],
            "bytes": shown["layers"][0]["bytes"],
        }
        assert shown["outputs"] == [{"name": "y", "shape": [None, 1], "dtype": "float32"}]
        assert shown["parameters"] == {"total": 31, "trainable": 25, "non_trainable": 6}

    def test_part(self, write: Any) -> None:
        path = write(
            "tfspec: 1\nshared: {core: {sequential: {layers: [{Dense: {units: 2}}]}}}\n"
            "model: {sequential: {input: {shape: [4]}, layers: [core, {Dense: {units: 4}}, core]}}\n"
        )
        assert "those of core" in call("show", path).stdout
        result = call("show", "--part", "core", path)
        assert "10 parameters" in result.stdout
        wrong = call("show", "--part", "cor", path)
        assert wrong.exit_code == 1
        assert "did you mean `core`?" in wrong.stderr

    def test_cost(self, write: Any) -> None:
        path = write(GOOD)
        assert "operations for one example" in call("show", path).stdout
        assert "activations" not in call("show", path).stdout
        result = call("show", "--batch", "32", path)
        assert "of activations for a batch of 32" in result.stdout
        assert "activations |" in call("show", "--batch", "32", "--format", "markdown", path).stdout
        shown = json.loads(call("show", "--batch", "32", "--format", "json", path).stdout)
        assert shown == tfspec.inspect(GOOD, batch=32).to_dict()
        assert list(shown["bytes"]) == ["weights", "activations", "gradients", "optimizer"]

    @pytest.mark.parametrize("batch", ["0", "-1", "many"])
    def test_no_such_batch(self, batch: str, write: Any) -> None:
        result = call("show", "--batch", batch, write(GOOD))
        assert result.exit_code == 2
        assert "--batch" in result.stderr

    def test_a_batch_that_the_model_does_not_take(self, write: Any) -> None:
        path = write(GOOD.replace("shape: [4]", "shape: [4], batch_size: 8"))
        result = call("show", "--batch", "16", path)
        assert result.exit_code == 1
        assert "error[TS407]: the model takes batches of 8 examples, and not of 16" in result.stderr
        assert call("show", "--batch", "8", path).exit_code == 0

    def test_a_narrow_terminal(self) -> None:
        columns: list[tuple[str, ...]] = [
            (heading, "x" * 20) for heading in ("name", "inputs", "weights", "share", "memory")
        ]
        assert [name for name, _ in fitting(columns, 200)] == ["name", "inputs", "weights", "share", "memory"]
        assert [name for name, _ in fitting(columns, 100)] == ["name", "inputs", "share", "memory"]
        assert [name for name, _ in fitting(columns, 20)] == ["name", "memory"]

    def test_markdown(self, write: Any) -> None:
        result = call("show", "--format", "markdown", write(GOOD))
        assert "| hidden | Dense | x | (?, 3) float32 |" in result.stdout

    def test_errors_go_to_standard_error(self, write: Any) -> None:
        result = call("show", write(ERROR))
        assert (result.exit_code, result.stdout) == (1, "")
        assert "TS203" in result.stderr

    def test_warnings_do_not_disturb(self, write: Any) -> None:
        result = call("show", "--format", "json", write(WARNING))
        assert result.exit_code == 0
        assert json.loads(result.stdout)
        assert "TS440" in result.stderr

    def test_standard_input(self) -> None:
        assert call("show", "-", stdin=GOOD).exit_code == 0


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.00 kB"),
        (1234567, "1.23 MB"),
        (12345, "12.3 kB"),
        (999_999, "1.00 MB"),
        (None, "?"),
    ],
)
def test_amounts(number: int | None, shown: str) -> None:
    assert amount(number, "B") == shown


class TestSchema:
    def test_it_prints(self) -> None:
        assert json.loads(call("schema").stdout) == tfspec.schema()

    def test_it_writes(self, tmp_path: Path) -> None:
        result = call("schema", "--write", str(tmp_path / "new"))
        assert result.stdout.strip() == str(tmp_path / "new" / "tfspec-1.schema.json")
        assert json.loads((tmp_path / "new" / "tfspec-1.schema.json").read_text(encoding="utf-8")) == tfspec.schema()


class TestExplain:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            (
                "Dense",
                ("Dense (layer)", "units: a whole number", "needed", "Number of features in the output.", "Example:"),
            ),
            ("mse", ("MeanSquaredError (loss)", "MeanSquaredError (metric)")),
            ("he_normal", ("HeNormal (initializer)", "Also written: ")),
            ("relu", ("relu (activation)",)),
            ("EarlyStopping", ("(callback)", "monitor: text; default val_loss")),
            ("adam", ("Adam (optimizer)", "learning_rate: a number from 0 on or a schedule")),
            ("mnist", ("mnist (source)",)),
            ("TS412", ("TS412: a window longer than its axis", "Wrong:", "Right:")),
            ("ts201", ("TS201: ",)),
        ],
    )
    def test_what_is_known(self, name: str, words: tuple[str, ...]) -> None:
        result = call("explain", name)
        assert result.exit_code == 0
        for word in words:
            assert word in result.stdout

    @pytest.mark.parametrize(("name", "meant"), [("Dens", "Dense"), ("he_norml", "he_normal"), ("TS41", "TS41")])
    def test_what_is_nearly_known(self, name: str, meant: str) -> None:
        result = call("explain", name)
        assert result.exit_code == 2
        assert f"nothing is called `{name}`: did you mean `{meant}" in result.stderr

    def test_what_is_not_known(self) -> None:
        result = call("explain", "xyzzy")
        assert (result.exit_code, result.stderr) == (2, "nothing is called `xyzzy`\n")

    def test_what_specs_refuse_is_told_with_the_reason(self) -> None:
        result = call("explain", "LearningRateScheduler")
        assert result.exit_code == 0
        assert "LearningRateScheduler (callback)" in result.stdout
        assert "Cannot be said in a spec: it calls a Python function" in result.stdout
        assert "Instead: give the optimizer a schedule" in result.stdout

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("mixed_float16", "Layers compute in float16, and their weights are kept in float32."),
            ("int8_from_mixed_bfloat16", "dtype: int8_from_mixed_bfloat16}"),
            ("DTypePolicy", "precision: mixed_float16"),
            ("CuDNNLSTM", "CuDNNLSTM (once a layer)\n\nToday: write `LSTM`."),
            ("lr", "Today: write `learning_rate: …`."),
            ("nb_epoch", "nb_epoch (once a key of `fit`)\n\nToday: write `epochs: …`."),
            ("ImageDataGenerator", "Today: read the images from `npz: {path: images.npz}`"),
        ],
    )
    def test_policies_and_old_words(self, name: str, told: str) -> None:
        result = call("explain", name)
        assert result.exit_code == 0
        assert told in result.stdout

    def test_every_old_word_is_told(self) -> None:
        from tfspec.catalogue import families, find
        from tfspec.catalogue.old_words.names import NAMES
        from tfspec.catalogue.old_words.sections import SECTIONS

        for word in {word for rules in (*NAMES.values(), *SECTIONS.values()) for word in rules}:
            if not any(find(family, word) for family in families()):
                assert "Today: " in call("explain", word).stdout, word

    def test_everything_can_be_explained(self) -> None:
        from tfspec.catalogue import families, words

        for family in families():
            for word in words(family):
                assert call("explain", word).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["check", "-"], 1), (["show", "-"], 1), (["check"], 2), (["explain", "TS203"], 0)],
)
def test_as_a_process(arguments: list[str], code: int) -> None:
    program = [sys.executable, "-m", "tfspec", *arguments]
    done = subprocess.run(program, input=ERROR, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr
