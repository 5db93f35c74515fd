"""Problems of the compile step."""

from tfspec.diagnostics import Code

UNKNOWN_OUTPUT = Code(
    "TS430",
    "a loss or metric for an output that is not there",
    "The compile step speaks of the model's outputs by their names, or in their order.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b}
    outputs: [a, b]
compile: {loss: {a: mse, c: mse}}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b}
    outputs: [a, b]
compile: {loss: {a: mse, b: mse}}
""",
)

COMPILE_TWICE = Code(
    "TS431",
    "a compile step that is said twice",
    "`compile.outputs` says loss and metrics by output; the keys beside it would say them again.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b}
    outputs: [a, b]
compile: {loss: mse, outputs: {a: {loss: mse}, b: {loss: mse}}}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b}
    outputs: [a, b]
compile: {outputs: {a: {loss: mse}, b: {loss: mse}}}
""",
)

NO_COMPILE = Code(
    "TS432",
    "training without a compile step",
    "`fit` trains a model, and training needs a loss and an optimizer.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
fit: {epochs: 2}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile: {loss: mse}
fit: {epochs: 2}
""",
)

NO_LOSS = Code(
    "TS433",
    "training without a loss",
    "The loss is what training makes small. Without one there is nothing to do.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile: {optimizer: adam}
fit: {epochs: 2}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1}
compile: {optimizer: adam, loss: mse}
fit: {epochs: 2}
""",
)

IDLE_OUTPUT = Code(
    "TS434",
    "an output that is neither trained nor measured",
    "The compile step gives other outputs a loss, and says nothing of this one: what leads to it alone stays as it "
    "was drawn.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b, from: x}
    outputs: [a, b]
compile: {loss: {a: mse}}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [4]}}
    layers:
      - Dense: {units: 1, name: a}
      - Dense: {units: 1, name: b, from: x}
    outputs: [a, b]
compile: {loss: {a: mse, b: mse}}
""",
    severity="warning",
)
