"""Client libraries of databases, by one name for everything they take."""

from __future__ import annotations

from nua.lib.actions.apt import Names, install_package_list, names_in
from nua.lib.actions.pip import pip_install
from nua.lib.actions.temporary_packages import install_build_packages
from nua.lib.panic import Abort

_POSTGRES = ("postgres-client", "psycopg2")
_MARIADB = "mariadb-client"


def install_meta_packages(packages: Names, keep_lists: bool = False) -> None:
    """Install client libraries: ``postgres-client``, also called ``psycopg2``, or ``mariadb-client``."""
    names = dict.fromkeys(names_in(packages))
    for name in names:
        if name not in (*_POSTGRES, _MARIADB):
            raise Abort(f"There is no meta-package '{name}': write postgres-client or mariadb-client.")
    if any(name in _POSTGRES for name in names):
        install_package_list(["libpq-dev"], keep_lists=keep_lists)
        pip_install(["psycopg2-binary"])
    if _MARIADB in names:
        install_package_list(["libmariadb3", "mariadb-client"], keep_lists=True)
        install_mariadb_python(keep_lists=keep_lists)


def install_mariadb_python(version: str = "", keep_lists: bool = False) -> None:
    """Install Python's ``mariadb`` module, of a certain version or the newest; its compilers go afterwards."""
    with install_build_packages(["libmariadb-dev", "python3-dev", "build-essential"], keep_lists=keep_lists):
        pip_install([f"mariadb=={version}" if version else "mariadb"])
