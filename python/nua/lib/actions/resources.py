"""Files that come with a Python package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def copy_from_package(package: str, filename: str, destdir: str | Path, destname: str = "") -> None:
    """Copy a file of an importable package to a folder, under another name if one is given."""
    target = Path(destdir, destname or filename)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(resources.files(package).joinpath(filename).read_bytes())
