"""Run commands as a certain user.

A command is a text for bash, or a list of such texts that run in turn; the first that fails aborts the program. The
whole text runs as that user, in bash, whoever runs the script: ``a && b`` and ``${VARIABLE}`` mean what they say.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Union

from nua.lib import paths
from nua.lib.process import run, start
from nua.lib.users import account, may_become

__all__ = [
    "exec_as_nua",
    "exec_as_root",
    "exec_as_root_daemon",
    "is_current_user",
    "mp_exec_as_nua",
    "mp_exec_as_postgres",
    "mp_exec_as_user",
    "set_nua_user",
    "sudo_cmd_as_user",
]

Command = Union[str, Sequence[str]]
Folder = Union[str, Path, None]
Variables = Union[Mapping[str, str], None]
Seconds = Union[float, None]


def exec_as_nua(cmd: Command, cwd: Folder = None, env: Variables = None, timeout: Seconds = None) -> None:
    """Run commands as the app's user. Anybody but root and that user gets a :class:`ValueError`."""
    mp_exec_as_user(cmd, paths.USER, cwd=cwd, env=env, timeout=timeout)


def exec_as_root(
    cmd: Command, cwd: Folder = None, env: Variables = None, timeout: Seconds = None, show_cmd: bool = True
) -> None:
    """Run commands as root. Anybody else gets a :class:`ValueError`: there is no way back from the app's user."""
    mp_exec_as_user(cmd, "root", cwd=cwd, env=env, timeout=timeout, show_cmd=show_cmd)


def mp_exec_as_nua(cmd: Command, cwd: Folder = None, env: Variables = None, timeout: Seconds = None) -> None:
    """Run commands as the app's user; the same as :func:`exec_as_nua`."""
    exec_as_nua(cmd, cwd=cwd, env=env, timeout=timeout)


def mp_exec_as_postgres(cmd: Command, cwd: Folder = None, env: Variables = None, timeout: Seconds = None) -> None:
    """Run commands as the user ``postgres``."""
    mp_exec_as_user(cmd, "postgres", cwd=cwd, env=env, timeout=timeout)


def mp_exec_as_user(
    cmd: Command,
    user: str,
    cwd: Folder = None,
    env: Variables = None,
    timeout: Seconds = None,
    show_cmd: bool = True,
) -> None:
    """Run commands as any user. ``env`` is added to the environment, ``timeout`` is for each of them, in seconds."""
    for text in [cmd] if isinstance(cmd, str) else cmd:
        run(["bash", "-c", text], user=user, cwd=cwd, env=env, timeout=timeout, visible=show_cmd)


# An image needs no sudo to run commands as any user, so this old name is the same.
sudo_cmd_as_user = mp_exec_as_user


def exec_as_root_daemon(cmd: str, env: Variables = None) -> subprocess.Popen[str]:
    """Start a command as root and do not wait for it; return the process."""
    return start(["bash", "-c", cmd], user="root", env=env)


def is_current_user(user: str) -> bool:
    """Tell whether this program runs as that user."""
    try:
        return account(user).is_current
    except ValueError:
        return False


def set_nua_user() -> None:
    """Become the app's user, for good. Anybody but root and that user gets a :class:`ValueError`."""
    wanted = account(paths.USER)
    may_become(wanted)
    if not wanted.is_current:
        os.setgroups(wanted.groups)
        os.setgid(wanted.gid)
        os.setuid(wanted.uid)
    os.environ.update(wanted.environment)
