"""What every metric is: a number that training reports, and what it expects of model and labels."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from tfspec.catalogue.declaration import Declaration, snake_case
from tfspec.catalogue.fields import FloatPolicy
from tfspec.catalogue.predictions import Labels, Need, Wants
from tfspec.catalogue.refused import A_ROOT, TOOLS, Refused

Direction: TypeAlias = Literal["up", "down"]


A_FUNCTION = Refused(
    "Keras has it as a Python function, and finds only classes by a metric's name",
    "use it as the loss, whose value is reported as `loss`",
)
OF_VALUES = Refused(
    "it takes values and their weights, and refuses the labels and outputs that `compile` gives to metrics",
    "leave it out: losses and metrics are averaged over the epoch already",
)


class Metric(Declaration):
    """A number that tells how good predictions are, reported after every epoch."""

    family = "metric"
    keras = "metrics"
    refuses: ClassVar[dict[str, Refused]] = {
        **TOOLS,
        **dict.fromkeys(("Metric", "metric"), A_ROOT),
        **dict.fromkeys(("Mean", "mean", "Sum", "sum"), OF_VALUES),
        **dict.fromkeys(("binary_focal_crossentropy", "categorical_focal_crossentropy", "huber"), A_FUNCTION),
        "log_cosh": A_FUNCTION._replace(instead="use `LogCoshError`"),
        "MeanMetricWrapper": Refused("it takes a Python function, and a spec is data"),
    }

    direction: ClassVar[Direction | None] = "up"
    """Which way is better, as `mode: auto` of a callback takes it; None where Keras does not know."""

    labels: ClassVar[Labels | None] = "same"
    """The form of the labels; None where Keras decides it from the shapes."""

    wants: ClassVar[Wants | None] = "numbers"
    """What the model must give, where it gives no logits; None where Keras decides it from the shapes."""

    output_axes: ClassVar[str] = ""
    """The axes of the output, by name; any where it is empty."""

    label_axes: ClassVar[str] = ""
    """The axes of the labels, by name, where they are not those that follow from their form."""

    says_logits: ClassVar[str] = "from_logits"
    """The argument that says that the metric takes logits."""

    says_labels: ClassVar[str] = ""
    """The argument that says whether labels are class numbers, where it has one."""

    says_numbers: ClassVar[str] = ""
    """The argument that says whether outputs are class numbers, where it has one."""

    compile_word: ClassVar[bool] = True
    """Whether Keras's `compile` takes the bare word for this metric; otherwise it is given as an object."""

    @property
    def labels_said(self) -> Labels | None:
        """The form of the labels, where arguments have a say in it."""
        return self.labels

    @property
    def wants_said(self) -> Wants | None:
        """What the model must give, where arguments have a say in it."""
        return self.wants

    @property
    def needs(self) -> tuple[Need, ...]:
        """What its arguments need of the last axis of the output."""
        return ()

    @property
    def from_logits_said(self) -> bool:
        """Whether the metric takes logits: numbers that are no probabilities yet."""
        return bool(getattr(self, "from_logits", False))

    @property
    def is_number(self) -> bool:
        """Whether its value is one number, which a callback can watch, and not one for each class or threshold."""
        return True

    @property
    def history_name(self) -> str:
        """What Keras calls it in the history: a bare word as it was written, else its name."""
        if self.compile_word and not self.said:
            return self.written
        return getattr(self, "name", None) or snake_case(type(self).__name__)


class NamedMetric(Metric):
    """A metric of Keras, with the arguments that all of them take."""

    name: str | None = None
    """What it is called in the history."""
    dtype: FloatPolicy | None = None
    """What the metric is computed in; float32 where it is left out."""
