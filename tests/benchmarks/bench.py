"""How fast tfspec is, as ratios against plain Python and plain Keras in one run.

python tests/benchmarks/bench.py [check] [inspect] [expand] [run]

Each line is a ratio of the two best times of several turns that alternate, so that a busy machine
slows both; `expand` fits how the time of large specs grows.
`run` uses MNIST where `../shared/datasets` is there, and scikit-learn's digits elsewhere.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATASETS = ROOT.parent / "shared" / "datasets" / "keras"

BARE = "import yaml\nfrom pydantic import BaseModel\nclass Model(BaseModel):\n    units: int\nModel(units=1)\n"


def main(wanted: list[str]) -> None:
    benchmarks = {"check": bench_check, "inspect": bench_inspect, "expand": bench_expand, "run": bench_run}
    for name in wanted or list(benchmarks):
        benchmarks[name]()


def bench_check() -> None:
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "deep.yaml"
        spec.write_text(deep_spec(30), encoding="utf-8")
        check = [sys.executable, "-m", "tfspec", "check", str(spec)]
        ours, bare = alternate(lambda: process(check), lambda: process([sys.executable, "-c", BARE]), turns=15)
        show("cold check of 30 layers", ours, "bare import of yaml and pydantic", bare, "1.5 or less")
        ours, keras = alternate(
            lambda: process(check), lambda: process([sys.executable, "-c", "import keras"]), turns=3
        )
        show("cold check of 30 layers", ours, "import keras", keras, "0.067 or less")


def bench_inspect() -> None:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import keras

    import tfspec

    spec = tfspec.load(dense_chain(1000))
    sys.setrecursionlimit(20_000)

    def build() -> None:
        keras.backend.clear_session()
        layers = [keras.layers.Dense(8, activation="relu") for _ in range(1000)]
        keras.Sequential([keras.Input((8,)), *layers]).count_params()

    ours, plain = alternate(lambda: timed(lambda: tfspec.inspect(spec)), lambda: timed(build), turns=3)
    show("inspect of 1,000 layers", ours, "building them in Keras", plain, "0.01 or less")
    ours, plain = alternate(lambda: timed(lambda: tfspec.inspect(dense_chain(1000))), lambda: timed(build), turns=3)
    show("reading and inspect of 1,000 layers", ours, "building them in Keras", plain, "no goal")


def bench_expand() -> None:
    import tfspec

    sizes = (1_000, 10_000, 100_000)
    steps: dict[str, Callable[[str], object]] = {"load": tfspec.load, "load and check": tfspec.check}
    tfspec.check(repeated_block(4))
    for name, step in steps.items():
        texts = [repeated_block(size) for size in sizes]
        times = [min(timed(partial(step, text)) for _ in range(3)) for text in texts]
        slope = statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, times)]).slope
        shown = ", ".join(f"{size:,} layers {time:.2f} s" for size, time in zip(sizes, times, strict=True))
        print(f"{name} of a repeated block: {shown}; grows as n^{slope:.2f} (goal: 1.1 or less)", flush=True)


def bench_run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3")
        name = "digits"
        if DATASETS.is_dir():
            name = "mnist"
            environment["KERAS_HOME"] = str(shutil.copytree(DATASETS, Path(folder) / "keras"))
        spec, script = HERE / f"{name}.yaml", HERE / f"{name}_plain.py"
        ours, plain = alternate(
            lambda: process([sys.executable, "-m", "tfspec", "run", str(spec), "--runs", folder], environment),
            lambda: process([sys.executable, str(script), folder], environment),
            turns=4,
        )
        show(f"tfspec run on {name}", ours, "the plain Keras script", plain, "1.02 or less")


def alternate(first: Callable[[], float], second: Callable[[], float], turns: int) -> tuple[float, float]:
    """The best times of both, in seconds; each turn runs both, in changing order."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns):
        order = [(0, first), (1, second)]
        for index, timer in order if turn % 2 else reversed(order):
            times[index].append(timer())
    return min(times[0]), min(times[1])


def process(command: list[str], environment: dict[str, str] | None = None) -> float:
    """The time of a process that may keep its compiled modules, as an installed package has them."""
    environment = dict(environment or os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return timed(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def show(what: str, ours: float, other: str, theirs: float, goal: str) -> None:
    print(f"{what}: {ours:.3f} s; {other}: {theirs:.3f} s; ratio {ours / theirs:.4f} (goal: {goal})", flush=True)


def deep_spec(layers: int) -> str:
    """A convolutional network of so many layers, with data, compile step and callbacks."""
    kinds = [
        "Conv2D: {filters: 16, kernel_size: 3, padding: same}",
        "BatchNormalization",
        "ReLU",
        "Dropout: {rate: 0.1}",
    ]
    body = [kinds[i % len(kinds)] for i in range(layers - 2)]
    body += ["GlobalAveragePooling2D", "Dense: {units: 10, activation: softmax}"]
    lines = "".join(f"      - {line}\n" for line in body)
    return (
        "tfspec: 1\nname: deep\nseed: 1\n"
        f"model:\n  sequential:\n    input: {{shape: [32, 32, 3]}}\n    layers:\n{lines}"
        "compile: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy]}\n"
        "fit: {epochs: 3}\n"
    )


def dense_chain(layers: int) -> str:
    lines = "      - Dense: {units: 8, activation: relu}\n" * layers
    return f"tfspec: 1\nmodel:\n  sequential:\n    input: {{shape: [8]}}\n    layers:\n{lines}"


def repeated_block(layers: int) -> str:
    """A residual block of four layers, repeated until there are so many."""
    return (
        'tfspec: 1\nblocks: {b: {params: {u: 8}, layers: [{Dense: {units: "${u}"}}, ReLU, {Dense: {units: 8}}, '
        "{Add: {from: [input, _]}}]}}\nmodel: {sequential: {input: {shape: [8]}, "
        f"layers: [{{repeat: {{times: {layers // 4}, layers: [b]}}}}]}}}}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
