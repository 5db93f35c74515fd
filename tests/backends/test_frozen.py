"""`trainable: false` holds for everything inside a layer, which Keras's own argument does not reach."""

import pytest

import tfspec

FROZEN = [
    "TimeDistributed: {layer: {Dense: {units: 2}}, trainable: false}",
    "Bidirectional: {layer: {LSTM: {units: 2, return_sequences: true}}, trainable: false}",
    "RNN: {cell: {LSTMCell: {units: 2}}, return_sequences: true, trainable: false}",
    "RNN: {cell: {StackedRNNCells: {cells: [{GRUCell: {units: 2}}], trainable: false}}, return_sequences: true}",
    "Pipeline: {layers: [{TimeDistributed: {layer: {Dense: {units: 2}}, trainable: false}}]}",
    "MultiHeadAttention: {num_heads: 2, key_dim: 2, trainable: false, from: [x, x]}",
]


@pytest.mark.parametrize("layer", FROZEN, ids=lambda text: text.partition(":")[0])
def test_nothing_inside_is_trained(layer: str) -> None:
    spec = f"""\
tfspec: 1
model:
  functional:
    inputs: {{x: {{shape: [5, 4]}}}}
    layers:
      - {layer}
      - Dense: {{units: 1, name: head}}
"""
    model = tfspec.build(spec)
    assert [weight.path for weight in model.trainable_weights] == ["head/kernel", "head/bias"]
    assert len(model.weights) > 2


def test_a_copy_of_a_frozen_layer_is_frozen() -> None:
    """Keras makes both directions anew from the configuration of the layer."""
    spec = (
        "tfspec: 1\nmodel: {sequential: {input: {shape: [3, 5, 2]}, layers: [\n"
        "{Bidirectional: {layer: {ConvLSTM1D: {filters: 2, kernel_size: 3, trainable: false}}}}]}}\n"
    )
    assert tfspec.build(spec).trainable_weights == []
    assert tfspec.inspect(spec).trainable_parameters == 0
