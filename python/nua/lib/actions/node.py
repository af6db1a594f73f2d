"""Node.js and what npm installs."""

from __future__ import annotations

from pathlib import Path

from nua.lib.actions.apt import INSTALL_SECONDS, install_package_list
from nua.lib.actions.sources import install_git_source
from nua.lib.actions.text_files import append_bashrc
from nua.lib.panic import Abort
from nua.lib.process import run

_VERSIONS = ("16", "18", "20")
_NVM = "https://github.com/nvm-sh/nvm.git"
_NVM_VERSION = "v0.39.7"


def install_nodejs(version: str = "16", keep_lists: bool = False) -> None:
    """Install the Node.js of the archives apt knows, which must be 16, 18 or 20 or newer, with yarn and node-gyp."""
    if str(version) not in _VERSIONS:
        raise Abort(f"There is no Node.js '{version}' to install: write one of {', '.join(_VERSIONS)}.")
    install_package_list(["nodejs", "npm"], keep_lists=keep_lists)
    installed = run(["node", "--version"], capture=True).strip()
    if int(installed.lstrip("v").split(".")[0]) < int(version):
        raise Abort(f"Node.js {version} was asked for, and apt has {installed}: add an archive that has it, or ask for less.")
    npm_install("yarn")
    npm_install("node-gyp")


def npm_install(package: str, force: bool = False) -> None:
    """Install a package of npm for all users."""
    run(["npm", "install", "--global", *(["--force"] if force else []), package], timeout=INSTALL_SECONDS)


def install_nodejs_via_nvm(home: str | Path) -> None:
    """Install nvm in somebody's home, and with it the Node.js that has long-term support."""
    folder = install_git_source(_NVM, _NVM_VERSION, home).rename(Path(home, ".nvm"))
    append_bashrc(home, f'export NVM_DIR="{folder}"\n. "$NVM_DIR/nvm.sh"')
    script = '. "$NVM_DIR/nvm.sh" --no-use && nvm install --lts'
    run(["bash", "-c", script], env={"HOME": str(home), "NVM_DIR": str(folder)}, timeout=INSTALL_SECONDS)
