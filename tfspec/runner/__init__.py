"""A spec and its data in, a run folder out; and what can be done with the folder afterwards.

A run trains the model of the spec, keeps the best weights, evaluates them and writes everything
into a folder of its own that is never overwritten. Whatever ends a run early (Ctrl-C, a full
disk, a loss that is no number), what there is by then is saved and said.
"""

from .evaluate import evaluate
from .folder import RunFolder
from .predict import Predictions, predict
from .run import Run, run

__all__ = ["Predictions", "Run", "RunFolder", "evaluate", "predict", "run"]
