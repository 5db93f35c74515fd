"""How the classes of the catalogue are made: cheaply, and those of the families only when one is asked for.

A pydantic class costs a third of a millisecond, and the catalogue has hundreds. So a class statement
of a family leaves a stand-in, which makes the class when somebody derives from it, calls it, or asks
it for anything; `registry.find` gives the class itself. What a spec does not use is never made.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

OWN = f"{__package__}."
"""The modules whose classes wait; those of plugins and tests are made at once."""


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)  # which has no name outside of pydantic


class Resolved(ModelMetaclass):
    """Turns the annotations of a class into types, all at once.

    Pydantic would compile every annotation that is a text by itself, for the class and again for each
    class below it. What cannot be resolved here is left to pydantic.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> Any:
        """The class, with its annotations resolved."""
        annotations: dict[str, Any] = namespace.get("__annotations__", {})
        module = sys.modules.get(namespace.get("__module__", ""))
        if annotations and module and all(isinstance(text, str) for text in annotations.values()):
            with suppress(NameError):  # a name that is defined further down
                types = eval(f"({','.join(annotations.values())},)", vars(module), dict(namespace))  # noqa: S307 - our own source
                namespace["__annotations__"] = dict(zip(annotations, types, strict=True))
        return super().__new__(mcs, name, bases, namespace, **kwargs)


class Deferred(Resolved):
    """Leaves a stand-in for each class of a family; the root of a family is made at once."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> Any:
        """The class, or what stands for it."""
        below_a_root = any("family" in vars(parent) for base in bases for parent in base.__mro__)
        if "family" in namespace or not below_a_root or not _is_own(namespace):
            return super().__new__(mcs, name, bases, namespace, **kwargs)
        namespace.pop("__orig_bases__", None)  # the stand-ins that the statement named
        return StandIn(lambda: super(Deferred, mcs).__new__(mcs, name, bases, namespace, **kwargs), name, namespace)


class StandIn:
    """Stands for a class that is not made yet, and makes it as soon as it matters."""

    def __init__(self, make: Any, name: str, namespace: dict[str, Any]) -> None:
        self._make = make
        self._name = name
        self._module = namespace["__module__"]
        self._made: Any = None

    def made(self) -> Any:
        """The class; from now on it stands in its module itself."""
        if self._made is None:
            self._made = self._make()
            module = vars(sys.modules[self._module])
            if module.get(self._name) is self:
                module[self._name] = self._made
        return self._made

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[Any, ...]:
        return (self.made(),)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.made()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made(), name)

    def __instancecheck__(self, thing: object) -> bool:
        return self._made is not None and isinstance(thing, self._made)  # of a class not made there is nothing

    def __subclasscheck__(self, cls: type) -> bool:
        return issubclass(cls, self.made())

    def __or__(self, other: Any) -> Any:
        return self.made() | other

    def __ror__(self, other: Any) -> Any:
        return other | self.made()

    def __eq__(self, other: object) -> bool:
        return self is other or self.made() is other

    def __hash__(self) -> int:
        return hash(self.made())


def made(cls: Any) -> Any:
    """The class itself, whether it was made before or not."""
    return cls.made() if isinstance(cls, StandIn) else cls


def _is_own(namespace: dict[str, Any]) -> bool:
    return str(namespace.get("__module__", "")).startswith(OWN)
