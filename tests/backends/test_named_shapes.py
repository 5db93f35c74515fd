"""Models whose inputs have sizes with names: open to Keras, and as long in a real call as is said."""

from __future__ import annotations

from typing import Any

import pytest

import tfspec

SPEC = """\
tfspec: 1
model:
  functional:
    inputs: {sound: {shape: [time, 8]}, words: {shape: [time], dtype: int32}}
    layers:
      - Conv1D: {filters: 6, kernel_size: 4, strides: 3, from: sound, name: valid}
      - Conv1D: {filters: 6, kernel_size: 4, strides: 3, padding: same, name: same}
      - UpSampling1D: {size: 2, name: up}
      - Embedding: {input_dim: 9, output_dim: 8, from: words, name: looked_up}
      - Add: {from: [sound, looked_up], name: sum}
      - Concatenate: {axis: 1, from: [sum, sound], name: twice}
      - MultiHeadAttention: {num_heads: 2, key_dim: 4, from: [twice, sum], name: attended}
      - LSTM: {units: 5, return_sequences: true, name: read}
      - Reshape: {target_shape: [-1, 4], from: sum, name: reshaped}
      - Flatten: {from: valid, name: flat}
    outputs: [valid, same, up, sum, twice, attended, read, reshaped, flat]
"""


@pytest.mark.parametrize("length", [4, 10, 23])
def test_real_calls_are_as_long_as_said(length: int, keras: Any) -> None:
    model = tfspec.build(SPEC)
    assert [tuple(x.shape) for x in model.inputs] == [(None, None, 8), (None, None)]
    real = model({"sound": keras.ops.zeros((2, length, 8)), "words": keras.ops.zeros((2, length), "int32")})
    said = tfspec.inspect(SPEC).outputs
    for row, tensor, symbol in zip(said, real, model.outputs, strict=True):
        assert tuple(symbol.shape) == tuple(dim if isinstance(dim, int) else None for dim in row.shape), row.name
        sizes = [eval(str(dim), {}, {"time": length}) for dim in row.shape[1:]]  # noqa: S307 - its own text
        assert tuple(tensor.shape) == (2, *sizes), row.name
