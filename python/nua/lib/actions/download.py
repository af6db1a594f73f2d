"""Fetch a file and trust it only if it is the right one."""

from __future__ import annotations

import hashlib
import http.client
import shutil
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from nua.lib.actions.archives import unpack
from nua.lib.panic import Abort, show
from nua.lib.process import without_credentials

_STALLED_SECONDS = 60
_BLOCK = 1 << 20


def download_url(url: str, target: str | Path) -> None:
    """Fetch a file over HTTP; the target appears only when it is whole."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Abort(f"'{without_credentials(url)}' cannot be fetched: write an address with http:// or https://.")
    show("Fetching", without_credentials(url))
    part = Path(f"{target}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "nua"})
        with urllib.request.urlopen(request, timeout=_STALLED_SECONDS) as answer, part.open("wb") as file:
            shutil.copyfileobj(answer, file)
        _whole(part, answer.headers.get("Content-Length"))
        part.replace(target)
    except (http.client.HTTPException, OSError) as error:
        raise Abort(f"{without_credentials(url)} cannot be fetched: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


def download_extract(url: str, dest: str | Path, dest_name: str, checksum: str = "") -> Path:
    """Fetch an archive, verify its SHA-256 if one is given, and unpack it; return the folder ``dest/dest_name``.

    The archive's only top folder becomes that folder.
    """
    target = Path(dest, dest_name)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, Path(urlsplit(url).path).name or "archive")
        download_url(url, archive)
        verify_checksum(archive, checksum)
        unpack(archive, target)
    return target


def verify_checksum(file: str | Path, checksum: str = "") -> None:
    """Abort the program when a file has another SHA-256; without a checksum nothing is asked."""
    wanted = checksum.strip().lower().removeprefix("sha256:")
    if not wanted:
        return
    found = hashlib.sha256()
    with Path(file).open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    if found.hexdigest() != wanted:
        raise Abort(f"'{Path(file).name}' is another file: its SHA-256 is {found.hexdigest()}, not {wanted}.")


def _whole(part: Path, length: str | None) -> None:
    if length is not None and part.stat().st_size != int(length):
        raise OSError(f"the connection ended after {part.stat().st_size} of {length} bytes")
