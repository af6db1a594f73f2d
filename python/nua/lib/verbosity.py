"""How much is printed: from -1, almost nothing, to 4, everything."""

from __future__ import annotations

import os

QUIET = -1
MOST = 4


def _first_level() -> int:
    try:
        return _within(int(os.environ.get("NUA_VERBOSITY", "0")))
    except ValueError:
        return 0


def _within(level: int) -> int:
    return max(QUIET, min(MOST, level))


_level = _first_level()


def verbosity() -> int:
    """Return the level; at first it is that of the variable NUA_VERBOSITY, or 0."""
    return _level


def set_verbosity(level: int) -> None:
    """Print more or less from now on."""
    global _level
    _level = _within(level)
