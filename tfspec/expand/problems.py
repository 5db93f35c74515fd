"""Problems of overrides."""

from tfspec.diagnostics import Code

BAD_OVERRIDE = Code(
    "TS101",
    "an override that cannot be laid over the spec",
    "`--set path=value` goes through the spec's keys and list positions and puts the value, read as YAML, at the "
    "end of the path: `--set fit.epochs=3`, `--set model.sequential.layers[0].Dense.units=64`.",
)
