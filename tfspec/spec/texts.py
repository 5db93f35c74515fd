"""Texts with `${` in them: a spec writes `$${`, since `${…}` is computed."""

from __future__ import annotations

from typing import Any

from tfspec.source import Tree


def plain_data(tree: Tree) -> Any:
    """What an expanded tree says, as plain dicts, lists and scalars."""
    content = tree.content
    if isinstance(content, dict):
        return {key: plain_data(child) for key, child in content.items()}
    if isinstance(content, list):
        return [plain_data(child) for child in content]
    if isinstance(content, str) and "$${" in content:
        from tfspec.programs import unescaped  # few specs have such texts

        return unescaped(content)
    return content


def written_data(data: Any) -> Any:
    """Plain data with its texts as a spec writes them."""
    if isinstance(data, dict):
        return {key: written_data(item) for key, item in data.items()}
    if isinstance(data, list):
        return [written_data(item) for item in data]
    if isinstance(data, str) and "${" in data:
        from tfspec.programs import escaped  # few specs have such texts

        return escaped(data)
    return data
