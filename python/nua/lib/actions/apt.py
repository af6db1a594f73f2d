"""Packages of the distribution."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Union

from nua.lib.process import run
from nua.lib.shell import rm_rf

Names = Union[str, Iterable[str]]
"""A list, or a text with spaces between the names."""

LISTS = Path("/var/lib/apt/lists")
"""Where apt keeps what there is to install."""

INSTALL_SECONDS = 1800
_CLEAN_SECONDS = 300
_UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}


def install_package_list(packages: Names, clean: bool = True, keep_lists: bool = False) -> None:
    """Install packages without those they merely recommend, after an update if there was none yet.

    Then what nobody needs any more goes, unless ``clean`` is false, and apt's lists go, unless they are to be kept.
    """
    names = names_in(packages)
    if names:
        if not _updated():
            apt_update()
        _apt("install", "--yes", "--no-install-recommends", *names)
    if clean:
        apt_final_clean()
    if not keep_lists:
        apt_remove_lists()


apt_get_install = install_package_list


def install_packages(packages: Names, keep_lists: bool = False) -> None:
    """Install packages and clean up; do nothing at all when there are none."""
    if names := names_in(packages):
        install_package_list(names, keep_lists=keep_lists)


def purge_package_list(packages: Names) -> None:
    """Remove packages and their settings."""
    if names := names_in(packages):
        _apt("purge", "--yes", *names)


def installed_packages() -> set[str]:
    """Return the names of the packages that are installed."""
    listing = run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\t${Package}\n"],
        capture=True,
        visible=False,
        timeout=_CLEAN_SECONDS,
    )
    lines = (line.split("\t") for line in listing.splitlines())
    return {name for status, name in lines if status.startswith("ii")}


def apt_update() -> None:
    """Ask the distribution what there is to install."""
    _apt("update")


def apt_final_clean() -> None:
    """Remove what was installed for others that are gone, and the archives that were fetched."""
    _apt("autoremove", "--yes", seconds=_CLEAN_SECONDS)
    _apt("clean", seconds=_CLEAN_SECONDS)


def apt_remove_lists() -> None:
    """Delete apt's lists; the next installation updates first."""
    if LISTS.is_dir():
        for entry in LISTS.iterdir():
            rm_rf(entry)


def names_in(packages: Names) -> list[str]:
    """Return the names in a list, or in a text with spaces between them."""
    return packages.split() if isinstance(packages, str) else list(packages)


def _updated() -> bool:
    return LISTS.is_dir() and any(entry.is_file() and entry.name != "lock" for entry in LISTS.iterdir())


def _apt(*arguments: str, seconds: float = INSTALL_SECONDS) -> None:
    run(["apt-get", *arguments], env=_UNATTENDED, timeout=seconds)
