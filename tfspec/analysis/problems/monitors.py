"""Problems of callbacks that watch a number."""

from tfspec.diagnostics import Code

UNKNOWN_MONITOR = Code(
    "TS450",
    "a monitor that nothing produces",
    "Callbacks watch the loss, a metric of `compile`, or one of them on the validation data (`val_…`). A "
    "metric written as a word is called by that word: `acc` is watched as `val_acc`.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 0.2}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
callbacks:
  - EarlyStopping: {monitor: val_acc}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 0.2}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
callbacks:
  - EarlyStopping: {monitor: val_loss}
""",
)

NO_VALIDATION = Code(
    "TS451",
    "validation watched without validation data",
    "`val_` numbers come from validation data. Without it `EarlyStopping` never stops, and checkpoints "
    "are never written.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
callbacks:
  - EarlyStopping: {monitor: val_loss}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 0.2}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
callbacks:
  - EarlyStopping: {monitor: val_loss}
""",
)

NO_DIRECTION = Code(
    "TS452",
    "a monitor of which nobody knows whether more is better",
    "`mode: auto` knows the direction of losses and of most metrics. For counts such as `TruePositives` "
    "it has to be said.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, activation: sigmoid}
compile: {loss: binary_crossentropy, metrics: [TruePositives]}
callbacks:
  - EarlyStopping: {monitor: TruePositives}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, activation: sigmoid}
compile: {loss: binary_crossentropy, metrics: [TruePositives]}
callbacks:
  - EarlyStopping: {monitor: TruePositives, mode: max}
""",
)
