"""Models of all forms: Keras has the names, shapes, dtypes, weights and history that the analysis says."""

from __future__ import annotations

from typing import Any

import pytest

import tfspec

COMPILE = "compile: {optimizer: sgd, loss: mse, metrics: [mae]}"

MODELS = {
    "names of layers that have none": """
  sequential:
    input: {shape: [8]}
    layers:
      - Dense: {units: 4}
      - ReLU
      - Dense: {units: 4, name: dense_1}
      - Dense: {units: 4}
      - Dense: {units: 4}
      - LayerNormalization
      - BatchNormalization
""",
    "names that Keras spells in its own way": """
  sequential:
    input: {shape: [16, 16, 3]}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3}
      - MaxPooling2D
      - PReLU
      - ELU
      - GlobalAveragePooling2D
      - LeakyReLU
""",
    "a name that a later layer has": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4}
      - Dense: {units: 4, name: dense}
      - Dense: {units: 4, name: dense_2}
      - Dense: {units: 4}
""",
    "a branch and a merge": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: left}
      - Dense: {units: 4, from: x}
      - Add: {from: [left, _]}
      - Dense: {units: 1}
""",
    "a shortcut around convolutions": """
  functional:
    inputs: {image: {shape: [12, 12, 3]}}
    layers:
      - Conv2D: {filters: 4, kernel_size: 3, padding: same, name: stem}
      - BatchNormalization
      - ReLU
      - Conv2D: {filters: 4, kernel_size: 3, padding: same}
      - Add: {from: [stem, _]}
      - GlobalAveragePooling2D
      - Dense: {units: 2}
""",
    "several inputs": """
  functional:
    inputs: {title: {shape: [6], dtype: int32}, tags: {shape: [3]}}
    layers:
      - Embedding: {input_dim: 10, output_dim: 4, from: title}
      - LSTM: {units: 4, name: title_features}
      - Concatenate: {from: [title_features, tags]}
      - Dense: {units: 1}
""",
    "outputs as a list": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: body}
      - Dense: {units: 1, name: price, from: body}
      - Dense: {units: 3, name: kind, from: body}
    outputs: [price, kind]
""",
    "outputs as a mapping with other names": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: body}
      - Dense: {units: 1, name: a, from: body}
      - Dense: {units: 3, name: b, from: body}
    outputs: {price: a, kind: b}
""",
    "one output of another name": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 1, name: a}
    outputs: {price: a}
""",
    "an output in the middle": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: code}
      - Dense: {units: 8, name: again}
    outputs: [again, code]
""",
    "an input that is an output": """
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: y}
    outputs: {same: x, other: y}
""",
    "states with names": """
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - LSTM: {units: 3, return_sequences: true, return_state: true, as: [sequence, h, c]}
      - Concatenate: {from: [h, c]}
      - Dense: {units: 2}
    outputs: [dense, sequence]
""",
    "states from another layer": """
  functional:
    inputs: {x: {shape: [5, 4]}, y: {shape: [7, 4]}}
    layers:
      - LSTM: {units: 3, return_state: true, from: x, as: [last, h, c]}
      - LSTM: {units: 3, from: {sequence: y, initial_state: [h, c]}}
      - Dense: {units: 2}
""",
    "one state of a GRU": """
  functional:
    inputs: {x: {shape: [5, 4]}}
    layers:
      - GRU: {units: 3, return_state: true, as: [last, h]}
      - GRU: {units: 3, from: {sequence: x, initial_state: h}}
      - Add: {from: [_, last]}
""",
    "attention with scores": """
  functional:
    inputs: {q: {shape: [5, 4]}, v: {shape: [5, 4]}}
    layers:
      - MultiHeadAttention:
          {num_heads: 2, key_dim: 3, from: [q, v], call: {return_attention_scores: true}, as: [seen, scores]}
      - GlobalAveragePooling1D: {from: seen}
      - Dense: {units: 2}
    outputs: [dense, scores]
""",
    "attention by name": """
  functional:
    inputs: {q: {shape: [5, 4]}, v: {shape: [7, 4]}}
    layers:
      - MultiHeadAttention: {num_heads: 2, key_dim: 3, from: {query: q, value: v, key: v}, call: {training: false}}
      - Attention: {from: [_, v]}
      - GlobalAveragePooling1D
""",
    "wrappers in wrappers": """
  sequential:
    input: {shape: [6, 5, 4]}
    layers:
      - TimeDistributed: {layer: {Bidirectional: {layer: {LSTM: {units: 3}}}}}
      - Bidirectional: {layer: {GRU: {units: 2, return_sequences: true}}, merge_mode: sum}
      - TimeDistributed: {layer: {Dense: {units: 2}}}
      - Dense: {units: 2}
""",
    "recurrent layers of all kinds from both ends": """
  sequential:
    input: {shape: [4, 6, 6, 2]}
    layers:
      - Bidirectional: {layer: {ConvLSTM2D: {filters: 2, kernel_size: 3, return_sequences: true}}}
      - TimeDistributed: {layer: Flatten}
      - Bidirectional: {layer: {RNN: {cell: {LSTMCell: {units: 3}}, return_sequences: true}}, merge_mode: ave}
      - Bidirectional: {layer: {RNN: {cell: [{GRUCell: {units: 3}}, {LSTMCell: {units: 2, name: last}}], name: stack}}}
      - Dense: {units: 2}
""",
    "convolutions from both ends, and their states": """
  functional:
    inputs: {x: {shape: [4, 6, 2]}, y: {shape: [null, 6, 2]}}
    layers:
      - Bidirectional:
          layer: {ConvLSTM1D: {filters: 3, kernel_size: 3, padding: same, return_state: true}}
          backward_layer: {ConvLSTM1D:
            {filters: 3, kernel_size: 3, padding: same, return_state: true, go_backwards: true, name: behind}}
          merge_mode: null
          from: x
          as: [there, back, a, b, c, d]
      - Bidirectional:
          layer: {ConvLSTM1D: {filters: 3, kernel_size: 3, padding: same, name: again}}
          from: {sequences: y, initial_state: [a, b, c, d]}
      - Add: {from: [there, back]}
    outputs: [bidirectional_1, add]
""",
    "a list of cells, and their states": """
  functional:
    inputs: {x: {shape: [4, 6]}, y: {shape: [null, 6]}}
    layers:
      - Bidirectional:
          layer: {RNN: {cell: [{LSTMCell: {units: 3}}, {GRUCell: {units: 2}}], return_state: true}}
          name: both
          from: x
          as: [seen, a, b, c, d, e, f]
      - Bidirectional:
          layer:
            RNN:
              cell:
                StackedRNNCells: {cells: [{LSTMCell: {units: 3, name: p}}, {GRUCell: {units: 2, name: q}}], name: r}
              name: s
          name: again
          from: {sequences: y, initial_state: [a, b, c, d, e, f]}
    outputs: [seen, again]
""",
    "whole numbers of any dtype": """
  sequential:
    input: {shape: [5], dtype: int}
    layers:
      - Embedding: {input_dim: 20, output_dim: 4}
      - Flatten
      - Dense: {units: 1}
""",
    "a batch of one size": """
  sequential:
    input: {shape: [5, 4], batch_size: 2, name: steps}
    layers:
      - LSTM: {units: 3, stateful: true}
      - Dense: {units: 2}
""",
    "axes that vary": """
  functional:
    inputs: {words: {shape: [null], dtype: int32}}
    layers:
      - Embedding: {input_dim: 20, output_dim: 4}
      - Conv1D: {filters: 3, kernel_size: 2, padding: same}
      - GlobalMaxPooling1D
      - Dense: {units: 1}
""",
    "frozen layers": """
  sequential:
    input: {shape: [8]}
    layers:
      - Dense: {units: 4, trainable: false}
      - BatchNormalization: {trainable: false}
      - Dense: {units: 1}
""",
}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16", "float64"])
def test_same_as_keras(name: str, precision: str, same_as_keras: Any) -> None:
    loss = "" if name in ("an input that is an output", "a batch of one size") or "outputs" in MODELS[name] else COMPILE
    same_as_keras(f"tfspec: 1\nprecision: {precision}\nmodel:{MODELS[name]}{loss}\n")


COMPILES = {
    "a list of losses": "loss: [mse, mae]",
    "losses by name": "loss: {a: mse, b: mae}",
    "one loss of two": "loss: {a: mse}",
    "none in a list": "loss: [mse, null]",
    "one loss for all": "loss: mse, metrics: {a: mae, b: mae}",
    "metrics by name": "loss: mse, metrics: {a: [mae, mse], b: [RootMeanSquaredError]}",
    "metrics of one output": "loss: mse, metrics: {b: mae}",
    "metrics by position": "loss: mse, metrics: [[mae], [mse, mae]]",
    "weighted metrics": "loss: mse, metrics: [mae, mse], weighted_metrics: [[mse], []]",
    "weights of losses": "loss: mse, loss_weights: [0.5, 2]",
    "weights by name": "loss: mse, loss_weights: {b: 2}",
    "by output": "outputs: {a: {loss: mse, metrics: [mae], loss_weight: 0.5}, b: {loss: {Huber: {delta: 2.0}}}}",
    "by output, one of them": "outputs: {a: {loss: mse, metrics: mae}}",
    "named metrics": "loss: mse, metrics: {a: [{MeanAbsoluteError: {name: off_by}}]}",
}
TWO = """tfspec: 1
model:
  functional:
    inputs: {x: {shape: [8]}}
    layers:
      - Dense: {units: 4, name: body}
      - Dense: {units: 2, name: a, from: body}
      - Dense: {units: 3, name: b, from: body}
    outputs: %s
compile: {%s}
"""


@pytest.mark.filterwarnings("ignore:Gradients do not exist")
@pytest.mark.parametrize("name", COMPILES)
@pytest.mark.parametrize("outputs", ["[a, b]", "{a: a, b: b}"], ids=["list", "mapping"])
def test_the_history_of_two_outputs(name: str, outputs: str, same_as_keras: Any) -> None:
    same_as_keras(TWO % (outputs, COMPILES[name]))


ONE = """tfspec: 1
model:
  sequential:
    input: {shape: [8]}
    layers:
      - Dense: {units: %s, activation: %s}
compile: {%s}
"""


@pytest.mark.parametrize(
    ("units", "activation", "compile_"),
    [
        (1, "linear", "loss: mse, metrics: [mae, MAE, RootMeanSquaredError]"),
        (1, "sigmoid", "loss: binary_crossentropy, metrics: [accuracy, AUC, Precision, {Recall: {name: found}}]"),
        (3, "softmax", "loss: sparse_categorical_crossentropy, metrics: [acc, SparseTopKCategoricalAccuracy]"),
        (3, "softmax", "loss: categorical_crossentropy, metrics: [accuracy, categorical_accuracy, F1Score]"),
        (1, "linear", "loss: {Huber: {delta: 2.0}}, weighted_metrics: [mae]"),
        (1, "linear", "loss: [mse], metrics: {dense: [mae]}"),
        (1, "linear", "outputs: {dense: {loss: mse, metrics: [mae]}}"),
    ],
)
def test_the_history_of_one_output(units: int, activation: str, compile_: str, same_as_keras: Any) -> None:
    same_as_keras(ONE % (units, activation, compile_))


def test_the_seed_decides_the_weights() -> None:
    import numpy as np

    text = "tfspec: 1\nseed: 7\nmodel: {sequential: {input: {shape: [4]}, layers: [{Dense: {units: 3}}]}}\n"
    first, second = (tfspec.build(text).get_weights() for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_wrong_spec_is_not_built() -> None:
    with pytest.raises(tfspec.SpecError, match="TS410"):
        tfspec.build("tfspec: 1\nmodel: {sequential: {input: {shape: [4]}, layers: [{LSTM: {units: 3}}]}}\n")


def test_several_inputs_are_fed_by_name(keras: Any) -> None:
    import numpy as np

    model = tfspec.build(f"tfspec: 1\nmodel:{MODELS['several inputs']}")
    result = model.predict({"title": np.zeros((2, 6), "int32"), "tags": np.zeros((2, 3))}, verbose=0)
    assert result.shape == (2, 1)
    assert isinstance(model, keras.Model)
