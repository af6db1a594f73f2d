"""Packages of Python, in the app's virtual environment where there is one."""

from __future__ import annotations

import glob
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from nua.lib import paths
from nua.lib.actions.apt import INSTALL_SECONDS, Names, names_in
from nua.lib.panic import Abort
from nua.lib.process import run


def pip_install(packages: Names, update: bool = False, user: str = "") -> bool:
    """Install packages with pip, as another user if one is named; tell whether there were any."""
    names = names_in(packages)
    if names:
        pip(["install", *(["--upgrade"] if update else []), *names], user=user)
    return bool(names)


def install_pip_packages(packages: Names | None = None) -> bool:
    """Install packages, where ``wheels/*.whl`` stands for the files that match; tell whether there were any.

    A pattern that nothing matches aborts the program.
    """
    return pip_install([name for text in names_in(packages or ()) for name in _expand(text)])


def pip_install_glob(pattern: str) -> bool:
    """Install the files that match a pattern; tell whether there were any."""
    return pip_install(sorted(glob.glob(pattern, recursive=True)))


def pip_list() -> None:
    """Print what is installed."""
    pip(["list"])


def build_python(path: str | Path = "", user: str = "") -> None:
    """Install a source tree: its ``requirements.txt``, and the project itself where it can be installed."""
    source = Path(path or ".")
    what = []
    if (source / "requirements.txt").is_file():
        what += ["-r", "requirements.txt"]
    if any((source / name).is_file() for name in ("pyproject.toml", "setup.py")):
        what += ["."]
    if not what:
        raise Abort(f"'{source}' has no requirements.txt, pyproject.toml or setup.py: there is nothing to install.")
    pip(["install", "-v", *what], user=user, cwd=source)


def python_package_installed(name: str) -> bool:
    """Tell whether a module can be imported."""
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def check_python_version() -> bool:
    """Tell whether this is Python 3.10 or newer."""
    return sys.version_info >= (3, 10)


def pip(arguments: Iterable[str], user: str = "", cwd: str | Path | None = None) -> None:
    """Run pip where it installs for the app."""
    environment = Path(os.environ.get("VIRTUAL_ENV") or paths.VENV)
    own = environment / "bin" / "pip"
    if own.exists():
        program, settings = str(own), {}
    elif shutil.which("pip"):
        # Images carry no pip in the app's environment; one from outside is told where to install.
        python = environment / "bin" / "python3"
        program, settings = "pip", {"PIP_PYTHON": str(python)} if python.exists() else {}
    else:
        raise Abort(
            f"There is no pip, and no virtual environment in {environment}.",
            explanation='Set [build] builder = "python", or add "python" to [build] builders, or install python3-pip.',
        )
    run([program, *arguments], user=user, cwd=cwd, env=settings, timeout=INSTALL_SECONDS)


def _expand(text: str) -> list[str]:
    if "*" not in text:
        return [text]
    found = sorted(glob.glob(text, recursive=True))
    if not found:
        raise Abort(f"No file matches '{text}' in {Path.cwd()}.")
    return found
