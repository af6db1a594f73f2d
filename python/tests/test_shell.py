from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from nua.lib import shell
from nua.lib.panic import Abort


def test_a_file_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell.echo("hello", tmp_path / "a")
    shell.cat(tmp_path / "a")
    assert capsys.readouterr().out == "hello\n"


def test_echo_replaces(tmp_path: Path) -> None:
    shell.echo("one", tmp_path / "a")
    shell.echo("two", tmp_path / "a")
    assert (tmp_path / "a").read_text() == "two\n"


def test_folders_are_made_and_removed(tmp_path: Path) -> None:
    shell.mkdir_p(tmp_path / "a" / "b")
    shell.mkdir_p(tmp_path / "a" / "b")
    shell.rm_rf(tmp_path / "a")
    shell.rm_fr(str(tmp_path / "a"))
    assert list(tmp_path.iterdir()) == []


def test_removing_a_link_spares_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    shell.rm_rf(tmp_path / "link")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_modes_of_a_tree(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.touch(mode=0o600)
    top = tmp_path / "top"
    (top / "sub").mkdir(parents=True)
    (top / "sub" / "file").touch()
    (top / "link").symlink_to(outside)

    shell.chmod_r(top, 0o640)
    modes = [path.stat().st_mode & 0o777 for path in (top, top / "sub", top / "sub" / "file", outside)]
    assert modes == [0o750, 0o750, 0o640, 0o600]

    shell.chmod_r(top, 0o600, 0o700)
    assert [path.stat().st_mode & 0o777 for path in (top / "sub", top / "sub" / "file")] == [0o700, 0o600]


def test_owners_of_a_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("/")
    changed = []
    monkeypatch.setattr(os, "chown", lambda *args, follow_symlinks: changed.append((*args, follow_symlinks)))
    shell.chown_r(tmp_path, "root")
    shell.chown_r(tmp_path / "a", "root", "root")
    assert sorted(changed[:-1]) == [
        (tmp_path, 0, -1, False),
        (tmp_path / "a", 0, -1, False),
        (tmp_path / "link", 0, -1, False),
    ]
    assert changed[-1] == (tmp_path / "a", 0, 0, False)


def test_users() -> None:
    assert shell.user_exists("root")
    assert not shell.user_exists("nobody-of-that-name")


def test_bash_is_captured_on_demand(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert shell.sh("echo ${WHO}; pwd", env={"WHO": "me"}, capture_output=True, cwd=tmp_path) == f"me\n{tmp_path}\n"
    assert shell.sh("echo there") == ""
    assert capfd.readouterr().out.endswith("$ echo there\nthere\n")


def test_a_failure_names_the_command_and_the_code() -> None:
    with pytest.raises(Abort, match="^true && exit 3: exit code 3.$") as failure:
        shell.sh("true && exit 3")
    assert failure.value.code == 1


def test_a_signal_is_a_failure() -> None:
    with pytest.raises(Abort, match="ended by signal SIGKILL"):
        shell.sh("kill -9 $$")


def test_a_hidden_command_is_never_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Abort) as failure:
        shell.sh("test s3cret = x", show_cmd=False)
    out, err = capfd.readouterr()
    assert "s3cret" not in out + err + str(failure.value)


def test_what_takes_too_long_ends_with_its_children() -> None:
    begin = time.monotonic()
    with pytest.raises(Abort, match=r"0\.2 seconds"):
        shell.sh("sleep 30 | cat", timeout=0.2, capture_output=True)
    assert time.monotonic() - begin < 20


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(Abort, match="no folder"):
        shell.sh("true", cwd=tmp_path / "none")
