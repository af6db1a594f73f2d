"""Where things are in an image."""

from __future__ import annotations

from pathlib import Path

USER = "nua"
"""The user that the app runs as; its id is 1000."""

HOME = Path("/nua")
BUILD = HOME / "build"
VENV = HOME / "venv"
TEMPLATES = HOME / "templates"

METADATA = HOME / "metadata" / "nua-config.json"
"""Its presence tells that we are inside a container of Nua."""

TEMPLATE_DATA = HOME / "metadata" / "template.json"
"""What templates know beside the environment: the package's metadata and build, filled in."""
