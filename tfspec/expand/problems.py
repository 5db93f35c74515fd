"""Problems of what a spec is put together from: overrides, files, values, blocks, repeats."""

from tfspec.diagnostics import Code

BAD_OVERRIDE = Code(
    "TS101",
    "an override that cannot be laid over the spec",
    "`--set path=value` goes through the spec's keys and list positions and puts the value, read as YAML, at the "
    "end of the path: `--set fit.epochs=3`, `--set model.sequential.layers[0].Dense.units=64`.",
)

BAD_EXPRESSION = Code(
    "TS102",
    "an expression that has no value",
    "`${…}` holds an expression over the names of `vars`, the parameters of a block and the variables of a repeat, "
    "in Python's syntax: numbers, texts, lists, arithmetic, comparisons, `and`, `or`, `not`, `a if c else b`, "
    "indexing, and the calls `min max sum len abs round int float str range`.",
    bad="""\
tfspec: 1
vars: {width: 64}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: "${widht // 2}"}
""",
    good="""\
tfspec: 1
vars: {width: 64}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: "${width // 2}"}
""",
)

BAD_NAME = Code(
    "TS103",
    "a name that cannot be used",
    "Variables, parameters and loop variables are words of letters, digits and `_`, as expressions use them. "
    "Blocks and shared things are words in lower case, so that they never hide a layer, and not words of the language.",
    bad="""\
tfspec: 1
vars: {hidden-units: 64}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: 1}}]
""",
    good="""\
tfspec: 1
vars: {hidden_units: 64}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: "${hidden_units}"}}]
""",
)

CIRCLE = Code(
    "TS104",
    "something that is made from itself",
    "A variable is computed from others, a block is made of layers and other blocks, a spec extends another: "
    "none of them can lead back to itself.",
    bad="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}, tower]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
    good="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}, ReLU]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower, tower]
""",
)

NO_FILE = Code(
    "TS105",
    "a file that is not there",
    "`extends` and `use` name files, from the folder of the file in which they stand.",
)

OUTSIDE = Code(
    "TS106",
    "a file outside of the root",
    "Whoever reads a spec can say which folder its files may come from; no path leads out of it.",
)

NOT_A_LIBRARY = Code(
    "TS107",
    "something that a library cannot hold",
    "A file named by `use` is a library: it holds `vars`, `blocks`, `shared` and `custom`, and nothing that a model "
    "could be trained with. A whole spec to start from is named by `extends`.",
)

CLASH = Code(
    "TS108",
    "two things of one name",
    "What two libraries call by one name could be either, and so could a block and something shared. A name that the "
    "spec itself says is what it says, whatever libraries hold.",
    bad="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}]}
shared:
  tower: {Dense: {units: 8}}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
    good="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}]}
shared:
  hidden: {Dense: {units: 8}}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower, hidden]
""",
)

NO_PROFILE = Code(
    "TS109",
    "a profile that the spec does not have",
    "`--profile` names an entry of `profiles`, which is laid over the spec.",
)

BAD_BLOCK = Code(
    "TS110",
    "a block that is defined wrongly",
    "A block is a list of `layers`, with `params` (a mapping from names to defaults; without a value a parameter "
    "must be given), `inputs` where it takes several values, and `outputs` where it gives something else than its "
    "last result.",
    bad="""\
tfspec: 1
blocks:
  tower: {layer: [{Dense: {units: 4}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
    good="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
)

BAD_USE = Code(
    "TS111",
    "a block that is used wrongly",
    "A use of a block gives its parameters by name, and takes `from`, `name`, `as` and `trainable` besides.",
    bad="""\
tfspec: 1
blocks:
  tower:
    params: {units: , depth: 2}
    layers: [{Dense: {units: "${units}"}}]
model:
  sequential:
    input: {shape: [4]}
    layers: [{tower: {depth: 3}}]
""",
    good="""\
tfspec: 1
blocks:
  tower:
    params: {units: , depth: 2}
    layers: [{Dense: {units: "${units}"}}]
model:
  sequential:
    input: {shape: [4]}
    layers: [{tower: {units: 8, depth: 3}}]
""",
)

NOT_IN_BLOCK = Code(
    "TS112",
    "a name that cannot be seen from here",
    "Inside a block there are its inputs and what it makes itself; what stands outside is passed in with `from`. A "
    "name inside a repetition is its own, unless it is computed: `name: level_${index}`.",
    bad="""\
tfspec: 1
blocks:
  residual: {layers: [{Dense: {units: 4}}, {Add: {from: [start, _]}}]}
model:
  functional:
    inputs: {start: {shape: [4]}}
    layers: [residual]
""",
    good="""\
tfspec: 1
blocks:
  residual: {layers: [{Dense: {units: 4}}, {Add: {from: [input, _]}}]}
model:
  functional:
    inputs: {start: {shape: [4]}}
    layers: [residual]
""",
)

BAD_REPEAT = Code(
    "TS113",
    "a repeat that cannot be written out",
    "`repeat` holds `layers`, and `times` or `for`: a mapping from loop variables to lists of one length. The number "
    "of the repetition, counted from 0, is `${index}`, or what `index` calls it.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - repeat: {for: {units: [8, 4], rate: [0.5]}, layers: [{Dense: {units: "${units}"}}]}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4]}
    layers:
      - repeat: {for: {units: [8, 4]}, layers: [{Dense: {units: "${units}"}}]}
""",
)

BAD_CONDITION = Code(
    "TS114",
    "a condition that cannot be decided",
    "`if` is `true` or `false`, most often computed; `then` and `else` hold the layers of either case.",
    bad="""\
tfspec: 1
vars: {depth: 2}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - {if: "${depth}", then: [{Dense: {units: 8}}]}
      - Dense: {units: 1}
""",
    good="""\
tfspec: 1
vars: {depth: 2}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - {if: "${depth > 1}", then: [{Dense: {units: 8}}]}
      - Dense: {units: 1}
""",
)

UNKNOWN_BLOCK = Code(
    "TS115",
    "a block that there is not",
    "A word in lower case among layers is a block of `blocks`, or a layer or model of `shared`.",
    bad="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [towr]
""",
    good="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
)

TOO_MUCH = Code(
    "TS116",
    "a spec that is too large once it is written out",
    "Repeats in repeats and blocks in blocks multiply. There is a limit far above any network.",
)

NAMED_TWICE = Code(
    "TS117",
    "a name that is given twice in one block or repetition",
    "Names inside a block or a repetition belong to it alone; among them each stands for one layer.",
    bad="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4, name: hidden}}, {Dense: {units: 4, name: hidden}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
    good="""\
tfspec: 1
blocks:
  tower: {layers: [{Dense: {units: 4, name: first}}, {Dense: {units: 4, name: second}}]}
model:
  sequential:
    input: {shape: [4]}
    layers: [tower]
""",
)

BAD_PROFILE = Code(
    "TS118",
    "a profile that cannot be laid over a spec",
    "A profile is a mapping with the sections of a spec, of which it says what is different. It names no files, and "
    "holds no profiles.",
    bad="""\
tfspec: 1
profiles: {quick: [1, 2]}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: 1}}]
""",
    good="""\
tfspec: 1
profiles: {quick: {fit: {epochs: 1}}}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: 1}}]
""",
)

UNUSED = Code(
    "TS119",
    "a value or a block that nothing uses",
    "A variable of the spec, or a parameter of one of its blocks, of which no `${…}` speaks, or a block that is no "
    "layer of anything: most often its name is written in another way there. What comes from another file is not told.",
    severity="warning",
    bad="""\
tfspec: 1
vars: {width: 8, rate: 0.5}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: "${width}"}}, {Dropout: {rate: 0.2}}]
""",
    good="""\
tfspec: 1
vars: {width: 8, rate: 0.5}
model:
  sequential:
    input: {shape: [4]}
    layers: [{Dense: {units: "${width}"}}, {Dropout: {rate: "${rate}"}}]
""",
)
