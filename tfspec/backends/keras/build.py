"""Build: a spec in, a Keras model out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import keras

from tfspec.analysis import analyze, part_of
from tfspec.diagnostics import SpecError, has_errors
from tfspec.spec import Loadable, load

from .compiling import compile_model
from .model import build_model


def build(  # noqa: PLR0913 - keywords, each with a default
    source: Loadable,
    *,
    overrides: Sequence[str] = (),
    variables: Sequence[str] = (),
    profiles: Sequence[str] = (),
    root: Path | None = None,
    part: str | None = None,
) -> keras.Model:
    """The Keras model of a spec, compiled where the spec has a `compile` section; or of its shared model `part`.

    With a `seed` in the spec, the seeds of Python, NumPy and the backend are set first, so that
    the same spec gives the same weights. The layers of `data.prepare` are not part of the model:
    they need data to adapt to, and a run puts them in front. What is laid over the spec, and `root`,
    are as for `tfspec.check`.

    Raises:
        SpecError: The spec has errors, or its model uses no shared model of the name `part`.
    """
    spec = load(source, overrides=overrides, variables=variables, profiles=profiles, root=root)
    analysis = analyze(spec, root)
    if has_errors(analysis.problems):
        raise SpecError(analysis.problems)
    if part is not None:
        analysis = part_of(analysis, part)
    if analysis.spec.seed is not None:
        keras.utils.set_random_seed(analysis.spec.seed)
    model = build_model(analysis)
    compile_model(model, analysis)
    return model
