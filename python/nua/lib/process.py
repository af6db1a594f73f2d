"""Run one program and insist that it succeeds."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nua.lib.panic import Abort, show
from nua.lib.signals import passed_on
from nua.lib.users import account, may_become


def run(
    command: Sequence[str],
    *,
    user: str = "",
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
    capture: bool = False,
    visible: bool = True,
) -> str:
    """Run a program from an argument list and wait for it; return what it printed if that is to be captured.

    ``user`` is who runs it, ``env`` is added to this program's environment. A command that is not ``visible`` is not
    named in error messages either. What goes wrong is an :class:`~nua.lib.panic.Abort`.
    """
    name = readable(command) if visible else "A command that is not shown"
    if visible:
        show("$", name)
    with passed_on() as signals:
        child = start(command, user=user, cwd=cwd, env=env, capture=capture)
        signals.go_to(child)
        output = _wait(child, timeout, name)
    if signals.received:
        raise SystemExit(child.returncode if child.returncode >= 0 else 128 - child.returncode)
    if child.returncode != 0:
        raise Abort(f"{name}: {_ending(child.returncode)}.")
    return output


def start(
    command: Sequence[str],
    *,
    user: str = "",
    cwd: str | Path | None = None,
    env: Mapping[str, str] | None = None,
    capture: bool = False,
) -> subprocess.Popen[str]:
    """Start a program in a session of its own and do not wait for it."""
    if cwd is not None and not Path(cwd).is_dir():
        raise Abort(f"There is no folder '{cwd}' to run a command in.")
    switch, identity = _becoming(user)
    try:
        return subprocess.Popen(
            list(command),
            cwd=cwd,
            env={**os.environ, **identity, **(env or {})},
            stdout=subprocess.PIPE if capture else None,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            **switch,
        )
    except (FileNotFoundError, PermissionError) as error:
        raise Abort(f"The program '{command[0]}' cannot be run: {error.strerror}.") from error


def readable(command: Sequence[str]) -> str:
    """Return a command as one would type it, without the passwords in its addresses."""
    text = command[2] if command[:2] == ["bash", "-c"] else shlex.join(command)
    return without_credentials(text)


def without_credentials(text: str) -> str:
    """Leave ``user:password@`` out of the addresses in a text."""
    return re.sub(r"(?<=://)[^/\s@]+@", "", text)


def _becoming(user: str) -> tuple[dict[str, Any], dict[str, str]]:
    if not user:
        return {}, {}
    wanted = account(user)
    may_become(wanted)
    if wanted.is_current:
        return {}, {}
    return {"user": wanted.uid, "group": wanted.gid, "extra_groups": wanted.groups}, wanted.environment


def _wait(child: subprocess.Popen[str], timeout: float | None, name: str) -> str:
    try:
        output, _ = child.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        raise Abort(f"{name}: stopped after {timeout:g} seconds, which is all it had.") from None
    return output or ""


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"ended by signal {signal.Signals(-code).name}"
