"""Problems that a declaration's own rules find."""

from tfspec.diagnostics import Code

WRONG_RANK = Code(
    "TS410",
    "an input with too many or too few axes",
    "A layer takes tensors with certain axes: `Conv2D` a batch of images with height, width and channels, "
    "`LSTM` a batch of sequences of features. The tensor that reaches it here has another number of axes.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [28, 28]}
    layers:
      - Conv2D: {filters: 8, kernel_size: 3}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [28, 28, 1]}
    layers:
      - Conv2D: {filters: 8, kernel_size: 3}
""",
)

UNKNOWN_SIZE = Code(
    "TS411",
    "a weight whose size is not known",
    "A layer's weights are made once, before training, so every size that they hang on must be known: the last "
    "axis for `Dense`, the channels for `Conv2D`, the features for `LSTM`. Axes of `null` may vary only "
    "where no weight depends on them.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [null]}
    layers:
      - Dense: {units: 3}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [null, 4]}
    layers:
      - Dense: {units: 3}
""",
)

BAD_ARGUMENT = Code(
    "TS414",
    "an argument that does not suit the input",
    "Each argument is right by itself, but not for the tensor that reaches the layer: an axis that the tensor "
    "does not have, channels that do not divide into the groups, a target shape with another number of elements.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [12]}
    layers:
      - Reshape: {target_shape: [5, 2]}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [12]}
    layers:
      - Reshape: {target_shape: [6, 2]}
""",
)

INTEGER_INPUT = Code(
    "TS415",
    "integers or texts where a layer computes with floating-point numbers",
    "Keras casts floating-point inputs to the dtype of a layer, and leaves integers as they are. Convolutions, "
    "dropout, softmax and a few others run on floating-point numbers only, and would fail in the first batch. "
    "Texts are no numbers at all: only layers that look them up, hash them or move them about take them.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [28, 28, 1], dtype: uint8}
    layers:
      - Conv2D: {filters: 8, kernel_size: 3}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [28, 28, 1], dtype: uint8}
    layers:
      - Rescaling: {scale: 0.00392}
      - Conv2D: {filters: 8, kernel_size: 3}
""",
)

SPLIT_ACTIVATION = Code(
    "TS416",
    "an activation that changes the number of features",
    "`glu` gives half as many features as it takes. Keras lets a layer have it as its activation, but reckons on "
    "with all the features, so the layer after it is built for the wrong size and training fails.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8]}
    layers:
      - Dense: {units: 8, activation: glu}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, from: x, name: value}
      - Dense: {units: 4, activation: sigmoid, from: x, name: gate}
      - Multiply: {from: [value, gate]}
""",
)

NO_SUCH_INNER = Code(
    "TS417",
    "a wrapper around a layer that it cannot wrap",
    "`Bidirectional` runs a recurrent layer once from each end; `TimeDistributed` applies a layer of one input and "
    "one output to every step. Other layers have no meaning inside them.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [10, 8]}
    layers:
      - Bidirectional: {layer: {Dense: {units: 4}}}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [10, 8]}
    layers:
      - Bidirectional: {layer: {LSTM: {units: 4}}}
""",
)

CANNOT_COMPUTE = Code(
    "TS418",
    "a layer that is built and then fails when it runs",
    "Keras accepts these arguments and works out a shape, but TensorFlow has no kernel for them, or the real output "
    "has another shape than Keras says. The model would fail in its first batch.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2DTranspose: {filters: 4, kernel_size: 2, strides: 2, padding: same, output_padding: 0}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2DTranspose: {filters: 4, kernel_size: 2, strides: 2, padding: same}
""",
)

ARGUMENTS_CLASH = Code(
    "TS419",
    "arguments that exclude each other",
    "Each argument is right by itself, but Keras refuses them together: strides with dilation, low-rank adaptation "
    "with a constraint on the kernel, a mean without a variance.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [32, 32, 3]}
    layers:
      - Conv2D: {filters: 8, kernel_size: 3, strides: 2, dilation_rate: 2}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [32, 32, 3]}
    layers:
      - Conv2D: {filters: 8, kernel_size: 3, dilation_rate: 2}
""",
)

WRONG_COUNT = Code(
    "TS421",
    "too many or too few tensors for a layer that merges",
    "`Subtract` and `Dot` take exactly two tensors; the other merging layers take any number from one on.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}, c: {shape: [4]}}
    layers:
      - Subtract: {from: [a, b, c]}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4]}, b: {shape: [4]}}
    layers:
      - Subtract: {from: [a, b]}
""",
)

CANNOT_JOIN = Code(
    "TS422",
    "tensors that cannot stand behind each other",
    "`Concatenate` puts tensors behind each other along one axis. They need the same number of axes, and the same "
    "sizes along all the other ones.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4, 8]}, b: {shape: [5, 8]}}
    layers:
      - Concatenate: {from: [a, b]}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {a: {shape: [4, 8]}, b: {shape: [5, 8]}}
    layers:
      - Concatenate: {axis: 1, from: [a, b]}
""",
)

UNLIKE_SEQUENCES = Code(
    "TS423",
    "query, value and key that do not fit together",
    "Attention compares every query with every key and mixes the values by the result. There is one key for each "
    "value, so their numbers of steps must be equal; queries and keys are compared feature by feature.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {query: {shape: [10, 8]}, value: {shape: [12, 6]}}
    layers:
      - Attention: {from: [query, value]}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {query: {shape: [10, 8]}, value: {shape: [12, 8]}}
    layers:
      - Attention: {from: [query, value]}
""",
)

WRONG_STATE = Code(
    "TS424",
    "initial states that do not fit a recurrent layer",
    "A recurrent layer starts from states of shape `(batch, units)`: one for `SimpleRNN` and `GRU`, two for `LSTM` "
    "(the hidden state and the cell), and those of both directions for `Bidirectional`.",
    bad="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [10, 8]}, h: {shape: [16]}}
    layers:
      - LSTM: {units: 16, from: {sequence: x, initial_state: [h]}}
""",
    good="""\
tfspec: 1
model:
  functional:
    inputs: {x: {shape: [10, 8]}, h: {shape: [16]}, c: {shape: [16]}}
    layers:
      - LSTM: {units: 16, from: {sequence: x, initial_state: [h, c]}}
""",
)

BAD_VOCABULARY = Code(
    "TS427",
    "a vocabulary file that cannot be used",
    "The file of a `vocabulary` is looked for from the folder of the spec, and holds one word on each line, each once; "
    "for `IntegerLookup` one whole number. Its words are read into the model, which needs no file when it is used.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4], dtype: string}
    layers:
      - StringLookup: {vocabulary: no-such-file.txt}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [4], dtype: string}
    layers:
      - StringLookup: {vocabulary: [red, green, blue]}
""",
)

BAD_POLICY = Code(
    "TS428",
    "a dtype policy that a layer cannot have",
    "`dtype` says what a layer computes in and keeps its weights in. Only `Dense`, `EinsumDense`, `Embedding` and "
    "`ReversibleEmbedding` can be quantized; weights are floating-point numbers, and most layers compute with those "
    "alone. Keras makes the layer all the same, and the model fails when it is called.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3, dtype: int8_from_float32}
      - Flatten
      - Dense: {units: 4}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3}
      - Flatten
      - Dense: {units: 4, dtype: int8_from_float32}
""",
)

OTHER_DTYPE = Code(
    "TS429",
    "an input that a layer neither casts nor computes in",
    "Keras casts the floating-point inputs of a layer to the dtype that it computes in, unless the layer says "
    "`autocast: false`. Some layers then cast by themselves; the others mix two dtypes, and fail in the first batch or "
    "give another dtype than Keras says.",
    bad="""\
tfspec: 1
precision: mixed_float16
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3, autocast: false}
""",
    good="""\
tfspec: 1
precision: mixed_float16
model:
  sequential:
    input: {shape: [8, 8, 3]}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3}
""",
)
