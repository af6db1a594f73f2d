"""Wrappers of basic Unix commands."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from nua.lib.process import run

__all__ = ["cat", "chmod_r", "chown_r", "echo", "mkdir_p", "rm_fr", "rm_rf", "sh", "user_exists"]


def cat(file: str | Path) -> None:
    """Print a file."""
    print(Path(file).read_text(encoding="utf-8"), end="", flush=True)


def echo(text: str, file: str | Path) -> None:
    """Write a text and a line end to a file, in place of what was in it."""
    Path(file).write_text(f"{text}\n", encoding="utf-8")


def mkdir_p(path: str | Path) -> None:
    """Make a folder and those above it; one that exists is fine."""
    Path(path).mkdir(parents=True, exist_ok=True)


def rm_rf(path: str | Path) -> None:
    """Remove a file, a link, or a folder with all that is in it; one that does not exist is fine."""
    target = Path(path)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


rm_fr = rm_rf


def chown_r(path: str | Path, user: str | int, group: str | int | None = None) -> None:
    """Give a file, or a folder with all that is in it, to a user, and to a group if one is named.

    Of a link, the link itself changes hands, never what it points to.
    """
    uid = user if isinstance(user, int) else pwd.getpwnam(user).pw_uid
    gid = -1 if group is None else _group_id(group)
    for entry in _tree(Path(path)):
        os.chown(entry, uid, gid, follow_symlinks=False)


def chmod_r(path: str | Path, file_mode: int, dir_mode: int | None = None) -> None:
    """Set the mode of a file, or of a folder with all that is in it.

    Without ``dir_mode``, who may read the files may also enter the folders: 0o644 becomes 0o755.
    """
    folders = _enterable(file_mode) if dir_mode is None else dir_mode
    # Folders last and from below, so that a mode that locks us out of one does so when we are done.
    for entry in reversed(list(_tree(Path(path)))):
        if not entry.is_symlink():
            entry.chmod(folders if entry.is_dir() else file_mode)


def user_exists(user: str) -> bool:
    """Tell whether there is a user of that name."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def sh(
    cmd: str,
    timeout: float | None = 600,
    env: Mapping[str, str] | None = None,
    show_cmd: bool = True,
    capture_output: bool = False,
    cwd: str | Path | None = None,
) -> str:
    """Run a text in bash; return what it printed, if that is captured, or an empty text.

    The program is aborted when the command fails, is ended by a signal, or takes too long. ``env`` is added to the
    environment. A command with a secret in it wants ``show_cmd=False``: then no message repeats it.
    """
    return run(["bash", "-c", cmd], timeout=timeout, env=env, visible=show_cmd, capture=capture_output, cwd=cwd)


def _tree(top: Path) -> Iterator[Path]:
    yield top
    if top.is_dir() and not top.is_symlink():
        for folder, folders, files in os.walk(top):
            yield from (Path(folder, name) for name in [*folders, *files])


def _group_id(group: str | int) -> int:
    return group if isinstance(group, int) else grp.getgrnam(group).gr_gid


def _enterable(mode: int) -> int:
    readable = mode & (stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    return mode | readable >> 2
