"""Problems between the head, the loss, the metrics and the labels."""

from tfspec.diagnostics import Code

LOGITS_AS_PROBABILITIES = Code(
    "TS440",
    "logits where the loss expects probabilities",
    "A cross-entropy takes the logarithm of probabilities. Unless `from_logits` is set, the head must "
    "give them, through a softmax or a sigmoid; other numbers are cut to the range, and training stalls.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    severity="warning",
)

PROBABILITIES_AS_LOGITS = Code(
    "TS441",
    "probabilities where the loss expects logits",
    "With `from_logits` the loss applies the softmax or sigmoid itself. A head that has one too applies "
    "it twice, and training is slow and poor.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: {SparseCategoricalCrossentropy: {from_logits: true}}}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3}
compile: {loss: {SparseCategoricalCrossentropy: {from_logits: true}}}
""",
    severity="warning",
)

CONSTANT_SOFTMAX = Code(
    "TS442",
    "a softmax over one unit",
    "A softmax makes its values add up to 1. A single value is then always 1, and nothing is learned.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, activation: softmax}
compile: {loss: binary_crossentropy}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, activation: sigmoid}
compile: {loss: binary_crossentropy}
""",
)

RECTIFIED_HEAD = Code(
    "TS443",
    "a rectified head under a cross-entropy",
    "A `relu` gives no values below zero and no gradient there: classes that start there are never learned.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: relu}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    severity="warning",
)

TOO_FEW_UNITS = Code(
    "TS444",
    "fewer units than classes",
    "Each class needs a unit of its own. A label beyond the last unit ends the run in the middle of a kernel.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 2, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)

TOO_MANY_UNITS = Code(
    "TS445",
    "more units than classes",
    "The units beyond the classes are never right; training has to learn to leave them alone.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 4, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    severity="warning",
)

LABEL_FORM = Code(
    "TS446",
    "labels in a form that the loss does not take",
    "`sparse_` losses and metrics take class numbers, their namesakes one-hot vectors.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)

LABEL_SHAPE = Code(
    "TS447",
    "labels of another shape than the output",
    "Losses such as `mse` compare outputs and labels value by value; `sparse_categorical_crossentropy` takes one class "
    "number for each vector of the output.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: diabetes}}
model:
  sequential:
    layers:
      - Dense: {units: 3}
compile: {loss: mse}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: diabetes}}
model:
  sequential:
    layers:
      - Dense: {units: 1}
compile: {loss: mse}
""",
)

WRONG_RANGE = Code(
    "TS448",
    "outputs in another range than the loss takes",
    "`poisson` and `msle` take logarithms, so the outputs must be positive; hinge losses compare with -1 and 1, so "
    "they must reach both sides of 0.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile: {loss: poisson}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, activation: softplus}
compile: {loss: poisson}
""",
    severity="warning",
)

OTHER_LABELS = Code(
    "TS449",
    "a metric that takes other labels than the loss",
    "Loss and metrics of an output see the same labels: class numbers, or values in the shape of the output.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy, metrics: [mae]}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy, metrics: [sparse_categorical_accuracy]}
""",
)

UNFIT_OUTPUT = Code(
    "TS453",
    "an output that a loss or metric cannot be computed on",
    "Some losses and metrics take outputs of certain axes: `ctc` a sequence, `f1_score` one vector for each example. "
    "Arguments that count classes or labels must agree with the size of the last axis, and `sparse_y_pred` says "
    "whether the model gives class numbers or a value for each class.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: categorical_crossentropy, metrics: [Recall: {class_id: 3}]}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: categorical_crossentropy, metrics: [Recall: {class_id: 2}]}
""",
)
