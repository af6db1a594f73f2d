from __future__ import annotations

import os
from pathlib import Path

import pytest
from nua.lib import actions
from nua.lib.actions import python_versions, ruby
from nua.lib.panic import Abort

from conftest import Programs

INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends"]


@pytest.fixture(autouse=True)
def apt_get(programs: Programs, lists: Path) -> None:
    programs.add("apt-get", "npm")
    programs.add("dpkg-query", prints="ii \tbuild-essential\n")


def test_node_comes_from_the_archives_apt_knows(programs: Programs) -> None:
    programs.add("node", prints="v20.19.2\n")
    actions.install_nodejs("20")
    assert [*INSTALL, "nodejs", "npm"] in programs.calls
    assert programs.calls[-2:] == [["npm", "install", "--global", "yarn"], ["npm", "install", "--global", "node-gyp"]]


def test_node_that_apt_has_only_older(programs: Programs) -> None:
    programs.add("node", prints="v18.20.4\n")
    with pytest.raises(Abort, match=r"Node.js 20 was asked for, and apt has v18.20.4"):
        actions.install_nodejs("20")


def test_node_that_is_not_offered() -> None:
    with pytest.raises(Abort, match=r"no Node.js '17'"):
        actions.install_nodejs("17")


def test_a_package_of_npm(programs: Programs) -> None:
    actions.npm_install("pnpm", force=True)
    assert programs.calls == [["npm", "install", "--global", "--force", "pnpm"]]


def test_nvm(programs: Programs, tmp_path: Path) -> None:
    programs.add("git")
    (tmp_path / "nvm").mkdir()
    (tmp_path / "nvm" / "nvm.sh").write_text('nvm() { echo "$@" > "$NVM_DIR/called"; }\n')
    actions.install_nodejs_via_nvm(tmp_path)
    assert (tmp_path / ".nvm" / "called").read_text() == "install --lts\n"
    assert f'export NVM_DIR="{tmp_path}/.nvm"' in (tmp_path / ".bashrc").read_text()
    assert programs.calls[0][:6] == ["git", "clone", "--depth", "1", "--branch", "v0.39.7"]


def sources_of_ruby(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(_: str, folder: str, name: str, __: str) -> Path:
        source = Path(folder, name)
        source.mkdir()
        (source / "config").symlink_to(programs.folder / "config")
        return source

    programs.add("config", "make", "ruby-install")
    monkeypatch.setattr(ruby, "download_extract", download)


def test_ruby(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    sources_of_ruby(programs, monkeypatch)
    actions.install_ruby("3.2.2")
    assert programs.calls[-2:] == [
        ["make", "install"],
        ["ruby-install", "--system", "--cleanup", "--no-install-deps", "ruby", "3.2.2"],
    ]
    assert not any(call[0] == "config" for call in programs.calls)


def test_an_old_ruby_gets_an_old_openssl(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    sources_of_ruby(programs, monkeypatch)
    actions.install_ruby("2.7.8")
    assert ["make", "install_sw"] in programs.calls
    assert programs.calls[-1][-3:] == ["2.7.8", "--", "--with-openssl-dir=/usr/local/openssl-1.1"]


@pytest.mark.parametrize("version", ["3", "3.1", "3.2.1", "4.0.0"])
def test_a_newer_ruby_needs_none(programs: Programs, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    sources_of_ruby(programs, monkeypatch)
    actions.install_ruby(version)
    assert ["make", "install_sw"] not in programs.calls


def test_another_python(programs: Programs, tmp_path: Path) -> None:
    programs.add("apt-cache", "python3.9")
    assert actions.install_python("3.9", venv=tmp_path / "p39") == tmp_path / "p39"
    assert [*INSTALL, "python3.9", "python3.9-dev", "python3.9-venv"] in programs.calls
    assert ["python3.9", "-m", "venv", str(tmp_path / "p39")] in programs.calls


def test_python_2_has_an_environment_of_its_own_kind(programs: Programs) -> None:
    programs.add("apt-cache", "virtualenv")
    assert actions.install_python("2.7") == Path("/nua/p27")
    assert ["virtualenv", "--python", "python2.7", "/nua/p27"] in programs.calls


def test_a_python_that_the_distribution_lacks(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    programs.add("apt-cache", code=100)
    programs.add("add-apt-repository", "python3.8")
    monkeypatch.setattr(python_versions, "UBUNTU", Path(__file__))
    actions.install_python("3.8")
    assert ["add-apt-repository", "--yes", "ppa:deadsnakes/ppa"] in programs.calls

    monkeypatch.setattr(python_versions, "UBUNTU", Path("/no-such-file"))
    with pytest.raises(Abort, match=r"no Python 3\.8"):
        actions.install_python("3.8")


def test_a_python_that_is_not_offered() -> None:
    with pytest.raises(Abort, match=r"no Python '3\.6'"):
        actions.install_python("3.6")


def test_a_virtual_environment_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_PYTHON", "/elsewhere/python3")
    before = dict(os.environ)
    with actions.python_venv(tmp_path) as environment:
        assert environment == tmp_path
        assert os.environ["VIRTUAL_ENV"] == str(tmp_path)
        assert os.environ["PATH"].startswith(f"{tmp_path}/bin:")
        assert "PIP_PYTHON" not in os.environ
    assert dict(os.environ) == before
