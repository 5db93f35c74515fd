"""What a metric says of itself, shown on Keras: names in the history, direction, labels, one number or several."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from tfspec.backends.keras.objects import for_compile, to_keras
from tfspec.catalogue import declarations, make_thing
from tfspec.catalogue.metrics.metric import Metric

# TensorFlow's variables do not know NumPy 2's `copy`.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

CLASSES = 3
ROWS = 6
REQUIRED: dict[str, dict[str, object]] = {
    "IoU": {"num_classes": CLASSES, "target_class_ids": [0]},
    "MeanIoU": {"num_classes": CLASSES},
    "OneHotIoU": {"num_classes": CLASSES, "target_class_ids": [0]},
    "OneHotMeanIoU": {"num_classes": CLASSES},
    "PrecisionAtRecall": {"recall": 0.5},
    "RecallAtPrecision": {"precision": 0.5},
    "SensitivityAtSpecificity": {"specificity": 0.5},
    "SpecificityAtSensitivity": {"sensitivity": 0.5},
}
METRICS = [cls for cls in declarations("metric") if issubclass(cls, Metric) and cls.keras]


def thing(cls: type[Metric], **arguments: object) -> Metric:
    return cls.model_validate(REQUIRED.get(cls.__name__, {}) | arguments)


def spellings() -> list[object]:
    """Every word that stands alone, and every metric with a name of its own and with another argument."""
    bare: list[object] = []
    for cls in declarations("metric"):
        if cls.__name__ not in REQUIRED:
            bare += [cls.spelling(), *cls.aliases, *cls.identifiers]
    told: list[object] = [{cls.__name__: REQUIRED.get(cls.__name__, {}) | {"dtype": "float32"}} for cls in METRICS]
    named: list[object] = [
        {cls.__name__: REQUIRED.get(cls.__name__, {}) | {"name": f"my_{index}"}} for index, cls in enumerate(METRICS)
    ]
    return [*bare, *told, *named]


def history(metrics: list[Any], labels: Any) -> dict[str, list[Any]]:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(CLASSES, activation="softmax")])
    loss = "mse" if labels.ndim > 1 else "sparse_categorical_crossentropy"
    model.compile("sgd", loss, metrics=metrics)
    logs: dict[str, list[Any]] = model.fit(np.ones((ROWS, 2)), labels, verbose=0).history
    return logs


def one_hot() -> Any:
    return np.eye(CLASSES, dtype="float32")[np.arange(ROWS) % CLASSES]


def takes_one_hot(metric: Metric) -> bool:
    """Whether labels in the shape of the output do."""
    return metric.labels != "integers"


@pytest.mark.parametrize("first", [0, 1], ids=["first", "again"])
def test_the_history_has_the_said_names(first: int) -> None:
    """Twice in one process, since Keras numbers objects without a name by those made before."""
    keras.metrics.AUC()
    things = [make_thing(Metric, spelling) for spelling in spellings()][first:]
    for form in (True, False):
        group = [metric for metric in things if takes_one_hot(metric) is form]
        # One word of a kind at a time: Keras tells equal names apart with numbers, which is not asked here.
        unique = {metric.history_name: metric for metric in group}
        labels = one_hot() if form else np.arange(ROWS) % CLASSES
        if not form:
            unique = {name: metric for name, metric in unique.items() if "IoU" not in type(metric).__name__}
        logs = history([for_compile(metric) for metric in unique.values()], labels)
        assert set(logs) == {"loss", *unique}


def test_overlaps_have_the_said_names() -> None:
    """Apart from the others, since class numbers are no output that trains."""
    model = keras.Sequential([keras.Input((CLASSES,)), keras.layers.Identity()])
    things = [thing(cls) for cls in METRICS if cls.__name__ in {"IoU", "MeanIoU"}]
    model.compile(loss="mse", metrics=[for_compile(metric) for metric in things])
    logs = model.evaluate(one_hot(), one_hot(), return_dict=True, verbose=0)
    assert set(logs) == {"loss", *(metric.history_name for metric in things)} == {"loss", "io_u", "mean_io_u"}


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("mse", "mse"),
        ("AUC", "AUC"),
        ("auc", "auc"),
        ("acc", "acc"),
        ("accuracy", "accuracy"),
        ("Accuracy", "accuracy"),
        ("LogCoshError", "LogCoshError"),
        ({"LogCoshError": {"dtype": "float32"}}, "logcosh"),
        ({"AUC": {"curve": "PR"}}, "auc"),
        ({"AUC": {"name": "area"}}, "area"),
        ({"mse": {"name": "error"}}, "error"),
        ({"mse": {"dtype": "float64"}}, "mean_squared_error"),
    ],
)
def test_names(spelling: object, name: str) -> None:
    assert make_thing(Metric, spelling).history_name == name


@pytest.mark.parametrize("cls", METRICS, ids=lambda cls: cls.__name__)
def test_direction(cls: type[Metric]) -> None:
    assert getattr(to_keras(thing(cls)), "_direction", None) == cls.direction


def test_accuracy_is_chosen_by_shape() -> None:
    assert history(["accuracy"], np.arange(ROWS) % CLASSES)["accuracy"][0] <= 1
    metric = make_thing(Metric, "accuracy")
    assert (metric.direction, metric.labels, metric.wants, metric.compile_word) == ("up", None, None, True)
    assert not type(metric).model_fields


def data_for(metric: Metric) -> tuple[Any, Any]:
    """Labels and outputs of the said forms."""
    draw = np.random.default_rng(11)
    numbers = draw.normal(size=(ROWS, CLASSES)).astype("float32")
    outputs = {
        "numbers": numbers,
        "signed": numbers,
        "positive": np.exp(numbers),
        "probability": 1 / (1 + np.exp(-numbers)),
        "probabilities": np.exp(numbers) / np.exp(numbers).sum(-1, keepdims=True),
        "integers": np.arange(ROWS) % CLASSES,
    }[str(metric.wants)]
    labels = {
        "same": outputs if metric.wants == "integers" else draw.uniform(0.5, 2, (ROWS, CLASSES)).astype("float32"),
        "zero_one": draw.integers(0, 2, (ROWS, CLASSES)),
        "one_hot": one_hot(),
        "integers": np.arange(ROWS) % CLASSES,
    }[str(metric.labels_said)]
    return labels, outputs


@pytest.mark.parametrize("cls", METRICS, ids=lambda cls: cls.__name__)
def test_labels_and_outputs_of_the_said_form(cls: type[Metric]) -> None:
    metric = thing(cls)
    measured = to_keras(metric)
    measured.update_state(*data_for(metric))
    value = np.asarray(measured.result())
    assert np.isfinite(value).all()
    assert (value.ndim == 0) is metric.is_number


@pytest.mark.parametrize(
    ("spelling", "is_number"),
    [
        ({"F1Score": {"average": "macro"}}, True),
        ({"FBetaScore": {"beta": 2}}, False),
        ({"R2Score": {"class_aggregation": None}}, False),
        ({"Precision": {"thresholds": [0.2, 0.5]}}, False),
        ({"Recall": {"thresholds": [0.2]}}, True),
        ({"TruePositives": {"thresholds": 0.2}}, True),
    ],
)
def test_one_number_or_several(spelling: object, is_number: bool) -> None:  # noqa: FBT001 - a column of the table
    metric = make_thing(Metric, spelling)
    measured = to_keras(metric)
    measured.update_state(*data_for(metric))
    assert (np.asarray(measured.result()).ndim == 0) is is_number is metric.is_number


@pytest.mark.parametrize(
    ("spelling", "logits"),
    [
        ("BinaryAccuracy", False),
        ({"BinaryAccuracy": {"threshold": 0}}, True),
        ({"BinaryCrossentropy": {"from_logits": True}}, True),
        ({"AUC": {"from_logits": True}}, True),
        ("Precision", False),
        ({"Precision": {"thresholds": 0}}, True),
        ({"Recall": {"top_k": 2}}, False),
        ({"MeanIoU": {"num_classes": 3, "sparse_y_pred": False}}, True),
    ],
)
def test_metrics_of_logits(spelling: object, logits: bool) -> None:  # noqa: FBT001 - a column of the table
    assert make_thing(Metric, spelling).from_logits_said is logits


def test_one_hot_labels_of_an_overlap() -> None:
    metric = make_thing(Metric, {"MeanIoU": {"num_classes": CLASSES, "sparse_y_true": False}})
    assert metric.labels_said == "one_hot"
    measured = to_keras(metric)
    measured.update_state(one_hot(), np.arange(ROWS) % CLASSES)
    assert float(measured.result()) == 1
