"""Problems of runs, and of what runs leave."""

from tfspec.diagnostics import Code

NOT_RUNNABLE = Code(
    "TS701",
    "a spec that cannot be run",
    "A run needs `data` to learn from, `compile` with a loss, and `fit`. Without them a spec can be checked, shown "
    "and built.",
)

NAN_LOSS = Code(
    "TS702",
    "a loss that is no number",
    "The loss became NaN or infinite, and no training brings it back. The commonest causes are a learning rate that is "
    "too high, inputs that are not scaled, and missing values in the data.",
)

DISK_FULL = Code(
    "TS703",
    "a run folder that cannot be written",
    "The disk has no room left, or the folder may not be written. What was written before is kept.",
)

NO_RUN = Code(
    "TS704",
    "no run folder",
    "`evaluate` and `predict` use what `tfspec run` left: a folder with `run.json`, `resolved.yaml` and `model.keras`.",
)

NO_TEST_DATA = Code(
    "TS705",
    "nothing to evaluate on",
    "The source brings no test data, and the spec keeps none back. `data.split: {test: 0.2}` keeps some, and "
    "`evaluate --data FILE` takes other data.",
)

TRAINING_FAILED = Code(
    "TS706",
    "training that Keras ended",
    "Keras or TensorFlow refused to go on. The run's log has the whole message.",
)

BAD_MODEL = Code(
    "TS707",
    "a saved model that cannot be read",
    "The run's `model.keras` is damaged, or was written by versions that do not understand each other; `run.json` "
    "tells which wrote it.",
)

MISSING_PACKAGE = Code(
    "TS709",
    "a package that is not installed",
    "Some callbacks write with packages that neither TensorFlow nor tfspec brings: `TensorBoard` with tensorboard, "
    "`OrbaxCheckpoint` with orbax-checkpoint.",
)

NO_TABLE = Code(
    "TS708",
    "predictions that are no table",
    "A CSV file has a row of values for each example. Sequences and images are written as JSON lines or npz.",
)
