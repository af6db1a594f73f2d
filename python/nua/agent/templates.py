"""Fill the templates of an image when its container starts."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nua.lib import paths
from nua.lib.actions.jinja import jinja2_render_file

__all__ = ["render_at_start", "render_config_templates"]

_SUFFIX = ".j2"
_MODE = 0o644


def render_config_templates(
    data: Mapping[str, Any] | None = None, templates: str | Path = paths.TEMPLATES, root: str | Path = "/"
) -> None:
    """Write every file under ``/nua/templates`` to the same path from ``/``.

    One that ends with ``.j2`` is filled first, with ``data`` overlaid by the environment, and loses the ending. Hidden
    files are left out. Files get the mode 0644; folders are made.
    """
    values = {**(data or {}), **os.environ}
    for source in _visible_files(Path(templates)):
        target = Path(root) / source.relative_to(templates)
        if source.suffix == _SUFFIX:
            target = target.with_suffix("")
            jinja2_render_file(source, target, values)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        target.chmod(_MODE)


def render_at_start() -> None:
    """Fill the templates with what the build kept for them; the agent calls it before the app."""
    render_config_templates(json.loads(paths.TEMPLATE_DATA.read_text(encoding="utf-8")))


def _visible_files(top: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


if __name__ == "__main__":
    render_at_start()
