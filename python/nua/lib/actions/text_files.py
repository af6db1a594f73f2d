"""Look into text files, and change them."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path


def replace_in(pattern: str | Path, text: str, replacement: str) -> None:
    """Replace a text, literally, in all files that match; ``**`` stands for any folders."""
    for file in _files(pattern):
        content = file.read_bytes()
        changed = content.replace(text.encode(), replacement.encode())
        if changed != content:
            file.write_bytes(changed)


def string_in(pattern: str | Path, text: str) -> list[Path]:
    """Return the files that match and contain the text; ``**`` stands for any folders."""
    return [file for file in _files(pattern) if text.encode() in file.read_bytes()]


def environ_replace_in(path: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Replace ``$NAME`` and ``${NAME}`` in a file by the environment's values, overlaid by ``env``.

    What is no variable stays as it is.
    """
    values = {**os.environ, **(env or {})}

    def value(match: re.Match[str]) -> str:
        return values.get(match["braced"] or match["plain"], match[0])

    file = Path(path)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))", value, text), encoding="utf-8")


def append_bashrc(home: str | Path, text: str) -> None:
    """Add lines to the ``.bashrc`` in a home, unless they are there."""
    file = Path(home, ".bashrc")
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = text.strip("\n") + "\n"
    if lines not in before:
        gap = "" if before.endswith("\n") or not before else "\n"
        file.write_text(before + gap + lines, encoding="utf-8")


def set_php_ini_keys(replacements: Mapping[str, object] | Iterable[tuple[str, object]], path: str | Path) -> None:
    """Set keys in a ``php.ini``: where a line has one, even behind a ``;``, else at the end."""
    file = Path(path)
    text = file.read_text(encoding="utf-8")
    pairs = replacements.items() if isinstance(replacements, Mapping) else replacements
    for key, value in pairs:
        line = f"{key} = {value}"
        known = re.compile(rf"^[ \t]*;?[ \t]*{re.escape(key)}[ \t]*=.*$", re.MULTILINE)
        text, count = known.subn(line.replace("\\", r"\\"), text, count=1)
        if not count:
            text = (text if text.endswith("\n") or not text else text + "\n") + line + "\n"
    file.write_text(text, encoding="utf-8")


def _files(pattern: str | Path) -> Iterator[Path]:
    return (file for name in sorted(glob.glob(str(pattern), recursive=True)) if (file := Path(name)).is_file())
