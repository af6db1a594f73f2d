"""What only an image shows: run there as root, with what a packager's script would do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nua.agent.templates import render_config_templates
from nua.lib import actions
from nua.lib.exec import exec_as_nua, is_current_user
from nua.lib.shell import chown_r, user_exists

PACKAGE = "tree"


@pytest.fixture(autouse=True)
def the_real_search_path() -> Iterator[None]:
    before = os.environ["PATH"]
    yield
    assert os.environ["PATH"] == before


def test_the_package_is_the_images_own() -> None:
    assert actions.__file__.startswith("/usr/lib/python3/dist-packages/nua/")


def test_a_package_of_the_distribution_comes_and_goes() -> None:
    assert PACKAGE not in actions.installed_packages()
    with actions.install_build_packages([PACKAGE]):
        assert Path("/usr/bin/tree").exists()
    assert not Path("/usr/bin/tree").exists()
    assert PACKAGE not in actions.installed_packages()
    assert not [entry for entry in Path("/var/lib/apt/lists").iterdir() if entry.is_file()]


def test_a_package_that_is_asked_for_stays_until_it_is_purged() -> None:
    actions.install_packages(f"{PACKAGE}", keep_lists=True)
    assert PACKAGE in actions.installed_packages()
    actions.purge_package_list([PACKAGE])
    assert PACKAGE not in actions.installed_packages()


def test_a_package_that_does_not_exist_ends_the_script() -> None:
    with pytest.raises(SystemExit):
        actions.install_packages("no-such-package-of-debian")


def test_pip_installs_into_the_apps_environment(tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", environment], check=True)
    source = tmp_path / "source"
    source.mkdir()
    (source / "setup.py").write_text("from setuptools import setup\nsetup(name='hello', version='1', py_modules=['hello'])\n")
    (source / "hello.py").write_text("print('hello')\n")
    with actions.python_venv(environment):
        assert actions.pip_install(["--no-build-isolation", str(source)])
    said = subprocess.run([environment / "bin" / "python", "-c", "import hello"], capture_output=True, text=True, check=True)
    assert said.stdout == "hello\n"


def test_a_command_really_runs_as_the_apps_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path("/nua/app/who")
    folder.mkdir()
    chown_r(folder, "nua", "nua")
    exec_as_nua(["id -un > user", "echo $HOME > home", "id -gn > group"], cwd=folder)
    assert [(folder / name).read_text().strip() for name in ("user", "home", "group")] == ["nua", "/nua", "nua"]
    assert (folder / "user").owner() == "nua"
    with pytest.raises(SystemExit):
        exec_as_nua("touch /etc/mine")


def test_who_the_script_is() -> None:
    assert is_current_user("root")
    assert user_exists("nua")


def test_templates_reach_places_that_are_roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = tmp_path / "etc" / "nua-test.conf.j2"
    template.parent.mkdir()
    template.write_text("{{ title }} on {{ PORT }}\n")
    monkeypatch.setenv("PORT", "80")
    render_config_templates({"title": "App"}, tmp_path)
    written = Path("/etc/nua-test.conf")
    assert written.read_text() == "App on 80\n"
    assert (written.owner(), written.stat().st_mode & 0o777) == ("root", 0o644)


def test_the_agent_offers_the_actions() -> None:
    answer = subprocess.run(["nua-agent", "do", "gen-password", "12"], capture_output=True, text=True, check=True)
    assert len(answer.stdout.strip()) == 12
    refusal = subprocess.run(["nua-agent", "do", "make-coffee"], capture_output=True, text=True, check=False)
    assert (refusal.returncode, "no action" in refusal.stderr) == (2, True)
