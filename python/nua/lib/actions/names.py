"""The same name in the customs of several languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any


def snake_format(name: str) -> str:
    """Return ``some_long_name``."""
    return "_".join(_words(name))


def kebab_format(name: str) -> str:
    """Return ``some-long-name``."""
    return "-".join(_words(name))


def camel_format(name: str) -> str:
    """Return ``someLongName``."""
    first, *others = _words(name) or [""]
    return first + "".join(word.capitalize() for word in others)


def to_snake_cases(data: dict[str, Any], recurse: bool | int = False, unchanged: Collection[str] = ()) -> None:
    """Change the keys of a table to ``snake_case``, in place.

    ``recurse`` is how many levels of tables below are changed, too; ``True`` stands for all. A key among those
    ``unchanged`` stays, with all that is below it.
    """
    _convert(data, snake_format, _depth(recurse), unchanged)


def to_kebab_cases(data: dict[str, Any], recurse: bool | int = False, unchanged: Collection[str] = ()) -> None:
    """Change the keys of a table to ``kebab-case``, in place; otherwise as :func:`to_snake_cases`."""
    _convert(data, kebab_format, _depth(recurse), unchanged)


def _words(name: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name)
    return [word.lower() for word in re.split(r"[-_\s]+", apart) if word]


def _depth(recurse: bool | int) -> float:
    return float("inf") if recurse is True else recurse


def _convert(data: Any, change: Callable[[str], str], depth: float, unchanged: Collection[str]) -> None:
    if isinstance(data, list):
        for item in data:
            _convert(item, change, depth, unchanged)
    elif isinstance(data, dict):
        entries = list(data.items())
        data.clear()
        for key, value in entries:
            if key in unchanged:
                data[key] = value
                continue
            if depth > 0:
                _convert(value, change, depth - 1, unchanged)
            data[change(key)] = value
