"""Old words in specs: what is said about each of the examples, and what comes of following it.

`python tests/catalogue/old_words.py` writes `docs/old-words.md`: the examples of `old_words.yaml`,
each with the advice that `tfspec check` gives.
"""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import yaml

import tfspec
from tfspec.diagnostics import Problem, Text
from tfspec.source import load_tree

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "old-words.md"
EXAMPLES: dict[str, list[str]] = yaml.safe_load((HERE / "old_words.yaml").read_text(encoding="utf-8"))

SHAPES = {
    "image": [28, 28, 1],
    "volume": [8, 8, 8, 1],
    "sequence": [10, 3],
    "vector": [8],
    "tokens": [12],
}
TITLES = {
    "image": "Layers",
    "initializer": "Initializers, regularizers, constraints and activations",
    "optimizer": "Optimizers and schedules",
    "loss": "Losses, metrics and callbacks",
    "model": "Models and inputs",
    "compile": "compile, fit, data and the top of a spec",
}
OF_DENSE = {
    "activation": "activation",
    "initializer": "kernel_initializer",
    "regularizer": "kernel_regularizer",
    "constraint": "kernel_constraint",
}
HEAD = {"Dense": {"units": 10, "activation": "softmax"}}
TRAINED = {"data": {"source": "cifar10"}, "compile": {"loss": "sparse_categorical_crossentropy"}}
LEAD = """# Old words

What code of tf.keras 2, Keras 1 and TensorFlow 1 calls otherwise, and what `tfspec check` says to write instead.
Written by `python tests/catalogue/old_words.py`.
"""
OF_TWO = ("merging", "attention")
OF_COMPILE = {
    "optimizer": "optimizer",
    "schedule": "optimizer",
    "loss": "loss",
    "metric": "metrics",
    "callback": "callbacks",
}


def spec_of(place: str, example: str) -> dict[str, Any]:
    """A spec that is right but for the example."""
    said = read(example)
    sequential: dict[str, Any] = {"input": {"shape": SHAPES.get(place, [8])}, "layers": [{"Dense": {"units": 8}}]}
    spec: dict[str, Any] = {"tfspec": 1, "model": {"sequential": sequential}}
    if place in ("fit", "data", "spec"):
        spec |= copy.deepcopy(TRAINED)
        sequential |= {"input": {"shape": [32, 32, 3]}, "layers": ["Flatten", HEAD]}
    if place == "first":
        spec["model"] = {"sequential": {"layers": [said]}}
    elif place in SHAPES:
        sequential["input"] |= {"dtype": "int32"} if place == "tokens" else {}
        sequential["layers"] = [said]
    elif place in OF_DENSE:
        sequential["layers"] = [{"Dense": {"units": 8, OF_DENSE[place]: said}}]
    elif place == "input":
        sequential["input"] = said
    elif place in OF_TWO:
        spec["model"] = _model_of_two(said)
    elif place in OF_COMPILE:
        spec |= _training_with(place, said)
    else:
        spec |= said if place == "spec" else {"data": {"source": said}} if place == "source" else {place: said}
    return spec


def _model_of_two(said: dict[str, Any]) -> dict[str, Any]:
    """A model whose only layer, the example, takes two inputs."""
    ((name, arguments),) = said.items()
    inputs = {"a": {"shape": [5, 4]}, "b": {"shape": [5, 4]}}
    return {"functional": {"inputs": inputs, "layers": [{name: {**arguments, "from": ["a", "b"]}}]}}


def _training_with(place: str, said: Any) -> dict[str, Any]:
    """The sections `compile` and `callbacks` with the example in its place."""
    sections: dict[str, Any] = {"compile": {"optimizer": "adam", "loss": "mse", "metrics": ["accuracy"]}}
    if place == "callback":
        return sections | {"callbacks": [said]}
    named = {"schedule": {"Adam": {"learning_rate": said}}, "metric": [said]}.get(place, said)
    sections["compile"][OF_COMPILE[place]] = named
    return sections


def read(text: str) -> Any:
    """A line of YAML 1.2 as data."""
    is_line = re.match(r"[\w.]+: ", text)
    data: Any = load_tree(Text("line.yaml", text if is_line else f"it: {text}")).data
    return data if is_line else data["it"]


def problems_of(spec: dict[str, Any]) -> list[Problem]:
    """What is wrong with the structure of a spec: its keys, names and values."""
    found = tfspec.check(Text("spec.yaml", json.dumps(spec)))
    return [problem for problem in found if problem.code.startswith("TS2") or problem.code == "TS450"]


def lines_of(advice: str) -> tuple[dict[str, Any], str] | None:
    """The keys that an advice says to write, and where; None where it is no such line."""
    found = re.fullmatch(r"write ((?:`[\w.]+: [^`]*`(?: and )?)+)(?: (above|below) `(\w+)`)?", advice)
    if found is None:
        return None
    lines: dict[str, Any] = {}
    for line in re.findall(r"`([^`]*)`", found[1]):
        lines |= read(line)
    return lines, found[3] or ""


def follow(spec: dict[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """The spec after all of the advice was followed."""
    spec = copy.deepcopy(spec)
    for problem in problems:
        advice, *besides = re.split("; (?=write )", problem.help or "")
        if problem.code in ("TS204", "TS205"):
            _rename(spec, list(problem.path), advice)
        else:
            _rewrite(spec, list(problem.path), advice, is_key=problem.code == "TS201")
        for further in besides:
            _rewrite(spec, [None], further, is_key=True)
    return spec


def _rename(spec: dict[str, Any], path: list[Any], advice: str) -> None:
    holder = _at(spec, path[:-1])
    if advice.startswith("leave it out"):
        del holder[path[-1]]
        return
    written = re.fullmatch(r"write `([^`]*)`(, without .*)?", advice)
    assert written, advice
    old, new = holder[path[-1]], read(written[1])
    arguments = next(iter(old.values())) if isinstance(old, dict) and len(old) == 1 else {}
    if written[2]:
        arguments = {key: value for key, value in arguments.items() if f"`{key}`" not in written[2]}
    if isinstance(new, dict):
        ((name, own),) = new.items()
        flow = {key: value for key, value in arguments.items() if key == "from"}
        holder[path[-1]] = {name: {**own, **flow}}
    else:
        holder[path[-1]] = {new: arguments} if arguments else new


def _rewrite(spec: dict[str, Any], path: list[Any], advice: str, *, is_key: bool) -> None:
    holder = _at(spec, path[:-1])
    if advice.startswith("leave it out"):
        del holder[path[-1]]
        return
    if layer := re.fullmatch(r"put `([^`]*)` (?:at the beginning of `layers`|after it)", advice):
        del holder[path[-1]]
        layers = spec["model"]["sequential"]["layers"]
        layers.insert(0 if "beginning" in advice else len(layers), read(layer[1]))
        return
    found = lines_of(advice)
    assert found, advice
    lines, section = found
    if not is_key and isinstance(holder.get(path[-1]), dict) and set(lines) & set(holder[path[-1]]):
        holder = holder[path[-1]]  # the problem is that of a thing, and the line one of its arguments
    else:
        holder.pop(path[-1], None)
    if section == "layers":
        spec["model"]["sequential"] |= lines
    elif section:
        spec.setdefault(section, {}).update(lines)
    else:
        holder.update(lines)


def _at(spec: Any, path: list[Any]) -> Any:
    for step in path:
        spec = spec[step]
    return spec


def render_page() -> str:
    """The page of all examples and what is said about them."""
    parts = [LEAD]
    for place, examples in EXAMPLES.items():
        if place in TITLES:
            parts.append(f"\n## {TITLES[place]}\n\n| old | what to do |\n|---|---|\n")
        for example in examples:
            advice = dict.fromkeys(problem.help or "" for problem in problems_of(spec_of(place, example)))
            parts.append(f"| {_cell(place, example)} | {'; '.join(advice)} |\n")
    return "".join(parts)


def _cell(place: str, example: str) -> str:
    """The example, below its section where it stands in one."""
    section = f"{place}: " if place in ("compile", "fit", "data", "input") else ""
    return f"`{section}{example if example[0] == '{' or not section else '{' + example + '}'}`"


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
