"""What every declaration is: a frozen data sheet, checked when it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import Field, PrivateAttr
from pydantic_core import CoreSchema, core_schema

from .refused import Refused
from .resolution import Deferred
from .strict import Strict

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class Declaration(Strict, metaclass=Deferred):
    """A thing that a spec can name, with the arguments it takes.

    A class that names a `family` is the root of one: a field annotated with it takes any thing
    of that family, written as its name or as a one-key mapping from its name to its arguments
    (`catalogue.thing`). A class below is abstract, where it only lends fields, or final.
    """

    family: ClassVar[str]
    """What a thing of this family is called in messages: `layer`, `loss`."""

    keras: ClassVar[str] = ""
    """The module of Keras that holds the family: `layers`; empty where Keras has no such thing."""

    word: ClassVar[str] = ""
    """The name in a spec, where it is not the name of the class."""

    identifiers: ClassVar[tuple[str, ...]] = ()
    """Lower-case words that Keras accepts for the thing with its default arguments."""

    aliases: ClassVar[tuple[str, ...]] = ()
    """Other class names that Keras has for the same thing."""

    omits: ClassVar[dict[str, str]] = {}
    """Arguments of the Keras call that cannot be said in a spec, with the reason."""

    example: ClassVar[dict[str, object]] = {}
    """Arguments that make a good example, where values made up for those that are needed would not."""

    refuses: ClassVar[dict[str, Refused]] = {}
    """Of a family: the names that Keras has in it and a spec cannot say."""

    _written: str = PrivateAttr(default="")

    @classmethod
    def spelling(cls) -> str:
        """The name that a spec uses."""
        return cls.word or cls.__name__

    @classmethod
    def is_root(cls) -> bool:
        """Whether the class stands for its whole family."""
        return "family" in cls.__dict__

    @classmethod
    def hint(cls, name: str) -> str | None:
        """Advice for a name that the family does not have, where it means something else to people."""
        del name
        return None

    @property
    def written(self) -> str:
        """The word by which the spec called it: `mse` for `MeanSquaredError`."""
        return self._written or self.spelling()

    def called(self, word: str) -> Self:
        """Itself, remembering the word that the spec used."""
        self._written = word
        return self

    def nested(self) -> Iterator[Declaration]:
        """The things that were given to it as arguments."""
        for value in self.said.values():
            for item in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(item, Declaration):
                    yield item

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if not cls.is_root():
            return handler(source)
        from .thing import make_thing, thing_to_data

        return core_schema.no_info_plain_validator_function(
            lambda value: make_thing(cls, value),
            metadata={"family": cls},
            serialization=core_schema.plain_serializer_function_ser_schema(thing_to_data),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if cls.is_root():
            return {"x-family": cls.family}  # `spec.schema` puts the family's definition in its place
        from .documentation import describe_schema

        return describe_schema(cls, handler.resolve_ref_schema(handler(schema)))


def default(word: str) -> Any:
    """The default of a field that takes a thing: named, and made only when somebody asks for it."""
    return Field(default=word)


@cache
def snake_case(name: str) -> str:
    """A class name as Keras spells it in the names of layers and metrics: `Conv2D` is `conv2d`.

    Source: `keras.src.utils.naming.to_snake_case`.
    """
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
