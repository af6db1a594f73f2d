"""Colours for people at a terminal, and for nobody else."""

from __future__ import annotations

import os
from typing import TextIO

from nua.lib import paths

BOLD = "1"
RED = "31"
GREEN = "32"
YELLOW = "33"
BLUE = "34"
CYAN = "36"


def coloured(text: str, colour: str, stream: TextIO) -> str:
    """Return the text in a colour, or as it is where colours would be noise."""
    return f"\033[{colour}m{text}\033[0m" if _wanted(stream) else text


def _wanted(stream: TextIO) -> bool:
    return not os.environ.get("NO_COLOR") and not paths.METADATA.exists() and stream.isatty()
