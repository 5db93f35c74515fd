"""What a call is given: the parameters that `from` binds to values."""

from __future__ import annotations

import inspect
from functools import cache
from typing import NamedTuple

from tfspec.catalogue.layers.layer import Layer, call_signature

from .graph import Submodel


class Port(NamedTuple):
    """A parameter of a call that is bound to a value."""

    name: str
    is_needed: bool = True
    is_any_number: bool = False
    """Whether it stands for all values that are left, as those that a merging layer takes."""
    takes_several: bool = False
    """Whether it is bound to several values at once, as the states of an RNN are."""

    @property
    def is_open(self) -> bool:
        """Whether more than one value goes in."""
        return self.is_any_number or self.takes_several


def ports_of(callee: Layer | Submodel) -> list[Port]:
    """What a layer, or a model among layers, takes."""
    if isinstance(callee, Submodel):
        return [Port(given.name) for given in callee.graph.inputs]
    return _ports(type(callee))


@cache
def _ports(cls: type[Layer]) -> list[Port]:
    parameters = call_signature(cls).parameters.values()
    return [_port(parameter) for parameter in parameters if parameter.kind is not parameter.KEYWORD_ONLY]


def _port(parameter: inspect.Parameter) -> Port:
    any_number = parameter.kind is parameter.VAR_POSITIONAL
    annotation = str(parameter.annotation)
    several = not any_number and ("States" in annotation or "tuple[TensorType" in annotation)
    return Port(parameter.name, parameter.default is parameter.empty, any_number, several)


def keywords_of(callee: Layer | Submodel) -> dict[str, object]:
    """The other arguments of a call, which stand under `call`, with their defaults."""
    return {} if isinstance(callee, Submodel) else _keywords(type(callee))


@cache
def _keywords(cls: type[Layer]) -> dict[str, object]:
    parameters = call_signature(cls).parameters.values()
    return {parameter.name: parameter.default for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
