"""The base of everything that is validated: no unknown keys, no guessing of types."""

from __future__ import annotations

from typing import Any, Self, cast

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from tfspec.diagnostics import nearest

from .resolution import Resolved


class Strict(BaseModel, metaclass=Resolved):
    """A frozen value that refuses keys that it does not know, and says which one was meant."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, defer_build=True, protected_namespaces=(), allow_inf_nan=False
    )

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, value: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(value)
        except ValidationError as error:
            raise _explained(cls, error, value) from None

    @property
    def said(self) -> dict[str, Any]:
        """The arguments that were given, by name, in the order of their declaration."""
        said = self.__pydantic_fields_set__
        return {name: value for name, value in self.__dict__.items() if name in said}

    def effective(self, field: str) -> Any:
        """An argument's value; where it was left out, its default as the thing that it names."""
        value = getattr(self, field)
        if field in self.model_fields_set or not isinstance(value, str):
            return value
        from .thing import make_default

        return make_default(cast("Any", type(self)), field, value)


def carried(error: ValidationError, way: tuple[str | int, ...] = ()) -> list[InitErrorDetails]:
    """The mistakes of an error, ready to be raised again from further up."""
    details: list[InitErrorDetails] = []
    for item in error.errors(include_url=False):
        context: dict[str, Any] = {"message": item["msg"], **item.get("ctx", {})}
        kind = PydanticCustomError(cast("Any", item["type"]), "{message}", context)
        details.append(InitErrorDetails(type=kind, loc=(*way, *item["loc"]), input=item["input"]))
    return details


def _explained(cls: type[BaseModel], error: ValidationError, value: object) -> ValidationError:
    """The error with unknown keys explained, and without missing keys that were only misspelt."""
    from .old_words import rejoined, sample  # only a spec with a mistake pays for it

    said = rejoined({str(key): item for key, item in value.items()}) if isinstance(value, dict) else None
    details = carried(error) if said is None else _whole(carried(error), said)
    known = _known(cls)
    missing = [str(detail["loc"][0]) for detail in details if _kind(detail) == "missing" and len(detail["loc"]) == 1]
    unknown = [detail for detail in details if _kind(detail) == "extra_forbidden" and len(detail["loc"]) == 1]
    is_thing = getattr(cls, "family", "model") != "model"
    meant = set[str]()
    for detail in details:
        _advise_leaving_out(cls, detail)
    for detail in unknown:
        advice, found, above = _meant(cls, str(detail["loc"][0]), said or {})
        if advice is None and is_thing and len(unknown) == len(missing) == 1:
            found = (missing[0],)
            advice = f"did you mean `{found[0]}`, which it needs?"
        meant.update(found)
        noun, owner = ("argument", cast("Any", cls).spelling()) if is_thing else ("key", cls.__name__)
        context = {"message": "unknown key", "known": known, "help": advice, "owner": owner, "noun": noun}
        detail["type"] = PydanticCustomError("unknown_key", "{message}", {**context, "above": above})
    kept = [detail for detail in details if _kind(detail) != "missing" or detail["loc"][0] not in meant]
    for detail in kept:
        if _kind(detail) == "missing" and len(detail["loc"]) == 1 and hasattr(cls, "family"):
            shown = {"message": "missing", "sample": sample(cast("Any", cls), str(detail["loc"][0]))}
            detail["type"] = PydanticCustomError("missing", "{message}", shown)
    return ValidationError.from_exception_data(error.title, kept)


def _whole(details: list[InitErrorDetails], said: dict[str, Any]) -> list[InitErrorDetails]:
    """The mistakes, without those of keys that are only the rest of a torn tuple, which is told as a whole."""
    whole = []
    for detail in details:
        key, *further = detail["loc"]
        if _kind(detail) == "extra_forbidden" and not further and str(key) not in said:
            continue
        if not further and isinstance(detail["input"], str) and detail["input"].startswith("("):
            detail["input"] = said.get(str(key), detail["input"])
        whole.append(detail)
    return whole


def _advise_leaving_out(cls: type[BaseModel], detail: InitErrorDetails) -> None:
    """Say what a `null` does by being left out, where an argument takes none and has a default."""
    field = cls.model_fields.get(str(detail["loc"][0])) if len(detail["loc"]) == 1 else None
    error = cast("PydanticCustomError", detail["type"])
    context = dict(error.context or {})
    if detail["input"] is not None or field is None or field.is_required() or context.get("help"):
        return
    from .wording import show_value

    context["help"] = f"leave it out for its default, `{show_value(field.default)}`"
    detail["type"] = PydanticCustomError(cast("Any", error.type), "{message}", context)


def _meant(
    cls: type[BaseModel], word: str, said: dict[str, Any]
) -> tuple[str | None, tuple[str, ...], dict[str, Any] | None]:
    """Advice for an unknown key, the keys that it stands for, and the input that it says of the model."""
    from .old_words import INPUT, argument_advice  # only a spec with a mistake pays for it

    omits: dict[str, str] = getattr(cls, "omits", {})
    if word in omits:
        return f"`{word}` is left out of specs: {omits[word]}", (), None
    if old := argument_advice(cls, word, said):
        above = old.line["input"] if old.place == INPUT else None
        return old.help, () if old.place else tuple(old.line), above
    found = nearest(word, _known(cls))
    return (f"did you mean `{found}`?", (found,), None) if found else (None, (), None)


def _known(cls: type[BaseModel]) -> list[str]:
    """The keys that a class takes, and those in `read_before`, which are gone when it is made."""
    return [*(field.alias or name for name, field in cls.model_fields.items()), *getattr(cls, "read_before", ())]


def _kind(detail: InitErrorDetails) -> str:
    return cast("PydanticCustomError", detail["type"]).type
