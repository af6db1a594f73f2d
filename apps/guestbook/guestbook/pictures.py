"""The pictures: what is accepted, and where it is kept."""

import os
import re
import secrets
import tempfile
from pathlib import Path

LARGEST = 4 * 1024 * 1024

# What a file is called, and what the browser says it is, can be anything. Its first bytes decide.
# SVG is missing on purpose: it is a document that can hold scripts.
_SIGNATURES = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
_NAME = re.compile(r"[0-9a-f]{32}\.(png|jpg|gif|webp)")


def kind_of(content: bytes) -> str | None:
    """`png`, `jpg`, `gif`, `webp`, or None for anything else."""
    return next((kind for kind, signature in _SIGNATURES.items() if signature.match(content)), None)


def media_type_of(name: str) -> str | None:
    """The media type of a name we gave, None for a name we did not give: `../secret` never gets near the disk."""
    match = _NAME.fullmatch(name)
    return _MEDIA_TYPES[match[1]] if match else None


class Pictures:
    def __init__(self, folder: Path):
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Stores a picture under a name of our own, and returns it: a name from outside never reaches the disk."""
        name = f"{secrets.token_hex(16)}.{kind_of(content)}"
        try:
            with open(self.folder / name, "xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            self.remove(name)
            raise
        return name

    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def check_writable(self) -> None:
        """Raises OSError when the folder is missing, read-only, someone else's, or the disk is full."""
        with tempfile.TemporaryFile(dir=self.folder) as probe:
            probe.write(b"?")
