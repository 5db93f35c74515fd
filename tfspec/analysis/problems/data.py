"""Problems between the data and the model."""

from tfspec.diagnostics import Code

DATA_DOES_NOT_FIT = Code(
    "TS460",
    "data that does not fit the input",
    "What the data gives, after `prepare`, must have the shape that the model takes.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    input: {shape: [5]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
model:
  sequential:
    input: {shape: [4]}
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)

UNKNOWN_COLUMN = Code(
    "TS461",
    "a column that the data does not have",
    "`inputs` and `targets` name columns of a table or arrays of a file.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  targets: {from: z}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  targets: {from: y}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)

UNMATCHED_DATA = Code(
    "TS462",
    "data that does not match the model's inputs and outputs",
    "Every input must be fed by a column or array, and every name under `inputs` and `targets` must be "
    "one of the model's.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  inputs: {z: x}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  inputs: {input_layer: x}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)

UNREADABLE_DATA = Code(
    "TS463",
    "a data file that cannot be read",
    "The file that the source names is not there, or is not what the source expects.",
    bad="""\
tfspec: 1
data:
  source: {csv: {path: no-such-file.csv, target: y}}
model:
  sequential:
    layers:
      - Dense: {units: 1}
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

SMALL_EMBEDDING = Code(
    "TS464",
    "an embedding with too few rows",
    "An `Embedding` has a row for each of the numbers 0 to `input_dim - 1`. A number beyond ends the run "
    "on a CPU and reads garbage on a GPU.",
    bad="""\
tfspec: 1
data:
  source: {imdb: {num_words: 1000, pad_to: 50}}
model:
  sequential:
    layers:
      - Embedding: {input_dim: 100, output_dim: 8}
      - GlobalAveragePooling1D
      - Dense: {units: 1, activation: sigmoid}
compile: {loss: binary_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {imdb: {num_words: 1000, pad_to: 50}}
model:
  sequential:
    layers:
      - Embedding: {input_dim: 1000, output_dim: 8}
      - GlobalAveragePooling1D
      - Dense: {units: 1, activation: sigmoid}
compile: {loss: binary_crossentropy}
""",
)

BAD_SPLIT = Code(
    "TS465",
    "a split that the data cannot be given",
    "Fractions and numbers of `split` must leave rows to train on, and `stratify` needs classes to go by.",
    bad="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 150}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
    good="""\
tfspec: 1
data:
  source: {sklearn: {dataset: iris}}
  split: {validation: 30}
model:
  sequential:
    layers:
      - Dense: {units: 3, activation: softmax}
compile: {loss: sparse_categorical_crossentropy}
""",
)
