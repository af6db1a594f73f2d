"""The actions as commands, for scripts that are not Python: ``nua-agent do NAME WORD…``.

The words fill a function's parameters in order; ``--keep-lists``, ``--checksum TEXT`` or ``--env NAME=VALUE`` name one.
What a function returns is printed, a line each; that something is not so is exit code 1.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any

from nua.agent.templates import render_config_templates
from nua.lib import actions, exec
from nua.lib.actions import install_build_packages
from nua.lib.dates import backup_date
from nua.lib.gen_password import gen_password, gen_randint
from nua.lib.panic import Abort
from nua.lib.process import run
from nua.lib.words import arguments

__all__ = ["commands", "main"]

_PROGRAM = "nua-agent do"
_MISUSED = 2

_NEED_PYTHON = ("install_build_packages", "python_venv", "tmp_install_package_list", "to_kebab_cases", "to_snake_cases")
"""A ``with`` block and a table are nothing a shell could hand over."""

_EXEC = ("exec_as_nua", "exec_as_root", "mp_exec_as_postgres", "mp_exec_as_user")


def commands() -> dict[str, Callable[..., Any]]:
    """Return what can be called, by name."""
    found = {name: getattr(actions, name) for name in actions.__all__ if name not in _NEED_PYTHON}
    found.update({name: getattr(exec, name) for name in _EXEC})
    others = (backup_date, gen_password, gen_randint, render_config_templates, with_packages)
    found.update({function.__name__: function for function in others})
    return {name.replace("_", "-"): found[name] for name in sorted(found)}


def with_packages(packages: Sequence[str], cmd: Sequence[str]) -> None:
    """Install packages for as long as a program runs: ``with-packages gcc make -- make install``."""
    with install_build_packages(packages):
        run(cmd)


def main(words: Sequence[str]) -> int:
    """Run the command that the words ask for; return its exit code."""
    if not words or words[0] == "--help":
        print(_usage())
        return 0
    name = words[0].replace("_", "-")
    function = commands().get(name)
    if function is None:
        raise Abort(f"There is no action '{words[0]}'.", _MISUSED, f"'{_PROGRAM} --help' lists them.")
    return _answer(_call(name, function, words[1:]))


def _call(name: str, function: Callable[..., Any], words: Sequence[str]) -> object:
    try:
        values = _around_dashes(words) if function is with_packages else arguments(function, words)
    except ValueError as error:
        raise Abort(f"{name}: {error}.", _MISUSED, f"{_PROGRAM} {_signature(name, function)}") from error
    try:
        return function(**values)
    except (OSError, ValueError) as error:
        raise Abort(f"{name}: {error}") from error


def _around_dashes(words: Sequence[str]) -> dict[str, Any]:
    if "--" not in words[:-1]:
        raise ValueError("write the packages, then --, then the program and its arguments")
    dashes = words.index("--")
    return {"packages": words[:dashes], "cmd": words[dashes + 1 :]}


def _answer(result: object) -> int:
    if isinstance(result, bool):
        return 0 if result else 1
    if isinstance(result, Collection) and not isinstance(result, str):
        for line in sorted(map(str, result)):
            print(line)
    elif result is not None:
        print(result)
    return 0


def _usage() -> str:
    lines = [f"  {_signature(name, function)}\n      {_summary(function)}" for name, function in commands().items()]
    return "\n".join([f"{_PROGRAM} NAME WORD...", *lines])


def _signature(name: str, function: Callable[..., Any]) -> str:
    return " ".join([name, *map(_shown, inspect.signature(function).parameters.values())])


def _shown(parameter: inspect.Parameter) -> str:
    return parameter.name.upper() if parameter.default is parameter.empty else f"[--{parameter.name.replace('_', '-')}]"


def _summary(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("``", "'")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
