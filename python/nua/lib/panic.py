"""Say something, or give up."""

from __future__ import annotations

import sys

from nua.lib import colours
from nua.lib.colours import coloured
from nua.lib.verbosity import QUIET, verbosity

__all__ = [
    "Abort",
    "bold",
    "debug",
    "important",
    "info",
    "red_line",
    "show",
    "title",
    "vprint",
    "warning",
]

_VERBOSE = 1
_DEBUGGING = 3


class Abort(SystemExit):
    """End the program: ``raise Abort("There is no file to serve.")``.

    The message is printed when the exception is made, so whoever catches it need not print it again. Uncaught, the
    program ends with ``status``.
    """

    def __init__(self, message: str = "", status: int = 1, explanation: str = "") -> None:
        super().__init__(status)
        self.message = message
        self.status = status
        self.explanation = explanation
        _complain(f"Error: {message}", colours.RED, explanation)

    def __str__(self) -> str:
        return self.message


def warning(message: str, explanation: str = "") -> None:
    """Say on standard error that something is wrong, and go on."""
    _complain(f"Warning: {message}", colours.YELLOW, explanation)


def show(*args: object) -> None:
    """Print, unless the program is to be quiet."""
    _say(" ".join(map(str, args)))


def title(*args: object) -> None:
    """Print a heading in yellow, after an empty line."""
    if verbosity() > QUIET:
        print(flush=True)
    _say(" ".join(map(str, args)), colours.YELLOW)


def important(*args: object) -> None:
    """Print in blue: something begins."""
    _say(" ".join(map(str, args)), colours.BLUE)


def info(*args: object) -> None:
    """Print in green: something went well."""
    _say(" ".join(map(str, args)), colours.GREEN)


def bold(*args: object) -> None:
    """Print in bold."""
    _say(" ".join(map(str, args)), colours.BOLD)


def red_line(*args: object) -> None:
    """Print in red, without ending the program."""
    _say(" ".join(map(str, args)), colours.RED)


def vprint(*args: object) -> None:
    """Print from verbosity 1 on."""
    if verbosity() >= _VERBOSE:
        _say(" ".join(map(str, args)))


def debug(*args: object) -> None:
    """Print in cyan from verbosity 3 on."""
    if verbosity() >= _DEBUGGING:
        _say(" ".join(map(str, args)), colours.CYAN)


def _say(text: str, colour: str | None = None) -> None:
    # Flushed, so that it stands before what a program that is started next prints.
    if verbosity() > QUIET:
        print(coloured(text, colour, sys.stdout) if colour else text, flush=True)


def _complain(text: str, colour: str, explanation: str) -> None:
    print(coloured(text, colour, sys.stderr), file=sys.stderr, flush=True)
    if explanation:
        print(explanation, file=sys.stderr, flush=True)
