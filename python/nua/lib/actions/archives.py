"""Unpack an archive whose content stands in one top folder."""

from __future__ import annotations

import os
import posixpath
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from nua.lib.panic import Abort

_TAR = (".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tgz")


def unpack(archive: Path, target: Path) -> None:
    """Put what is in the archive's top folder into the target folder, which may exist."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        if archive.name.endswith(_TAR):
            top = _unpack_tar(archive, folder)
        elif archive.name.endswith(".zip"):
            top = _unpack_zip(archive, folder)
        else:
            raise Abort(f"'{archive.name}' is no archive that Nua unpacks: {', '.join((*_TAR, '.zip'))}.")
        shutil.copytree(Path(folder, top), target, symlinks=True, dirs_exist_ok=True)


def _unpack_tar(archive: Path, folder: str) -> str:
    try:
        with tarfile.open(archive) as tar:
            members = [member for member in tar.getmembers() if _plain(member.name) != "."]
            top = _top_folder(archive, (member.name for member in members))
            _refuse_escapes(archive, members, top)
            for member in members:
                member.uid, member.gid, member.uname, member.gname = os.geteuid(), os.getegid(), "", ""
                member.mode &= 0o777
            tar.extractall(folder, members, **_extraction_filter())
    except tarfile.TarError as error:
        raise Abort(f"'{archive.name}' cannot be unpacked: {error}.") from error
    return top


def _unpack_zip(archive: Path, folder: str) -> str:
    try:
        with zipfile.ZipFile(archive) as content:
            top = _top_folder(archive, content.namelist())
            for member in content.infolist():
                path = Path(content.extract(member, folder))
                # What zipfile forgets: a script stays one that can be run.
                if not member.is_dir() and member.external_attr >> 16 & stat.S_IXUSR:
                    path.chmod(path.stat().st_mode | 0o111)
    except zipfile.BadZipFile as error:
        raise Abort(f"'{archive.name}' cannot be unpacked: {error}.") from error
    return top


def _top_folder(archive: Path, names: Iterable[str]) -> str:
    top = ""
    for name in names:
        parts = _plain(name).split("/")
        if ".." in parts or name.startswith("/"):
            raise Abort(f"'{archive.name}' holds '{name}', which leads out of it.")
        top = top or parts[0]
        if parts[0] != top:
            raise Abort(f"'{archive.name}' holds '{name}' outside its top folder '{top}'.")
    if not top:
        raise Abort(f"'{archive.name}' is empty.")
    return top


def _refuse_escapes(archive: Path, members: list[tarfile.TarInfo], top: str) -> None:
    links = {_plain(member.name) for member in members if member.issym()}
    for member in members:
        if any(str(folder) in links for folder in PurePosixPath(_plain(member.name)).parents):
            raise Abort(f"'{archive.name}' holds '{member.name}', whose folder is a link.")
        if not (member.isfile() or member.isdir() or member.issym() or member.islnk()):
            raise Abort(f"'{archive.name}' holds '{member.name}', which is neither a file, nor a folder, nor a link.")
        if (member.issym() or member.islnk()) and not _stays_inside(member, top):
            raise Abort(f"'{archive.name}' holds the link '{member.name}', which leads out of it.")


def _stays_inside(link: tarfile.TarInfo, top: str) -> bool:
    # A hard link counts from the archive's root, a symbolic one from its own place.
    base = posixpath.dirname(_plain(link.name)) if link.issym() else ""
    names = link.linkname.split("/")
    # After a name, ".." may lead anywhere, for the name may be a link itself.
    climbs = any(later == ".." and name not in ("", ".", "..") for name, later in zip(names, names[1:]))
    return not climbs and posixpath.normpath(posixpath.join(base, link.linkname)).split("/")[0] == top


def _plain(name: str) -> str:
    return posixpath.normpath(name) if ".." not in name.split("/") else name


def _extraction_filter() -> dict[str, Any]:
    # Older Pythons have no filters; the checks above do not depend on them.
    return {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
