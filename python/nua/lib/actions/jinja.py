"""Fill templates in the language of Jinja2."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nua.lib.panic import Abort


def jinja2_render_file(template: str | Path, dest: str | Path, data: Mapping[str, Any]) -> None:
    """Fill a template file and write the result; a line end at the template's end is kept."""
    source = Path(template)
    _write(source.read_text(encoding="utf-8"), Path(dest), data, str(source.parent))


def jinja2_render_from_str_template(text: str, dest: str | Path, data: Mapping[str, Any]) -> None:
    """Fill a text and write the result; a line end at the text's end is kept."""
    _write(text, Path(dest), data, ".")


def _write(text: str, dest: Path, data: Mapping[str, Any], folder: str) -> None:
    try:
        from jinja2 import Environment, FileSystemLoader
    except ImportError as error:
        raise Abort(
            "Templates need Jinja2, which is not installed.",
            explanation="Add python3-jinja2 to [run] packages.",
        ) from error
    environment = Environment(loader=FileSystemLoader(folder), keep_trailing_newline=True)
    dest.parent.mkdir(parents=True, exist_ok=True)
    dest.write_text(environment.from_string(text).render(dict(data)), encoding="utf-8")
