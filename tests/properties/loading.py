"""Loads models that another process saved, and says whether they predict the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""


def compare(folder: Path) -> str:
    """`equal`, or what differs."""
    import keras
    import numpy as np

    keras.utils.clear_session()
    model = keras.models.load_model(folder / "model.keras")
    inputs = dict(np.load(folder / "inputs.npz", allow_pickle=True))
    before, weights = (np.load(folder / f"{what}.npz", allow_pickle=True) for what in ("outputs", "weights"))
    given: Any = next(iter(inputs.values())) if len(inputs) == 1 else inputs
    after = keras.tree.flatten(model(given, training=False))
    merged = any("lora" in weight.path for weight in model.weights)  # which Keras saves as one with what they add to
    wrong = None if merged else differing("weight", model.weights, weights)
    return wrong or differing("output", after, before) or "equal"


def differing(what: str, tensors: list[Any], before: Any) -> str | None:
    """Which of the tensors is not what it was."""
    import numpy as np

    if len(tensors) != len(before):
        return f"another number of {what}s"
    for index, tensor in enumerate(tensors):
        array, was = np.asarray(tensor), before[f"arr_{index}"]
        is_same = np.array_equal(array, was) if array.dtype == object else np.array_equal(array, was, equal_nan=True)
        if array.dtype != was.dtype or not is_same:
            return f"{what} {index} differs"
    return None


def main() -> None:
    """Answer each line, which names a folder, with a line."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            answer = compare(Path(line.strip()))
        except Exception as error:  # noqa: BLE001 - it is the answer
            answer = f"{type(error).__name__}: {' '.join(str(error).split())}"
        print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main()
