from __future__ import annotations

import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from nua.lib import actions
from nua.lib.panic import Abort

from conftest import Programs


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def site(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(shelf))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def tar(file: Path, names: list[str], *links: tuple[str, str]) -> Path:
    with tarfile.open(file, "w:gz" if file.name.endswith("gz") else "w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.mode = 0o755
            member.size = 2
            archive.addfile(member, io.BytesIO(b"hi"))
        for name, aim in links:
            member = tarfile.TarInfo(name)
            member.type = tarfile.SYMTYPE
            member.linkname = aim
            archive.addfile(member)
    return file


def test_a_file(site: str, shelf: Path, tmp_path: Path) -> None:
    (shelf / "a.txt").write_text("hello")
    actions.download_url(f"{site}/a.txt", tmp_path / "new" / "b.txt")
    assert (tmp_path / "new" / "b.txt").read_text() == "hello"


def test_a_file_that_is_not_there_leaves_nothing(site: str, tmp_path: Path) -> None:
    with pytest.raises(Abort, match="404"):
        actions.download_url(f"{site}/none", tmp_path / "new" / "b.txt")
    assert list((tmp_path / "new").iterdir()) == []


def test_only_the_web_is_fetched_from(tmp_path: Path) -> None:
    with pytest.raises(Abort, match="http://"):
        actions.download_url("file:///etc/passwd", tmp_path / "b.txt")


@pytest.mark.parametrize("name", ["app-1.0.tar.gz", "app-1.0.tar", "app.tgz"])
def test_a_tar_loses_its_top_folder(site: str, shelf: Path, tmp_path: Path, name: str) -> None:
    archive = tar(shelf / name, ["./app-1.0/run.sh", "app-1.0/sub/x"], ("app-1.0/sub/link", "../run.sh"))
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    target = actions.download_extract(f"{site}/{name}", tmp_path / "build", "app", checksum.upper())
    assert target == tmp_path / "build" / "app"
    assert (target / "sub" / "link").read_text() == "hi"
    assert (target / "run.sh").stat().st_mode & 0o100
    assert [entry.name for entry in target.parent.iterdir()] == ["app"]


def test_a_zip_keeps_its_programs(site: str, shelf: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(shelf / "app.zip", "w") as archive:
        program = zipfile.ZipInfo("app/run.sh")
        program.external_attr = 0o100755 << 16
        archive.writestr(program, "hi")
        archive.writestr("app/plain", "hi")
    target = actions.install_source(f"{site}/app.zip", tmp_path, "source")
    assert (target / "run.sh").stat().st_mode & 0o111 == 0o111
    assert (target / "plain").stat().st_mode & 0o111 == 0


def test_another_file_than_the_wanted_one_aborts(site: str, shelf: Path, tmp_path: Path) -> None:
    tar(shelf / "app.tar", ["app/x"])
    with pytest.raises(Abort, match="another file"):
        actions.download_extract(f"{site}/app.tar", tmp_path, "app", "0" * 64)
    assert not (tmp_path / "app").exists()


@pytest.mark.parametrize(
    ("names", "links"),
    [
        (["app/x", "other/y"], []),
        (["app/x", "app/../../y"], []),
        (["/app/x"], []),
        (["app/x"], [("app/link", "../../etc")]),
        (["app/x"], [("app/link", "/etc")]),
        (["app/x"], [("app/link", "..")]),
        (["app/a/b/x"], [("app/a/b/up", "../.."), ("app/a/b/out", "up/../..")]),
        (["app/a/b/x"], [("app/a/b/up", "../.."), ("app/a/b/up/out", "../..")]),
        ([], []),
    ],
)
def test_an_archive_that_reaches_out_is_refused(
    site: str, shelf: Path, tmp_path: Path, names: list[str], links: list[tuple[str, str]]
) -> None:
    tar(shelf / "bad.tar", names, *links)
    with pytest.raises(Abort, match=r"bad\.tar"):
        actions.download_extract(f"{site}/bad.tar", tmp_path, "app")
    assert not (tmp_path / "app").exists()


@pytest.mark.parametrize("name", ["broken.tar.gz", "broken.zip", "page.html"])
def test_what_is_no_archive_is_refused(site: str, shelf: Path, tmp_path: Path, name: str) -> None:
    (shelf / name).write_text("<html>")
    with pytest.raises(Abort, match=name):
        actions.download_extract(f"{site}/{name}", tmp_path, "app")


def test_a_local_folder_is_its_own_source(tmp_path: Path) -> None:
    assert actions.install_source(str(tmp_path), "/nowhere", "app") == tmp_path
    assert actions.is_local_dir(tmp_path)
    assert not actions.is_local_dir("https://example.org/app.tar.gz")
    assert not actions.is_local_dir("")


def test_a_repository_is_cloned_without_its_history(programs: Programs, tmp_path: Path) -> None:
    programs.add("git")
    path = actions.install_git_source("https://example.org/team/app.git", "v1", tmp_path)
    assert path == tmp_path / "app"
    clone = ["git", "clone", "--depth", "1"]
    assert programs.calls == [[*clone, "--branch", "v1", "--", "https://example.org/team/app.git", str(path)]]
    actions.install_git_source("https://example.org/team/app/", "", tmp_path)
    assert programs.calls[1] == [*clone, "--", "https://example.org/team/app/", str(path)]


def test_an_address_without_a_name_aborts(tmp_path: Path) -> None:
    with pytest.raises(Abort, match="name of a repository"):
        actions.install_git_source("https://example.org/", "main", tmp_path)


def test_a_checksum_is_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("hello")
    actions.verify_checksum(tmp_path / "a", f" sha256:{hashlib.sha256(b'hello').hexdigest()}\n")
    actions.verify_checksum(tmp_path / "a")
    with pytest.raises(Abort):
        actions.verify_checksum(tmp_path / "a", "abc")
