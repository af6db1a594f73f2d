"""The source of an app, wherever it is."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

from nua.lib.actions.apt import INSTALL_SECONDS
from nua.lib.actions.download import download_extract
from nua.lib.actions.temporary_packages import install_build_packages
from nua.lib.panic import Abort
from nua.lib.process import run, without_credentials


def install_source(url: str, dest_dir: str | Path, name: str, checksum: str = "") -> Path:
    """Return a local folder as it is; fetch and unpack anything else to ``dest_dir/name``, and return that."""
    return Path(url) if is_local_dir(url) else download_extract(url, dest_dir, name, checksum)


def install_git_source(url: str, branch: str, dest_dir: str | Path) -> Path:
    """Clone a repository's branch or tag, without its history, to ``dest_dir/<its name>``; return that folder.

    Without a branch it is the repository's own default. Where git is missing, it is installed for the time.
    """
    name = Path(urlsplit(url).path.rstrip("/")).name.removesuffix(".git")
    if not name:
        raise Abort(f"'{without_credentials(url)}' does not end with the name of a repository.")
    target = Path(dest_dir, name)
    chosen = ["--branch", branch] if branch else []
    with _git():
        run(["git", "clone", "--depth", "1", *chosen, "--", url, str(target)], timeout=INSTALL_SECONDS)
    return target


def is_local_dir(path: str | Path) -> bool:
    """Tell whether that is a folder here, rather than an address."""
    return bool(path) and Path(path).is_dir()


def _git() -> AbstractContextManager[None]:
    return nullcontext() if shutil.which("git") else install_build_packages(["git", "ca-certificates"])
