"""Plain data as YAML that people like to read."""

from __future__ import annotations

import sys
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Short lists and mappings on one line, everything else in blocks; no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def to_yaml(data: Any) -> str:
    """The data as a YAML text that reads back to the same data."""
    text: str = yaml.dump(_flowed(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


class _Flow(dict[str, Any]):
    """A mapping that is written on one line."""


class _FlowList(list[Any]):
    """A list that is written on one line."""


_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
_Dumper.add_representer(
    _FlowList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def _represent_text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    """A text in the style in which YAML 1.2 and 1.1 readers both take it for a text."""
    plain = (
        data[:1].isalpha()
        and data.lower() not in _OTHER_SCALARS
        and not any(mark in data for mark in ("\n", ": ", "${"))
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=None if plain else '"')


_OTHER_SCALARS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
_Dumper.add_representer(str, _represent_text)


def _represent_float(dumper: yaml.SafeDumper, data: float) -> yaml.Node:
    """A number that YAML 1.2 and 1.1 readers both take for a float: `1.0e-05`, not `1e-05`."""
    text = {float("inf"): ".inf", float("-inf"): "-.inf"}.get(data) or (".nan" if data != data else repr(data))  # noqa: PLR0124 - NaN
    mantissa, mark, exponent = text.partition("e")
    if mark and "." not in mantissa:
        text = f"{mantissa}.0e{exponent}"
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_Dumper.add_representer(float, _represent_float)


def _flowed(value: Any, depth: int = 0) -> Any:
    """The data with its small, flat parts marked to be written on one line."""
    if isinstance(value, dict):
        if depth >= 2 and _is_small(value.values()):  # noqa: PLR2004 - sections stay in blocks
            return _Flow({key: _one_line(item) for key, item in value.items()})
        return {key: _flowed(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        if all(not isinstance(item, (dict, list)) for item in value):
            return _FlowList(value)
        return [_flowed(item, depth + 1) for item in value]
    return value


def _one_line(value: Any) -> Any:
    if isinstance(value, dict):
        return _Flow({key: _one_line(item) for key, item in value.items()})
    return _FlowList(map(_one_line, value)) if isinstance(value, list) else value


def _is_small(values: Any) -> bool:
    """Whether values are so short and flat that they fit on a line with their keys."""
    return len(str(list(values))) <= 90 and all(  # noqa: PLR2004 - characters of a line
        not isinstance(item, dict) or all(not isinstance(inner, (dict, list)) for inner in item.values())
        for item in values
    )


def to_line(data: Any) -> str:
    """The data as YAML on one line."""
    text: str = yaml.dump(
        _one_line(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=sys.maxsize, default_flow_style=True
    )
    return text.removesuffix("\n").removesuffix("\n...")
