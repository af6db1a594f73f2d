from __future__ import annotations

from pathlib import Path

import pytest
from nua.lib import actions


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("one.two one+two\n")
    (tmp_path / "sub" / "b.txt").write_text("one.two\n")
    (tmp_path / "sub" / "c.ini").write_text("one.two\n")
    return tmp_path


def test_a_text_is_replaced_literally_in_all_matching_files(tree: Path) -> None:
    actions.replace_in(str(tree / "**" / "*.txt"), "one.two", r"\1 $x")
    assert (tree / "a.txt").read_text() == "\\1 $x one+two\n"
    assert (tree / "sub" / "b.txt").read_text() == "\\1 $x\n"
    assert (tree / "sub" / "c.ini").read_text() == "one.two\n"


def test_other_bytes_survive_a_replacement(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xff one\r\n")
    actions.replace_in(tmp_path / "a", "one", "two")
    assert (tmp_path / "a").read_bytes() == b"\xff two\r\n"


def test_files_that_contain_a_text(tree: Path) -> None:
    assert actions.string_in(tree / "**", "one.two") == [tree / "a.txt", tree / "sub" / "b.txt", tree / "sub" / "c.ini"]
    assert actions.string_in(tree / "*", "one+two") == [tree / "a.txt"]
    assert actions.string_in(tree / "*", "three") == []


def test_variables_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB_HOST", "db")
    monkeypatch.delenv("NOBODY", raising=False)
    file = tmp_path / "a"
    file.write_text("$DB_HOST:${PORT} ${NOBODY} $$ 5$\n")
    actions.environ_replace_in(file, {"PORT": "5432"})
    assert file.read_text() == "db:5432 ${NOBODY} $$ 5$\n"


def test_lines_for_bash_are_added_once(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("alias a=b")
    for _ in range(2):
        actions.append_bashrc(tmp_path, "export X=1")
    assert (tmp_path / ".bashrc").read_text() == "alias a=b\nexport X=1\n"


def test_a_home_without_bashrc_gets_one(tmp_path: Path) -> None:
    actions.append_bashrc(str(tmp_path), "export X=1\n")
    assert (tmp_path / ".bashrc").read_text() == "export X=1\n"


def test_keys_of_php(tmp_path: Path) -> None:
    file = tmp_path / "php.ini"
    file.write_text("memory_limit = 128M\n;date.timezone =\nmemory_limit_x = 1")
    actions.set_php_ini_keys({"memory_limit": "512M", "date.timezone": r"Europe\Paris"}, file)
    actions.set_php_ini_keys([("expose_php", "Off")], str(file))
    assert file.read_text().splitlines() == [
        "memory_limit = 512M",
        r"date.timezone = Europe\Paris",
        "memory_limit_x = 1",
        "expose_php = Off",
    ]


def test_a_file_of_a_package(tmp_path: Path) -> None:
    actions.copy_from_package("nua", "py.typed", tmp_path / "new")
    actions.copy_from_package("nua.lib", "paths.py", str(tmp_path), "renamed")
    assert (tmp_path / "new" / "py.typed").exists()
    assert "/nua" in (tmp_path / "renamed").read_text()
