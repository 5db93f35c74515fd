"""Problems of words and values."""

from tfspec.diagnostics import Code

UNKNOWN_KEY = Code(
    "TS201",
    "a key that is not known",
    "Every key of a spec is known to the language: the sections at the top, the arguments of a layer. A "
    "key that is not known would be without effect, so it is an error.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {unit: 1}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
""",
)

MISSING_KEY = Code(
    "TS202",
    "a key that is needed",
    "Some arguments have no default: `Dense` cannot be made without `units`. `tfspec explain NAME` tells which.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {activation: relu}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
""",
)

BAD_VALUE = Code(
    "TS203",
    "a value of the wrong kind",
    'Values are taken as they are written: `"10"` is a text and not a number, `yes` is a text and not '
    "`true`, `3.5` is no whole number. Numbers have bounds, words come from a list.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: -1}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
""",
)

UNKNOWN_NAME = Code(
    "TS204",
    "a name that is not known",
    "Layers, losses, optimizers and the rest are called by Keras's own names, or by the short words that "
    "Keras accepts. `tfspec explain` lists them.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dens: {units: 1}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
""",
)

BAD_FORM = Code(
    "TS205",
    "neither a name nor a name with arguments",
    "A thing is written as its name, or as a mapping with one key: its name, with the arguments below it.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - {Dense: {units: 1}, activation: relu}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
""",
)

BAD_ARGUMENTS = Code(
    "TS206",
    "arguments that do not go together",
    "Each argument is right by itself, but Keras does not take them together.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile:
  optimizer: {Adam: {clipnorm: 1.0, clipvalue: 0.5}}
  loss: mse
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile:
  optimizer: {Adam: {clipnorm: 1.0}}
  loss: mse
""",
)
