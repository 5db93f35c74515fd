"""Problems of shapes and results that no layer finds by itself."""

from tfspec.diagnostics import Code

MANY_RESULTS = Code(
    "TS401",
    "several results without names",
    "A layer with `return_state` or `return_attention_scores` gives several tensors. The next layer takes"
    " one of them, so each needs a name.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - LSTM: {units: 3, return_state: true}
      - Dense: {units: 1}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - LSTM: {units: 3, return_state: true, as: [y, h, c]}
      - Dense: {units: 1, from: y}
""",
)

RESULT_COUNT = Code(
    "TS402",
    "another number of results than names",
    "`as` names the results of a layer, each of them once.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - LSTM: {units: 3, return_state: true, as: [y, h]}
      - Dense: {units: 1, from: y}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - LSTM: {units: 3, return_state: true, as: [y, h, c]}
      - Dense: {units: 1, from: y}
""",
)

NO_SHAPE = Code(
    "TS403",
    "an input whose shape is not known",
    "Shapes follow from the shape of the input, which the spec must say, or its data.",
    bad="""\
tfspec: 1
model:
  sequential:
    layers:
      - Dense: {units: 1}
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

UNFIT = Code(
    "TS404",
    "a tensor that something shared, or a model among the layers, does not take",
    "A model that is used like a layer says with its inputs what it takes: as many axes, and sizes that agree. A "
    "shared layer is made for its first use; other uses call the same weights, so they have to fit.",
    bad="""\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [8]}, layers: [{Dense: {units: 4}}]}}
model:
  sequential:
    input: {shape: [6]}
    layers: [encoder]
""",
    good="""\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [6]}, layers: [{Dense: {units: 4}}]}}
model:
  sequential:
    input: {shape: [6]}
    layers: [encoder]
""",
)

UNKNOWN_PART = Code(
    "TS406",
    "a part that is no shared model of the spec",
    "`tfspec show --part NAME`, and `part` in `tfspec.inspect` and `tfspec.build`, take a model under `shared` that "
    "the spec's model uses, itself or inside another one.",
)

OTHER_BATCH = Code(
    "TS407",
    "a batch of another size than the model takes",
    "`tfspec show --batch N`, and `batch` in `tfspec.inspect`, say what a batch of so many examples costs. A model "
    "whose input has a `batch_size` takes no batches of other sizes.",
)
