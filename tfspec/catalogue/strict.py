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
    details = carried(error)
    known = [field.alias or name for name, field in cls.model_fields.items()]
    missing = [str(detail["loc"][0]) for detail in details if _kind(detail) == "missing" and len(detail["loc"]) == 1]
    unknown = [detail for detail in details if _kind(detail) == "extra_forbidden" and len(detail["loc"]) == 1]
    is_thing = getattr(cls, "family", "model") != "model"
    meant = set[str]()
    for detail in unknown:
        advice, found = _meant(cls, str(detail["loc"][0]), value)
        if advice is None and is_thing and len(unknown) == len(missing) == 1:
            found = (missing[0],)
            advice = f"did you mean `{found[0]}`, which it needs?"
        meant.update(found)
        noun, owner = ("argument", cast("Any", cls).spelling()) if is_thing else ("key", cls.__name__)
        context = {"message": "unknown key", "known": known, "help": advice, "owner": owner, "noun": noun}
        detail["type"] = PydanticCustomError("unknown_key", "{message}", context)
    kept = [detail for detail in details if _kind(detail) != "missing" or detail["loc"][0] not in meant]
    return ValidationError.from_exception_data(error.title, kept)


def _meant(cls: type[BaseModel], word: str, value: object) -> tuple[str | None, tuple[str, ...]]:
    """Advice for an unknown key, and the keys that it stands for."""
    from .old_words import argument_advice  # only a spec with a mistake pays for it

    omits: dict[str, str] = getattr(cls, "omits", {})
    if word in omits:
        return f"`{word}` is left out of specs: {omits[word]}", ()
    said = {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}
    if old := argument_advice(cls, word, said):
        return old.help, () if old.place else tuple(old.line)
    found = nearest(word, [field.alias or name for name, field in cls.model_fields.items()])
    return (f"did you mean `{found}`?", (found,)) if found else (None, ())


def _kind(detail: InitErrorDetails) -> str:
    return cast("PydanticCustomError", detail["type"]).type
