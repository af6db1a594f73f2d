from __future__ import annotations

from pathlib import Path

import pytest
from nua.lib import actions, paths
from nua.lib.panic import Abort

from conftest import Programs


@pytest.fixture(autouse=True)
def pip(programs: Programs) -> None:
    programs.add("pip")


def test_packages_are_installed(programs: Programs) -> None:
    assert actions.pip_install(["flask>=2", "gunicorn"])
    assert actions.pip_install("flask", update=True)
    assert programs.calls == [["pip", "install", "flask>=2", "gunicorn"], ["pip", "install", "--upgrade", "flask"]]


def test_no_packages_is_no_work(programs: Programs) -> None:
    assert not actions.pip_install([])
    assert not actions.install_pip_packages()
    assert not actions.pip_install_glob("*.no-such-file")
    assert programs.calls == []


def test_patterns_stand_for_files(programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.whl", "a.whl"):
        Path(name).touch()
    assert actions.install_pip_packages(["flask", "*.whl"])
    assert actions.pip_install_glob("b*")
    assert programs.calls == [["pip", "install", "flask", "a.whl", "b.whl"], ["pip", "install", "b.whl"]]


def test_a_pattern_without_files_aborts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Abort, match=r"No file matches '\*.whl'"):
        actions.install_pip_packages("*.whl")


def test_no_message_has_the_password_of_an_address(programs: Programs, capfd: pytest.CaptureFixture[str]) -> None:
    programs.add("pip", code=1)
    with pytest.raises(Abort, match="exit code 1"):
        actions.pip_install("git+https://me:s3cret@example.org/app")
    out, err = capfd.readouterr()
    assert "s3cret" not in out + err
    assert "https://example.org/app" in out


def test_the_environment_of_the_app_is_where_it_goes(programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    python = paths.VENV / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.touch()
    (programs.folder / "pip").write_text(f'#!/bin/sh\necho "$PIP_PYTHON" > {programs.folder}/where\n')
    actions.pip_list()
    assert (programs.folder / "where").read_text().strip() == str(python)


def test_an_environment_with_pip_uses_its_own(programs: Programs, tmp_path: Path) -> None:
    own = tmp_path / "p310" / "bin"
    own.mkdir(parents=True)
    (own / "pip").symlink_to(programs.folder / "pip")
    with actions.python_venv(tmp_path / "p310"):
        actions.pip_install("flask")
    actions.pip_list()
    assert programs.calls == [["pip", "install", "flask"], ["pip", "list"]]


def test_without_any_pip_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Abort, match="There is no pip"):
        actions.pip_list()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["requirements.txt"], ["-r", "requirements.txt"]),
        (["setup.py"], ["."]),
        (["requirements.txt", "pyproject.toml"], ["-r", "requirements.txt", "."]),
    ],
)
def test_a_source_tree(programs: Programs, tmp_path: Path, files: list[str], expected: list[str]) -> None:
    for name in files:
        (tmp_path / name).touch()
    actions.build_python(tmp_path)
    assert programs.calls == [["pip", "install", "-v", *expected]]


def test_a_folder_without_python_aborts(tmp_path: Path) -> None:
    with pytest.raises(Abort, match="nothing to install"):
        actions.build_python(tmp_path)


def test_modules_that_can_be_imported() -> None:
    assert actions.python_package_installed("pytest")
    assert not actions.python_package_installed("no_such_module_anywhere")
    assert not actions.python_package_installed("no_such_module.below")


def test_the_version_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 18))
    assert not actions.check_python_version()
    monkeypatch.setattr("sys.version_info", (3, 10, 0))
    assert actions.check_python_version()


def test_poetry(programs: Programs) -> None:
    programs.add("poetry")
    actions.poetry_install()
    actions.poetry_install(nodev=False)
    assert programs.calls == [
        ["poetry", "install", "--no-interaction", "--only", "main"],
        ["poetry", "install", "--no-interaction"],
    ]
