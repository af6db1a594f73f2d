"""Other versions of Python, and environments made with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nua.lib import paths
from nua.lib.actions.apt import (
    INSTALL_SECONDS,
    apt_final_clean,
    apt_remove_lists,
    apt_update,
    install_package_list,
)
from nua.lib.actions.pip import pip_install
from nua.lib.actions.temporary_packages import install_build_packages
from nua.lib.panic import Abort
from nua.lib.process import run

UBUNTU = Path("/etc/lsb-release")
"""A file that Ubuntu has and Debian has not."""

_VERSIONS = ("2.7", "3.7", "3.8", "3.9", "3.10", "3.11")
_UBUNTU_ARCHIVE = "ppa:deadsnakes/ppa"


def install_python(version: str = "3.10", venv: str | Path = "", keep_lists: bool = False) -> Path:
    """Install a Python and make a virtual environment with it; return the environment, such as ``/nua/p310``.

    What the distribution lacks comes from the deadsnakes archive, which is made for Ubuntu; elsewhere the program is
    aborted.
    """
    if version not in _VERSIONS:
        raise Abort(f"There is no Python '{version}' to install: write one of {', '.join(_VERSIONS)}.")
    apt_update()
    if not _available(f"python{version}"):
        _add_archive(version)
    environment = Path(venv or paths.HOME / f"p{version.replace('.', '')}")
    _make(version, environment)
    apt_final_clean()
    if not keep_lists:
        apt_remove_lists()
    return environment


@contextmanager
def python_venv(venv: str | Path) -> Iterator[Path]:
    """Let commands of a ``with`` block find the Python of a virtual environment first."""
    before = {name: os.environ.get(name) for name in ("VIRTUAL_ENV", "PATH", "PIP_PYTHON")}
    os.environ["VIRTUAL_ENV"] = str(venv)
    os.environ["PATH"] = os.pathsep.join([str(Path(venv, "bin")), before["PATH"] or os.defpath])
    os.environ.pop("PIP_PYTHON", None)
    try:
        yield Path(venv)
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def poetry_install(nodev: bool = True) -> None:
    """Install the poetry project in the current folder, without its development dependencies unless they are wanted."""
    if not shutil.which("poetry"):
        pip_install(["poetry"])
    run(["poetry", "install", "--no-interaction", *(["--only", "main"] if nodev else [])], timeout=INSTALL_SECONDS)


def _make(version: str, environment: Path) -> None:
    if version == "2.7":
        install_package_list(["python2.7", "python2.7-dev", "virtualenv"], clean=False, keep_lists=True)
        run(["virtualenv", "--python", "python2.7", str(environment)], timeout=INSTALL_SECONDS)
        return
    names = [f"python{version}", f"python{version}-dev", f"python{version}-venv"]
    install_package_list(names, clean=False, keep_lists=True)
    run([f"python{version}", "-m", "venv", str(environment)], timeout=INSTALL_SECONDS)


def _available(package: str) -> bool:
    question = ["apt-cache", "show", "--quiet", package]
    return subprocess.run(question, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _add_archive(version: str) -> None:
    if not UBUNTU.exists():
        raise Abort(f"This distribution has no Python {version}.", explanation="Use its own, or an image with Ubuntu.")
    with install_build_packages(["software-properties-common"], keep_lists=True):
        run(["add-apt-repository", "--yes", _UBUNTU_ARCHIVE], timeout=INSTALL_SECONDS)
