"""Problems of masks, which mark the steps that are padding."""

from tfspec.diagnostics import Code

MASK_LOST = Code(
    "TS405",
    "a mask that gets lost on its way",
    "`Embedding` with `mask_zero`, and `Masking`, mark the steps that are padding, so that the layers behind them "
    "skip these. A layer that cannot hand the mask on drops it, and the next layers take padding for data.",
    bad="""\
tfspec: 1
model:
  sequential:
    input: {shape: [10], dtype: int32}
    layers:
      - Embedding: {input_dim: 100, output_dim: 8, mask_zero: true}
      - RMSNormalization
      - LSTM: {units: 4}
""",
    good="""\
tfspec: 1
model:
  sequential:
    input: {shape: [10], dtype: int32}
    layers:
      - Embedding: {input_dim: 100, output_dim: 8, mask_zero: true}
      - LayerNormalization
      - LSTM: {units: 4}
""",
    severity="warning",
)
