"""Problems of sizes that do not fit."""

from tfspec.diagnostics import Code

EMPTY_WINDOW = Code(
    "TS412",
    "a window longer than its axis",
    "A convolution or pooling layer slides a window along an axis. With `padding: valid` the window must "
    "fit into the axis at least once; here the axis is shorter than the window, so nothing would be left. "
    "Each strided layer before it divides the axis: the note of shapes in `tfspec show` tells where it shrank.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [1, 8, 3]}
    layers:
      - MaxPooling2D: {pool_size: 2}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - MaxPooling2D: {pool_size: 2}
""",
)

CANNOT_BROADCAST = Code(
    "TS413",
    "tensors whose shapes do not fit together",
    "A merging layer combines tensors element by element. Along every axis their sizes must be equal, or 1.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [5]}}
    layers:
      - Add: {from: [a, b]}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
""",
)

NO_SUCH_AXIS = Code(
    "TS420",
    "an axis that the tensor does not have",
    "Axes are counted from 0, which is the batch, or from the end: -1 is the last one. Here the number is larger "
    "than the tensor has axes, or the same axis is named twice.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [12]}
    layers:
      - LayerNormalization: {axis: 2}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [12]}
    layers:
      - LayerNormalization: {axis: 1}
""",
)
