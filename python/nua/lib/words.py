"""Words of a command line as the arguments of a function, by what its parameters are annotated with."""

from __future__ import annotations

import inspect
import shlex
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_KINDS = {
    "bool": "flag",
    "float | None": "number",
    "int": "number",
    "Seconds": "number",
    "str": "text",
    "str | Path": "text",
    "Folder": "text",
    "Command": "command",
    "Names": "list",
    "Names | None": "list",
    "Variables": "pairs",
    "Mapping[str, Any]": "pairs",
    "Mapping[str, Any] | None": "pairs",
    "Mapping[str, str] | None": "pairs",
    "Mapping[str, object] | Iterable[tuple[str, object]]": "pairs",
}


def arguments(function: Callable[..., Any], words: Sequence[str]) -> dict[str, Any]:
    """Return what to call the function with; words that do not fit are a :class:`ValueError`.

    Words without dashes fill the parameters in order. The last of a list, or a command to run, take all that is left; what
    follows a command's first word belongs to the command.
    """
    kinds = {name: kind_of(parameter) for name, parameter in inspect.signature(function).parameters.items()}
    values, free = _read(kinds, deque(words))
    for name, kind in kinds.items():
        if free and name not in values and kind not in ("flag", "pairs"):
            taken = len(free) if kind in ("list", "command") else 1
            values[name] = _value(kind, name, free[:taken])
            free = free[taken:]
    if free:
        raise ValueError(f"'{free[0]}' is one word too many")
    return values | _required(function, kinds, values)


def kind_of(parameter: inspect.Parameter) -> str:
    """Return what a parameter takes: flag, number, text, command, list or pairs."""
    return _KINDS[str(parameter.annotation)]


def _read(kinds: Mapping[str, str], words: deque[str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    free: list[str] = []
    while words:
        word = words.popleft()
        if word == "--":
            return values, [*free, *words]
        if word.startswith("--"):
            _take(kinds, word, words, values)
        elif "command" in kinds.values():
            return values, [word, *words]
        else:
            free.append(word)
    return values, free


def _take(kinds: Mapping[str, str], word: str, words: deque[str], values: dict[str, Any]) -> None:
    option, equals, text = word.partition("=")
    name = option[2:].replace("-", "_")
    kind = kinds.get(name)
    if kind is None:
        raise ValueError(f"there is no option '{option}'")
    if not equals:
        if kind != "flag" and not words:
            raise ValueError(f"'{option}' wants a value")
        text = "yes" if kind == "flag" else words.popleft()
    value = _value(kind, name, [text])
    values[name] = {**values.get(name, {}), **value} if kind == "pairs" else value


def _value(kind: str, name: str, words: list[str]) -> Any:
    if kind == "list":
        return words
    if kind == "command":
        return words[0] if len(words) == 1 else shlex.join(words)
    word = words[0]
    if kind == "flag":
        return word not in ("no", "false", "0")
    if kind == "pairs":
        left, equals, right = word.partition("=")
        if not equals:
            raise ValueError(f"'{word}' is no NAME=VALUE for '{name}'")
        return {left: right}
    if kind == "number":
        if not word.isdecimal():
            raise ValueError(f"'{word}' is no number for '{name}'")
        return int(word)
    return word


def _required(function: Callable[..., Any], kinds: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters
    missing = [name for name, known in parameters.items() if known.default is known.empty and name not in values]
    nothing = [name for name in missing if kinds[name] != "pairs"]
    if nothing:
        raise ValueError(f"'{nothing[0].replace('_', '-')}' is missing")
    return {name: {} for name in missing}
