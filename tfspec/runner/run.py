"""Run: a spec in, a trained model in a run folder out."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from importlib.util import find_spec
from pathlib import Path

import keras

from tfspec.analysis import Analysis, analyze, shared_models
from tfspec.analysis.analyze import folder_of
from tfspec.backends.keras import build_model, compile_model
from tfspec.data import Part, Splits, load_splits
from tfspec.diagnostics import Problem, SpecError, has_errors
from tfspec.spec import Loadable, Spec, load
from tfspec.spec.paths import anchored
from tfspec.spec.write import to_yaml

from .environment import describe_environment
from .folder import RunFolder
from .preparation import Preparation
from .problems import DISK_FULL, MISSING_PACKAGE, NOT_RUNNABLE
from .progress import Verbosity
from .training import Ending, Training, inputs_of, targets_of, train


@dataclass(frozen=True)
class Run:
    """What a run left: its folder, how it ended, and what the best model reaches.

    `metrics` holds for `validation` and `test`, where there are such data, the loss and the
    metrics of the best model; `history` has a row for each epoch.
    """

    folder: Path
    ending: Ending
    metrics: dict[str, dict[str, float]]
    history: list[dict[str, float]]
    best_epoch: int | None
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def model(self) -> keras.Model:
        """The best model, with its preparation in front."""
        return keras.models.load_model(RunFolder(self.folder).model)


def run(  # noqa: PLR0913 - keywords, each with a default
    source: Loadable,
    *,
    runs: Path | str = "runs",
    name: str | None = None,
    overrides: Sequence[str] = (),
    variables: Sequence[str] = (),
    profiles: Sequence[str] = (),
    root: Path | None = None,
    verbosity: Verbosity = "silent",
) -> Run:
    """Train the model of a spec, evaluate it, and write the run folder `<runs>/<name>-<number>`.

    Everything random follows the spec's seed; where it has none, one is drawn and written to the
    resolved spec, so that every run can be repeated. Ctrl-C, SIGTERM, a full disk and a loss that
    is no number end the run with what there is: `Run.ending` says which.

    Raises:
        SpecError: The spec has errors, cannot be run, or its data cannot be read.
    """
    spec = load(source, overrides=overrides, variables=variables, profiles=profiles, root=root)
    root = root or folder_of(spec)
    spec = _seeded(spec)
    analysis = analyze(spec, root)
    problems = [*analysis.problems, *_missing_sections(spec), *_missing_packages(spec)]
    if has_errors(problems):
        raise SpecError(problems)
    assert analysis.feeds is not None  # noqa: S101 - data whose source is not known has errors
    keras.utils.set_random_seed(spec.seed)
    splits = load_splits(spec, analysis.feeds, root)
    folder = _new_folder(Path(runs), name or spec.name or _stem(spec))
    _describe(folder, spec, root, splits)
    return _train(analysis, splits, folder, verbosity)


def _train(analysis: Analysis, splits: Splits, folder: RunFolder, verbosity: Verbosity) -> Run:
    preparation = Preparation(analysis)
    preparation.adapt(splits.train.inputs)
    train_part = _prepared(splits.train, preparation)
    validation = _prepared(splits.validation, preparation) if splits.validation else None
    model = build_model(analysis)
    compile_model(model, analysis)
    whole = preparation.joined(model)
    if whole is not model:
        compile_model(whole, analysis)
        whole.optimizer = model.optimizer
    training = train(model, whole, analysis, (train_part, validation), folder, verbosity=verbosity)
    metrics: dict[str, dict[str, float]] = {}
    if training.ending != "failed" and folder.model.exists():
        test = _prepared(splits.test, preparation) if splits.test else None
        metrics = _evaluate(model, analysis, {"validation": validation, "test": test})
        _save_shared(model, analysis, folder)
    _conclude(folder, training, metrics)
    return Run(folder.path, training.ending, metrics, training.history, training.best_epoch, training.problems)


def _evaluate(model: keras.Model, analysis: Analysis, parts: dict[str, Part | None]) -> dict[str, dict[str, float]]:
    """What the model reaches on each part that there is."""
    return {name: evaluate_part(model, part, analysis) for name, part in parts.items() if part is not None}


def _save_shared(model: keras.Model, analysis: Analysis, folder: RunFolder) -> None:
    """Save the shared models that the best model uses, each by its name."""
    parts = shared_models(analysis)
    models = {word: reduce(keras.Model.get_layer, part.way, model) for word, part in parts.items()}
    try:
        folder.save_shared(models)
    except OSError as error:
        folder.say(f"could not save the shared models: {error}")


def evaluate_part(model: keras.Model, part: Part, analysis: Analysis) -> dict[str, float]:
    """The loss and the metrics of a compiled model on a part, under Keras's names."""
    batch = analysis.spec.fit.batch_size if analysis.spec.fit else None
    results = model.evaluate(
        inputs_of(part, analysis), targets_of(part, analysis), batch_size=batch, verbose=0, return_dict=True
    )
    return {name: float(value) for name, value in results.items()}


def _prepared(part: Part, preparation: Preparation) -> Part:
    return part._replace(inputs=preparation.apply(part.inputs))


def _seeded(spec: Spec) -> Spec:
    """The spec with a seed: its own, or one that is drawn now."""
    if spec.seed is not None:
        return spec
    return spec.model_copy(update={"seed": secrets.randbelow(2**32)})


def _missing_sections(spec: Spec) -> list[Problem]:
    missing = [name for name in ("data", "compile", "fit") if getattr(spec, name) is None]
    if not missing:
        return []
    wanted = " and ".join(f"`{name}`" for name in missing)
    span = spec.tree.span_at(("tfspec",), key=True)
    advice = "a run needs `data`, `compile` and `fit`; `tfspec check` and `tfspec show` do not"
    return [NOT_RUNNABLE.problem(f"the spec cannot be run: it has no {wanted}", span=span, help=advice)]


def _missing_packages(spec: Spec) -> list[Problem]:
    """Callbacks that cannot be made here, told before anything is written."""
    return [
        MISSING_PACKAGE.problem(
            f"`{callback.written}` needs the package `{callback.package}`, which is not installed",
            path=("callbacks", index),
            span=spec.tree.span_at(("callbacks", index)),
            help=f"install it: `pip install {callback.package}`",
        )
        for index, callback in enumerate(spec.callbacks)
        if callback.package and find_spec(callback.package.partition("-")[0]) is None
    ]


def _stem(spec: Spec) -> str:
    """The name of a run whose spec has none: that of its file, or of its kind of model."""
    span = spec.tree.span
    stem = Path(span.text.name).stem if span else ""
    return stem if stem and not stem.startswith("<") else spec.model.spelling()


def _new_folder(runs: Path, name: str) -> RunFolder:
    try:
        return RunFolder.create(runs, name)
    except OSError as error:
        message = f"no run folder can be made in `{runs}`: {(error.strerror or str(error)).lower()}"
        raise SpecError([DISK_FULL.problem(message, help="write elsewhere with `--runs DIR`")]) from None


def _describe(folder: RunFolder, spec: Spec, root: Path, splits: Splits) -> None:
    """Write what is known before the training: the spec twice, versions, command line."""
    span = spec.tree.span
    try:
        if span is not None:
            suffix = ".json" if Path(span.text.name).suffix == ".json" else ".yaml"
            folder.write_text(folder.path / f"spec{suffix}", span.text.content)
        else:
            folder.write_text(folder.path / "spec.yaml", spec.to_yaml())
        folder.write_text(folder.resolved, to_yaml(anchored(spec.to_dict(), root.resolve())))
        rows = {name: part.rows for name, part in splits._asdict().items() if isinstance(part, Part)}
        facts = {
            "ending": "running",
            "root": str(root.resolve()),
            "seed": spec.seed,
            "rows": rows,
            "class_names": {name: list(names) for name, names in splits.class_names.items()},
            "started": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            **describe_environment(),
        }
        folder.write_json(folder.facts, facts)
        folder.say(f"started: {' '.join(sys.argv)}")
    except OSError as error:
        message = f"`{folder.path}` cannot be written: {(error.strerror or str(error)).lower()}"
        raise SpecError([DISK_FULL.problem(message, help="make room, or write elsewhere with `--runs DIR`")]) from None


def _conclude(folder: RunFolder, training: Training, metrics: dict[str, dict[str, float]]) -> None:
    """Write how the run ended, as far as the disk lets it."""
    results = {
        "best_epoch": training.best_epoch,
        "best_by": training.monitor,
        "epochs": len(training.history),
        **metrics,
    }
    try:
        folder.write_json(folder.metrics, results)
        ended = {"ending": training.ending, "ended": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        folder.write_json(folder.facts, folder.read_facts() | ended)
    except OSError as error:
        folder.say(f"could not write the results: {error}")
    folder.say(f"ended: {training.ending}")
