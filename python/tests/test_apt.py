from __future__ import annotations

from pathlib import Path

import pytest
from nua.lib import actions
from nua.lib.panic import Abort

from conftest import Programs

UPDATE = ["apt-get", "update"]
AUTOREMOVE = ["apt-get", "autoremove", "--yes"]
CLEAN = ["apt-get", "clean"]
LISTING = "ii \tgit\nrc \tgone\nii \tcurl\n"


def install(*names: str) -> list[str]:
    return ["apt-get", "install", "--yes", "--no-install-recommends", *names]


def purge(*names: str) -> list[str]:
    return ["apt-get", "purge", "--yes", *names]


@pytest.fixture(autouse=True)
def apt_get(programs: Programs) -> None:
    programs.add("apt-get")
    programs.add("dpkg-query", prints=LISTING)


def test_a_first_installation_updates_and_cleans_up(programs: Programs, lists: Path) -> None:
    actions.install_package_list(["nginx", "git"])
    assert programs.calls == [UPDATE, install("nginx", "git"), AUTOREMOVE, CLEAN]


def test_packages_may_be_one_text(programs: Programs, lists: Path) -> None:
    actions.install_package_list("nginx  git", clean=False)
    assert programs.calls == [UPDATE, install("nginx", "git")]


def test_lists_that_are_there_are_used_and_then_go(programs: Programs, lists: Path) -> None:
    (lists / "bookworm_Packages").touch()
    (lists / "partial").mkdir()
    actions.install_package_list("git", clean=False)
    assert programs.calls == [install("git")]
    assert list(lists.iterdir()) == []


def test_lists_can_be_kept(programs: Programs, lists: Path) -> None:
    (lists / "bookworm_Packages").touch()
    actions.install_packages("git", keep_lists=True)
    assert (lists / "bookworm_Packages").exists()


def test_no_packages_is_no_work(programs: Programs, lists: Path) -> None:
    actions.install_packages([])
    actions.purge_package_list("")
    assert programs.calls == []


def test_the_documented_name_is_there(programs: Programs, lists: Path) -> None:
    actions.apt_get_install("git", clean=False)
    assert programs.calls[-1] == install("git")


def test_a_package_that_cannot_be_installed_aborts(programs: Programs, lists: Path) -> None:
    programs.add("apt-get", code=100)
    with pytest.raises(Abort, match="apt-get update: exit code 100"):
        actions.install_packages("no-such-package")


def test_installed_packages_are_those_that_are_whole(programs: Programs) -> None:
    assert actions.installed_packages() == {"git", "curl"}


def test_build_packages_come_and_go(programs: Programs, lists: Path) -> None:
    with actions.install_build_packages("make gcc", installed=["make"]):
        assert programs.calls == [UPDATE, install("gcc")]
    assert programs.calls[2:] == [purge("gcc"), AUTOREMOVE, CLEAN]


def test_what_was_there_before_a_build_stays(programs: Programs, lists: Path) -> None:
    with actions.tmp_install_package_list(["git", "gcc"], keep_lists=True):
        pass
    assert install("gcc") in programs.calls
    assert purge("gcc") in programs.calls


def test_nothing_missing_is_no_work(programs: Programs, lists: Path) -> None:
    with actions.install_build_packages(["git"], installed={"git"}):
        pass
    assert programs.calls == []


def test_after_a_failure_build_packages_stay(programs: Programs, lists: Path) -> None:
    with pytest.raises(RuntimeError), actions.install_build_packages("gcc", installed=()):
        raise RuntimeError
    assert programs.calls == [UPDATE, install("gcc")]


@pytest.mark.parametrize("name", ["postgres-client", "psycopg2"])
def test_the_client_of_postgres(programs: Programs, lists: Path, name: str) -> None:
    programs.add("pip")
    actions.install_meta_packages([name, name])
    assert programs.calls == [UPDATE, install("libpq-dev"), AUTOREMOVE, CLEAN, ["pip", "install", "psycopg2-binary"]]


def test_the_client_of_mariadb_leaves_no_compiler(programs: Programs, lists: Path) -> None:
    programs.add("pip")
    compilers = ["libmariadb-dev", "python3-dev", "build-essential"]
    actions.install_meta_packages("mariadb-client")
    assert install("libmariadb3", "mariadb-client") in programs.calls
    story = [install(*compilers), ["pip", "install", "mariadb"], purge(*compilers)]
    assert [call for call in programs.calls if call in story] == story


def test_a_certain_version_of_the_mariadb_module(programs: Programs, lists: Path) -> None:
    programs.add("pip")
    actions.install_mariadb_python("1.1.8")
    assert ["pip", "install", "mariadb==1.1.8"] in programs.calls


def test_an_unknown_meta_package_aborts(programs: Programs) -> None:
    with pytest.raises(Abort, match="no meta-package 'oracle'"):
        actions.install_meta_packages("oracle")
