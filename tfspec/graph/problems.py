"""Problems of names and joints."""

from tfspec.diagnostics import Code

DUPLICATE_NAME = Code(
    "TS301",
    "two things of one name",
    "Names of layers, results and inputs are unique in a model: `from` and `outputs` could mean either, "
    "and Keras refuses it.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b], name: x}
      - Dense: {units: 1, name: x}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b], name: x}
      - Dense: {units: 1, name: y}
""",
)

UNKNOWN_VALUE = Code(
    "TS302",
    "a name that nothing has",
    "`from` names an input, or a layer or result above; `outputs` names any. `_` is the result of the layer before.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, c]}
      - Dense: {units: 1}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
      - Dense: {units: 1}
""",
)

NO_INPUT = Code(
    "TS303",
    "a first layer that does not say what it takes",
    "Where a model has several inputs, its first layer must say with `from` which of them it takes.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Dense: {units: 1}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
      - Dense: {units: 1}
""",
)

WRONG_INPUTS = Code(
    "TS304",
    "too many or too few inputs for a layer",
    "Most layers take one tensor; layers that merge take any number, attention takes a query and a value.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Dense: {units: 1, from: [a, b]}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
      - Dense: {units: 1}
""",
)

BAD_CALL = Code(
    "TS305",
    "a call argument that the layer does not take",
    "`call` gives arguments of the layer's call that are no tensors, such as `training: false`.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b], call: {trainin: true}}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
      - Dense: {units: 1}
""",
)

FLOW_IN_SEQUENTIAL = Code(
    "TS306",
    "`from` in a sequential model",
    "A sequential model is a chain. Branches, merges and several results need a functional model.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 1, from: x}
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

NO_LAYERS = Code(
    "TS307",
    "a model without layers",
    "A model needs at least one layer.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers: []
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

LONELY_MERGE = Code(
    "TS309",
    "a merge of one tensor",
    "A layer that merges takes the tensors that `from` names. Without `from` it takes the one result of the layer "
    "before it, and changes nothing: most likely the other branch was forgotten.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}}
    layers:
      - Dense: {units: 4}
      - Add
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}}
    layers:
      - Dense: {units: 4}
      - Add: {from: [_, a]}
""",
    severity="warning",
)

UNUSED = Code(
    "TS308",
    "a layer or input without effect",
    "No output hangs on it: Keras leaves it out of the model, without a word.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Dense: {units: 1, from: a, name: x}
      - Dense: {units: 1, from: b, name: y}
    outputs: y
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Add: {from: [a, b]}
      - Dense: {units: 1}
""",
    severity="warning",
)

SHARED_CIRCLE = Code(
    "TS310",
    "a shared model that calls itself",
    "A shared model may call others, but none of them can lead back to it: it would never end.",
    bad="""\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [4]}, layers: [{Dense: {units: 4}}, encoder]}}
model:
  sequential:
    input: {shape: [4]}
    layers: [encoder]
""",
    good="""\
tfspec: 1
shared:
  encoder: {sequential: {input: {shape: [4]}, layers: [{Dense: {units: 4}}]}}
model:
  sequential:
    input: {shape: [4]}
    layers: [encoder, encoder]
""",
)

NOTHING_TO_FREEZE = Code(
    "TS311",
    "a pattern that no layer fits",
    "`freeze` holds names of layers of the model, with `*` for any letters: the weights of those layers do not learn.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    freeze: [stem_*]
    layers:
      - Dense: {units: 4, name: steam_1}
      - Dense: {units: 1}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    freeze: [stem_*]
    layers:
      - Dense: {units: 4, name: stem_1}
      - Dense: {units: 1}
""",
)

UNUSABLE_MODEL = Code(
    "TS312",
    "a saved model that cannot be used",
    "`saved` names a `.keras` file, as `model.save` writes it in Keras 3. Its configuration is read without Keras, so "
    "it must consist of what a spec can say: layers that are declared here, put together as a sequential or a "
    "functional model, without classes and functions of its own. `weights` of a network known by name may be the path "
    "of an HDF5 file, as `model.save_weights` writes it.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - saved: {path: nowhere.keras}
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

TOO_MANY_CALLS = Code(
    "TS313",
    "shared models that call each other too often",
    "A shared model that calls another twice, which calls a third one twice, makes a model that doubles with "
    "every such step, though the spec stays short: Keras writes out each call. The limit is far above any network.",
    bad="""\
tfspec: 1
shared:
  a: {sequential: {input: {shape: [4]}, layers: [ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU, ReLU]}}
  b: {sequential: {input: {shape: [4]}, layers: [a, a, a, a, a, a, a, a, a, a]}}
  c: {sequential: {input: {shape: [4]}, layers: [b, b, b, b, b, b, b, b, b, b]}}
  d: {sequential: {input: {shape: [4]}, layers: [c, c, c, c, c, c, c, c, c, c]}}
  e: {sequential: {input: {shape: [4]}, layers: [d, d, d, d, d, d, d, d, d, d]}}
  f: {sequential: {input: {shape: [4]}, layers: [e, e, e, e, e, e, e, e, e, e]}}
model:
  sequential:
    input: {shape: [4]}
    layers: [f]
""",
    good="""\
tfspec: 1
shared:
  a: {sequential: {input: {shape: [4]}, layers: [ReLU, ReLU]}}
  b: {sequential: {input: {shape: [4]}, layers: [a, a]}}
model:
  sequential:
    input: {shape: [4]}
    layers: [b]
""",
)

TWO_CALLERS = Code(
    "TS314",
    "something shared that two models call",
    "Keras can train a model in which a layer is called by the model itself and by another among its layers, and saves "
    "it, but cannot load the file. Something shared is therefore called by one model, as often as that likes. A block "
    "is no model: its layers become part of the model that uses it.",
    bad="""\
tfspec: 1
shared:
  scale: {Dense: {units: 4}}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - scale
      - sequential: {layers: [scale, {Dense: {units: 2}}]}
""",
    good="""\
tfspec: 1
shared:
  scale: {Dense: {units: 4}}
blocks:
  head: {layers: [scale, {Dense: {units: 2}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [scale, head]
""",
)

TOO_MANY_PATTERNS = Code(
    "TS315",
    "too many patterns of what is frozen",
    "Every pattern of `freeze` is held against every name of the model. Names without `*`, `?` and `[` are only looked "
    "up, and there may be any number of them.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    freeze: "${['*_' + str(i) for i in range(300)]}"
    layers:
      - repeat: {times: 300, layers: [{Dense: {units: 4, name: layer}}]}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    freeze: [layer_*]
    layers:
      - repeat: {times: 300, layers: [{Dense: {units: 4, name: layer}}]}
""",
)

NO_NAME = Code(
    "TS316",
    "a name that TensorFlow does not take",
    "In training, TensorFlow opens a scope for each layer, whose name is of letters, digits, `_`, `-` and `.`. The "
    "names of inputs are free, and so is that of the spec.",
    bad="""\
tfspec: 1
model:
  sequential: {input: {shape: [4]}, layers: [Dense: {units: 1, name: price in euros}]}
""",
    good="""\
tfspec: 1
model:
  sequential: {input: {shape: [4]}, layers: [Dense: {units: 1, name: price_in_euros}]}
""",
)
