"""A spec: what a file says, validated and typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from tfspec.catalogue import Strict
from tfspec.catalogue.callbacks import Callback
from tfspec.catalogue.fields import FloatPolicy, NonNegativeInt, PositiveInt
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.models import Model
from tfspec.catalogue.numbers import OneOrMore
from tfspec.catalogue.optimizers import Optimizer
from tfspec.catalogue.sources.source import Source
from tfspec.catalogue.steps import knowing
from tfspec.diagnostics import Problem
from tfspec.expand import SECTIONS
from tfspec.source import Tree

from .forms import (
    Amount,
    ClassWeight,
    ColumnsByInput,
    LayersByInput,
    Losses,
    LossWeights,
    MetricList,
    Metrics,
    SharedThings,
    Targets,
)


class Spec(Strict):
    """What a spec file says.

    Only `tfspec` and `model` are required. A spec with `data`, `compile` and `fit` can be run.
    """

    read_before: ClassVar = SECTIONS
    """Sections of the file that are no longer there once it is written out."""

    tfspec: Literal[1]
    """Version of the spec language: `1`."""
    name: str | None = Field(default=None, min_length=1)
    """What the run folders and the reports call it."""
    description: str | None = None
    """What it is for, in a sentence, for people."""
    seed: NonNegativeInt | None = Field(default=None, le=2**32 - 1)
    """One number that every random choice follows: weights, shuffling, splits, dropout."""
    precision: FloatPolicy | None = None
    """Dtype policy of all layers: `float32` if left out; `mixed_bfloat16` computes in bfloat16."""
    shared: SharedThings | None = None
    """Layers and models by name: each is made once, and every use calls the same weights."""
    data: Data | None = None
    """Where the examples come from, and what is done to them."""
    model: Model
    """The network."""
    compile: Compile | None = None
    """Optimizer, loss and metrics: the arguments of Keras's `compile()`."""
    fit: Fit | None = None
    """How long and in which steps to train: the arguments of Keras's `fit()`."""
    callbacks: tuple[Callback, ...] = Field(default=(), strict=False)
    """What is called while the model trains, in order."""

    _tree: Tree = PrivateAttr(default_factory=lambda: Tree({}))
    _warnings: tuple[Problem, ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _know_shared(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Let the names under `shared` be words of layers while the spec is read."""
        shared = value.get("shared") if isinstance(value, dict) else None
        with knowing(shared if isinstance(shared, dict) else ()):
            return handler(value)

    @property
    def tree(self) -> Tree:
        """The tree that it was read from, which knows the places."""
        return self._tree

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was found when it was written out, and is not wrong, but has no effect."""
        return self._warnings

    def from_tree(self, tree: Tree, warnings: Iterable[Problem] = ()) -> Spec:
        """Itself, remembering where its values were written, and what was found there."""
        self._tree, self._warnings = tree, tuple(warnings)
        return self

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same, wherever it is written."""
        return isinstance(other, Spec) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment] # it holds mappings

    def to_dict(self) -> dict[str, Any]:
        """The spec as plain data, with what was said and nothing else."""
        from .texts import written_data

        data: dict[str, Any] = written_data(self.model_dump(mode="json", exclude_unset=True, by_alias=True))
        return data

    def to_yaml(self) -> str:
        """The spec as YAML."""
        from .write import to_yaml

        return to_yaml(self.to_dict())

    def to_json(self) -> str:
        """The spec as JSON."""
        import json

        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"


class Compile(Strict):
    """The arguments of Keras's `compile()`."""

    optimizer: Optimizer = Field(default="rmsprop")  # type: ignore[assignment] # made when asked for
    """What changes the weights."""
    loss: Losses | None = None
    """What is minimised: one loss, a list of them in the order of the outputs, or a mapping by output name."""
    metrics: Metrics | None = None
    """What is measured besides: a list, or a mapping by output name."""
    weighted_metrics: Metrics | None = None
    """Metrics that sample and class weights apply to."""
    loss_weights: LossWeights | None = None
    """How much each output's loss counts: a list, or a mapping by output name."""
    outputs: dict[str, OutputStep] | None = Field(default=None, min_length=1)
    """Loss, metrics and loss weight of each output, by its name; instead of the keys above."""
    run_eagerly: bool = False
    """Whether to run step by step in Python, for debugging."""
    steps_per_execution: PositiveInt = 1
    """Batches that are run in one go."""
    jit_compile: bool | Literal["auto"] = "auto"
    """Whether to compile the model with XLA."""
    auto_scale_loss: bool = True
    """Whether to scale the loss when computing in float16."""


class OutputStep(Strict):
    """What is asked of one output of a model."""

    loss: Loss | None = None
    """What is minimised at this output."""
    metrics: MetricList | None = None
    """What is measured at this output."""
    weighted_metrics: MetricList | None = None
    """Metrics of this output that sample and class weights apply to."""
    loss_weight: float | None = None
    """How much this output's loss counts in the total; 1 if left out."""


class Data(Strict):
    """Where the examples come from, and what is done to them before the model sees them."""

    source: Source
    """A data set by name, or a kind of file with its arguments."""
    split: Split | None = None
    """Which part of the examples is kept for validation and for testing."""
    inputs: ColumnsByInput | None = None
    """Which columns or arrays feed which input of the model, where names alone do not say it."""
    prepare: LayersByInput | None = None
    """Layers applied to the inputs, adapted on the training examples alone and saved with the model."""
    targets: Targets | None = None
    """What the outputs learn: a column or array for each, and whether it is turned into one-hot vectors."""


class Split(Strict):
    """How the examples are divided; a row is in one part only."""

    validation: Amount | None = None
    """Fraction (0.1) or number (5000) of the training examples kept to validate on."""
    test: Amount | None = None
    """Fraction or number of the examples kept to test on, where the source brings no test data."""
    shuffle: bool = True
    """Whether rows are drawn at random, from the spec's seed; else the last ones are kept."""
    stratify: bool = False
    """Whether every part gets the classes in the same proportions."""


class Target(Strict):
    """What one output learns."""

    source: str | None = Field(default=None, alias="from", min_length=1)
    """Name of the column or array; the source's own label if left out."""
    one_hot: PositiveInt | None = Field(default=None, ge=2)
    """Number of classes, to turn class numbers into one-hot vectors of that length."""


class Fit(Strict):
    """The arguments of Keras's `fit()`."""

    epochs: PositiveInt = 1
    """How often the training data is gone through."""
    batch_size: PositiveInt | None = None
    """Examples in each step; 32 if left out."""
    verbose: Literal["auto", 0, 1, 2] = "auto"
    """What is printed: `0` nothing, `1` a bar, `2` a line an epoch."""
    shuffle: bool = True
    """Whether the training examples come in a new order in every epoch."""
    class_weight: ClassWeight | None = None
    """Weight of each class in the loss, by class number, or `balanced` to make all classes count the same."""
    initial_epoch: NonNegativeInt = 0
    """Epoch to start from."""
    steps_per_epoch: PositiveInt | None = None
    """Batches in an epoch; all of the data if left out."""
    validation_steps: PositiveInt | None = None
    """Batches to validate on; all of the validation data if left out."""
    validation_batch_size: PositiveInt | None = None
    """Examples in each validation step; as `batch_size` if left out."""
    validation_freq: Annotated[int | tuple[int, ...], OneOrMore(int, 1)] = 1
    """Epochs between two validations, or a list of the epochs that are validated after, counted from 1."""
