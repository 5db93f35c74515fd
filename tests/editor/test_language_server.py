"""What an editor says and offers, asked of a real YAML language server; on demand, since it needs Node.

npm install --prefix FOLDER yaml-language-server
TFSPEC_LANGUAGE_SERVER=FOLDER/node_modules/.bin/yaml-language-server pytest tests/editor
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tfspec.cli.schema import NAME, schema_text

_spec = importlib.util.spec_from_file_location("language_server", Path(__file__).with_name("language_server.py"))
assert _spec is not None
assert _spec.loader is not None
language_server = importlib.util.module_from_spec(_spec)
sys.modules["language_server"] = language_server
_spec.loader.exec_module(language_server)

ROOT = Path(__file__).parents[2]
COMMAND = os.environ.get("TFSPEC_LANGUAGE_SERVER", "")
MODELINE = f"# yaml-language-server: $schema={NAME}\n"

pytestmark = pytest.mark.skipif(
    not (COMMAND and shutil.which("node")),
    reason="it asks a language server: needs Node, and TFSPEC_LANGUAGE_SERVER, the path of `yaml-language-server`",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("editor")
    (folder / NAME).write_text(schema_text(), encoding="utf-8")
    with language_server.LanguageServer(COMMAND, folder) as running:
        yield running


HEAD = "tfspec: 1\n"
REPEAT = "      - repeat:\n          times: 2\n          layers:\n"
MODEL = HEAD + "model:\n  sequential:\n    input: {shape: [4]}\n    layers:\n"
FUNCTIONAL = HEAD + "model:\n  functional:\n    inputs: {x: {shape: [4]}}\n    layers:\n"
WHOLE = MODEL + "      - Dense: {units: 1}\n"
BLOCK = HEAD + "blocks:\n  residual:\n    layers:\n"

COMPLETIONS = {
    "sections": ("¦\n", ["tfspec", "model", "compile", "vars", "blocks", "extends"]),
    "kinds of model": (HEAD + "model:\n  ¦\n", ["sequential", "functional"]),
    "layers": (MODEL + "      - ¦\n", ["Dense", "Flatten", "LSTM", "repeat", "if"]),
    "layers of a functional model": (FUNCTIONAL + "      - ¦\n", ["Dense", "Concatenate", "repeat"]),
    "layers by their beginning": (MODEL + "      - De¦\n", ["Dense"]),
    "layers of a block": (BLOCK + "      - ¦\n", ["Dense", "Flatten", "repeat", "if"]),
    "layers of a repeat": (
        MODEL + "      - repeat:\n          times: 2\n          layers:\n            - ¦\n",
        ["Dense"],
    ),
    "layers of a condition": (MODEL + "      - if: true\n        then:\n          - ¦\n", ["Dense", "Flatten"]),
    "a model that is shared": (HEAD + "shared:\n  encoder:\n    sequential:\n      layers:\n        - ¦\n", ["Dense"]),
    "arguments": (MODEL + "      - Dense:\n          units: 1\n          ¦\n", ["activation", "use_bias", "name"]),
    "arguments inside a block": (BLOCK + "      - Dense:\n          ¦\n", ["units", "activation", "from"]),
    "arguments of a repeat": (MODEL + "      - repeat:\n          ¦\n", ["times", "for", "layers"]),
    "steps": (FUNCTIONAL + "      - Dense:\n          units: 1\n          ¦\n", ["from", "as", "call"]),
    "activations": (MODEL + "      - Dense:\n          units: 1\n          activation: ¦\n", ["relu", "softmax"]),
    "optimizers": (WHOLE + "compile:\n  optimizer: ¦\n", ["adam", "Adam", "SGD"]),
    "arguments of an optimizer": (WHOLE + "compile:\n  optimizer:\n    Adam:\n      ¦\n", ["learning_rate", "beta_1"]),
    "losses": (WHOLE + "compile:\n  loss: ¦\n", ["mse", "SparseCategoricalCrossentropy"]),
    "metrics": (WHOLE + "compile:\n  metrics:\n    - ¦\n", ["accuracy", "AUC"]),
    "callbacks": (WHOLE + "callbacks:\n  - ¦\n", ["EarlyStopping", "TensorBoard", "CSVLogger"]),
    "data sources": (WHOLE + "data:\n  source: ¦\n", ["mnist", "cifar10"]),
}


@pytest.mark.parametrize("case", COMPLETIONS)
def test_completion(case: str, server: Any) -> None:
    text, expected = COMPLETIONS[case]
    offered = server.completion(f"completion {case}.yaml", MODELINE + text)
    assert set(expected) <= set(offered)


def test_completion_offers_arguments_of_this_layer_alone(server: Any) -> None:
    offered = server.completion("one layer.yaml", MODELINE + MODEL + "      - Dropout:\n          ¦\n")
    assert {"rate", "seed", "noise_shape"} <= set(offered)
    assert not {"units", "activation", "kernel_size"} & set(offered)


def test_a_layer_that_needs_arguments_is_completed_with_a_line_for_them(server: Any) -> None:
    offered = server.completion("needs arguments.yaml", MODELINE + MODEL + "      - ¦\n")
    assert offered["Dense"]["insertText"] == "Dense:\n    "


@pytest.mark.parametrize("name", ["Flatten", "ReLU", "GlobalAveragePooling2D"])
def test_a_layer_that_needs_none_is_completed_without(name: str, server: Any) -> None:
    offered = server.completion("needs none.yaml", MODELINE + MODEL + "      - ¦\n")
    assert offered[name]["insertText"] == name
    assert offered[name]["documentation"]


HOVERS = {
    "a layer": (MODEL + "      - D¦ense: {units: 1}\n", "Mix every feature with every other"),
    "a layer without arguments": (MODEL + "      - Fl¦atten\n", "all axes but the batch"),
    "an argument": (MODEL + "      - Dense: {un¦its: 1}\n", "Number of features"),
    "an argument inside a block": (BLOCK + "      - Dense: {un¦its: 1}\n", "Number of features"),
    "an argument that is computed": (MODEL + '      - Dense: {un¦its: "${n}"}\n', "Number of features"),
    "a section": (WHOLE + "se¦ed: 1\n", "random choice"),
    "an optimizer": (WHOLE + "compile: {optimizer: {Ad¦am: {}}}\n", "Steps by"),
}


@pytest.mark.parametrize("case", HOVERS)
def test_hover(case: str, server: Any) -> None:
    text, expected = HOVERS[case]
    shown = server.hover(f"hover {case}.yaml", MODELINE + text)
    assert expected in shown, shown


TUTORIALS = ("fashion_mnist", "ticket_router", "residual", "siamese", "inception", "autoencoder", "ensemble")
RIGHT = ["quickstart", *(f"tutorials/{name}" for name in TUTORIALS)]


@pytest.mark.parametrize("name", RIGHT)
def test_right_specs_are_told_nothing(name: str, server: Any) -> None:
    text = (ROOT / "specs" / f"{name}.yaml").read_text(encoding="utf-8")
    text = "\n".join(line for line in text.split("\n") if "yaml-language-server" not in line)
    assert server.diagnostics(f"{Path(name).name}.yaml", MODELINE + text) == []


def test_the_quickstart_names_its_schema(server: Any) -> None:
    text = (ROOT / "specs" / "quickstart.yaml").read_text(encoding="utf-8")
    (told,) = server.diagnostics(str(ROOT / "specs" / "quickstart.yaml"), text.replace("adam", "adamm"))
    assert "adamm" in text.replace("adam", "adamm").splitlines()[told["range"]["start"]["line"]]


WRONG = {
    "a layer": (MODEL + "      - ¦Dens: {units: 1}\n", "Property Dens is not allowed"),
    "a layer without arguments": (MODEL + "      - ¦Flaten\n", "No layer of this name"),
    "an argument": (MODEL + "      - Dense: {units: 1, ¦actvation: relu}\n", "Property actvation is not allowed"),
    "an argument inside a block": (BLOCK + "      - Dense: {units: 1, ¦actvation: relu}\n", "actvation is not allowed"),
    "a type": (MODEL + "      - Dense: {units: ¦many}\n", "integer"),
    "a word": (MODEL + "      - Dense: {units: 1, activation: ¦rellu}\n", "No activation of this name"),
    "a missing argument": (MODEL + "      - ¦Dense: {activation: relu}\n", 'Missing property "units"'),
    "a section": (WHOLE + "¦complie: {optimizer: adam}\n", "Property complie is not allowed"),
    "a key of a section": (WHOLE + "compile: {¦optimiser: adam}\n", "Property optimiser is not allowed"),
    "a key beside a layer": (MODEL + "      - ¦Dense: {units: 1}\n        name: x\n", "more properties than limit"),
    "a repeat": (MODEL + "      - repeat: {¦time: 2, layers: [Flatten]}\n", "Property time is not allowed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_at_its_place(case: str, server: Any) -> None:
    text, expected = WRONG[case]
    before, _, after = (MODELINE + text).partition("¦")
    told = server.diagnostics(f"wrong {case}.yaml", before + after)
    place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
    here = [each["message"] for each in told if each["range"]["start"] == place]
    assert any(expected in message for message in here), told
    assert all(len(message) < 300 for message in here)
    assert len(told) <= 2, told


def test_answers_come_while_one_types(server: Any) -> None:
    layers = "".join(f"      - Dense: {{units: {number + 1}, activation: relu}}\n" for number in range(200))
    server.diagnostics("warm.yaml", MODELINE + WHOLE)
    began = time.perf_counter()
    assert server.diagnostics("long.yaml", MODELINE + MODEL + layers) == []
    assert time.perf_counter() - began < 3
    began = time.perf_counter()
    assert "Dense" in server.completion("long completion.yaml", MODELINE + MODEL + layers + "      - ¦\n")
    assert time.perf_counter() - began < 3
