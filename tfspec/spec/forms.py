"""Values that a spec may write in more than one form, each read by one function.

A pydantic union would report every form that a wrong value fails to be; these say once what
was expected. What they hold has one form, whatever was written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from tfspec.catalogue import Declaration, make_thing, thing_to_data
from tfspec.catalogue.layers.layer import Layer
from tfspec.catalogue.losses.loss import Loss
from tfspec.catalogue.metrics.metric import Metric
from tfspec.catalogue.steps import expected, make_callee
from tfspec.catalogue.strict import carried
from tfspec.expand import WORD

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

OneListOrByName: TypeAlias = Any
"""One thing, several by position (a tuple), or several by name (a dict)."""


class Form:
    """Marks a field with the function that reads it, what writes it back, and its JSON Schema."""

    def __init__(
        self, read: Callable[[Any], Any], schema: dict[str, Any], write: Callable[[Any], Any] | None = None
    ) -> None:
        self.read = read
        self.schema = schema
        self.write = write or plain

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.schema


def plain(value: Any) -> Any:
    """A value as a spec writes it: things as words and mappings, tuples as lists."""
    if isinstance(value, Declaration):
        return thing_to_data(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def read_each(items: dict[Any, Any] | list[Any] | tuple[Any, ...], read: Callable[[Any], Any]) -> Any:
    """The items read one by one, in the container that they came in; the mistakes of all are told."""
    pairs = list(items.items() if isinstance(items, dict) else enumerate(items))
    values, mistakes = [], list[InitErrorDetails]()
    for key, item in pairs:
        try:
            values.append(read(item))
        except ValidationError as error:
            mistakes += carried(error, (key,))
        except PydanticCustomError as error:
            mistakes.append(InitErrorDetails(type=error, loc=(key,), input=item))
    if mistakes:
        raise ValidationError.from_exception_data("items", mistakes)
    if isinstance(items, dict):
        return dict(zip(items, values, strict=True))
    return tuple(values)


def is_thing(family: str, value: object) -> bool:
    """Whether a mapping can only mean one thing with its arguments, not things by name."""
    from tfspec.catalogue import find

    return isinstance(value, dict) and len(value) == 1 and find(family, str(next(iter(value)))) is not None


def _read_losses(value: object) -> OneListOrByName:
    """One loss, a tuple of them by position (None: an output without), or a dict of them by output."""
    if isinstance(value, (list, tuple)):
        return read_each(value, _loss_or_none)
    if isinstance(value, dict) and not is_thing("loss", value) and not _looks_like_thing(value):
        return read_each(value, _loss_or_none)
    return make_thing(Loss, value)


def _loss_or_none(value: object) -> Loss | None:
    return None if value is None else make_thing(Loss, value)


def _looks_like_thing(value: dict[str, object]) -> bool:
    """A single CamelCase key was meant as a class, even where no class has the name."""
    (first, *others) = [str(key) for key in value] or [""]
    return not others and first[:1].isupper()


def _read_metrics(value: object) -> OneListOrByName:
    """A tuple of metrics, a tuple of tuples by output position, or a dict of tuples by output."""
    if isinstance(value, (list, tuple)):
        return read_each(value, lambda item: _metric_list(item) if isinstance(item, (list, tuple)) else _metric(item))
    if isinstance(value, dict) and not is_thing("metric", value) and not _looks_like_thing(value):
        return read_each(value, _metric_list)
    return (make_thing(Metric, value),)


def _metric(value: object) -> Metric:
    return make_thing(Metric, value)


def _metric_list(value: object) -> tuple[Metric, ...]:
    if isinstance(value, (list, tuple)):
        metrics: tuple[Metric, ...] = read_each(value, _metric)
        return metrics
    return (_metric(value),)


def _read_loss_weights(value: object) -> tuple[float, ...] | dict[str, float]:
    if isinstance(value, dict) and value and all(map(_is_number, value.values())):
        return value
    if isinstance(value, (list, tuple)) and value and all(map(_is_number, value)):
        return tuple(value)
    raise expected("a list of numbers, or a mapping from output names to numbers")


def _read_amount(value: object) -> int | float:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if whole or (isinstance(value, float) and 0 < value < 1):
        return value  # type: ignore[return-value] # the two conditions say so
    raise expected("a fraction between 0 and 1, or a whole number of examples")


def _read_class_weight(value: object) -> dict[int, float] | Literal["balanced"]:
    if value == "balanced":
        return "balanced"
    if (
        isinstance(value, dict)
        and value
        and all(str(key).isdecimal() for key in value)
        and all(map(_is_number, value.values()))
    ):
        return {int(key): float(weight) for key, weight in value.items()}
    raise expected("a mapping from class numbers to weights, or `balanced`")


def _read_columns(value: object) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict) and value and all(map(_is_names, value.values())):
        return {key: (names,) if isinstance(names, str) else tuple(names) for key, names in value.items()}
    raise expected("a mapping from the model's inputs to a column, or a list of columns")


def _read_layers(value: object) -> tuple[Layer, ...] | dict[str, tuple[Layer, ...]]:
    if isinstance(value, (list, tuple)):
        return _layer_list(value)
    if isinstance(value, dict) and value and not is_thing("layer", value) and not _looks_like_thing(value):
        return read_each(value, _layer_list)  # type: ignore[no-any-return] # what the reader gives
    raise expected("a list of layers, or a mapping from inputs to lists of layers")


def _layer_list(value: object) -> tuple[Layer, ...]:
    if not isinstance(value, (list, tuple)):
        raise expected("a list of layers")
    layers: tuple[Layer, ...] = read_each(value, lambda item: make_thing(Layer, item))
    return layers


def _read_shared(value: object) -> dict[str, Declaration]:
    """Layers and models by name; the names were seen to when the spec was written out."""
    if not isinstance(value, dict) or not value:
        raise expected("a mapping from names to layers or models")
    shared: dict[str, Declaration] = read_each(value, make_callee)
    return shared


def _read_targets(value: object) -> Any:
    """One `Target`, or a dict of them by output."""
    from .document import Target

    if isinstance(value, Target):
        return value
    if isinstance(value, str):
        return Target.model_validate({"from": value})
    if not isinstance(value, dict) or not value:
        raise expected("a column, `{from: …, one_hot: …}`, or a mapping from outputs to these")
    if set(value) & {"from", "one_hot"} or not all(isinstance(item, (str, dict, Target)) for item in value.values()):
        return Target.model_validate(value)
    return read_each(value, _one_target)


def _one_target(value: object) -> Any:
    from .document import Target

    if isinstance(value, (str, dict)):
        return Target.model_validate({"from": value} if isinstance(value, str) else value)
    raise expected("a column, or `{from: …, one_hot: …}`")


def _write_targets(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _write_targets(item) for key, item in value.items()}
    return value.model_dump(exclude_unset=True, by_alias=True)


def _is_names(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, (list, tuple)) and bool(value) and all(isinstance(item, str) for item in value)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _by_name(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": item}


_LOSS = {"x-family": "loss"}
_METRIC = {"x-family": "metric"}
_METRICS = {"type": "array", "items": _METRIC}
_METRIC_OR_METRICS = {"anyOf": [_METRIC, _METRICS]}
_LOSS_OR_NULL = {"anyOf": [_LOSS, {"type": "null"}]}
_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
_LAYERS = {"type": "array", "items": {"x-family": "prepare"}}
_TARGET = {"anyOf": [{"type": "string", "minLength": 1}, {"x-model": "Target"}]}

SharedThings: TypeAlias = Annotated[
    dict[str, Declaration],
    Form(
        _read_shared,
        {
            "type": "object",
            "patternProperties": {f"^{WORD}$": {"anyOf": [{"x-family": "layer"}, {"x-family": "model"}]}},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ),
]
Losses: TypeAlias = Annotated[
    OneListOrByName,
    Form(_read_losses, {"anyOf": [_LOSS, {"type": "array", "items": _LOSS_OR_NULL}, _by_name(_LOSS_OR_NULL)]}),
]
Metrics: TypeAlias = Annotated[
    OneListOrByName,
    Form(
        _read_metrics,
        {"anyOf": [_METRIC, {"type": "array", "items": _METRIC_OR_METRICS}, _by_name(_METRIC_OR_METRICS)]},
    ),
]
MetricList: TypeAlias = Annotated[tuple[Metric, ...], Form(_metric_list, _METRIC_OR_METRICS)]
LossWeights: TypeAlias = Annotated[
    tuple[float, ...] | dict[str, float],
    Form(
        _read_loss_weights,
        {
            "anyOf": [
                {"type": "array", "items": {"type": "number"}, "minItems": 1},
                {**_by_name({"type": "number"}), "minProperties": 1},
            ]
        },
    ),
]
Amount: TypeAlias = Annotated[
    int | float,
    Form(
        _read_amount,
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
                {"type": "integer", "minimum": 1},
            ]
        },
    ),
]
ClassWeight: TypeAlias = Annotated[
    dict[int, float] | Literal["balanced"],
    Form(
        _read_class_weight,
        {
            "anyOf": [
                {"const": "balanced"},
                {
                    "type": "object",
                    "patternProperties": {"^[0-9]+$": {"type": "number"}},
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            ]
        },
    ),
]
ColumnsByInput: TypeAlias = Annotated[
    dict[str, tuple[str, ...]], Form(_read_columns, {**_by_name(_NAMES), "minProperties": 1})
]
LayersByInput: TypeAlias = Annotated[
    tuple[Layer, ...] | dict[str, tuple[Layer, ...]],
    Form(_read_layers, {"anyOf": [_LAYERS, {**_by_name(_LAYERS), "minProperties": 1}]}),
]
Targets: TypeAlias = Annotated[
    Any,
    Form(_read_targets, {"anyOf": [_TARGET, {**_by_name(_TARGET), "minProperties": 1}]}, _write_targets),
]
