"""Packages that are there while something is built, and gone afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from nua.lib.actions.apt import (
    Names,
    apt_final_clean,
    apt_remove_lists,
    install_package_list,
    installed_packages,
    names_in,
    purge_package_list,
)


@contextmanager
def install_build_packages(
    packages: Names, keep_lists: bool = False, installed: Collection[str] | None = None
) -> Iterator[None]:
    """Install packages for as long as a ``with`` block lasts.

    What is ``installed`` already stays; without that list, the distribution is asked. After a failure nothing is
    removed, so that one can look.
    """
    names = names_in(packages)
    present = installed if installed is not None or not names else installed_packages()
    missing = [name for name in names if name not in (present or ())]
    if not missing:
        yield
        return

    install_package_list(missing, clean=False, keep_lists=True)
    yield
    purge_package_list(missing)
    apt_final_clean()
    if not keep_lists:
        apt_remove_lists()


tmp_install_package_list = install_build_packages
