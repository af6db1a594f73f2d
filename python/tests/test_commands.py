from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from nua.agent import templates
from nua.commands import commands, main
from nua.lib import paths
from nua.lib.panic import Abort
from nua.lib.words import arguments, kind_of

from conftest import Programs



@pytest.mark.parametrize("name", sorted(set(commands()) - {"with-packages"}))
def test_every_command_can_be_called_from_words(name: str) -> None:
    for parameter in inspect.signature(commands()[name]).parameters.values():
        assert kind_of(parameter)


def test_words_are_a_list_and_options_have_names(programs: Programs, lists: Path) -> None:
    programs.add("apt-get")
    assert main(["install-packages", "git", "curl", "--keep-lists"]) == 0
    assert programs.calls[1] == ["apt-get", "install", "--yes", "--no-install-recommends", "git", "curl"]


def test_words_fill_parameters_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.ini").write_text("host=localhost")
    assert main(["replace_in", f"{tmp_path}/*.ini", "localhost", "broker"]) == 0
    assert (tmp_path / "a.ini").read_text() == "host=broker"


def test_pairs_are_named_and_add_up(tmp_path: Path) -> None:
    ini = tmp_path / "php.ini"
    ini.write_text(";memory_limit = 1M\n")
    command = ["set-php-ini-keys", str(ini), "--replacements", "memory_limit=512M", "--replacements=post_max_size=9M"]
    assert main(command) == 0
    assert ini.read_text() == "memory_limit = 512M\npost_max_size = 9M\n"


def test_a_command_keeps_its_own_options() -> None:
    function = commands()["exec-as-nua"]
    assert arguments(function, ["--cwd", "/x", "make", "--jobs", "2", "a b"]) == {"cwd": "/x", "cmd": "make --jobs 2 'a b'"}
    assert arguments(function, ["make && make install"]) == {"cmd": "make && make install"}


def test_packages_for_as_long_as_a_program_runs(programs: Programs, lists: Path) -> None:
    programs.add("apt-get", "make", "dpkg-query")
    assert main(["with-packages", "gcc", "--", "make", "--jobs", "install"]) == 0
    verbs = [call[:2] for call in programs.calls if call[0] != "dpkg-query"]
    assert verbs.index(["apt-get", "install"]) < verbs.index(["make", "--jobs"]) < verbs.index(["apt-get", "purge"])


def test_what_is_so_is_an_exit_code_and_what_is_there_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["is-local-dir", str(tmp_path)]) == 0
    assert main(["is-local-dir", str(tmp_path / "none")]) == 1
    for name in ("b", "a"):
        (tmp_path / name).write_text("x")
    assert main(["string-in", f"{tmp_path}/*", "x"]) == 0
    assert main(["snake-format", "someName"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{tmp_path}/a", f"{tmp_path}/b", "some_name"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["make-coffee"], "There is no action 'make-coffee'."),
        (["replace-in", "a", "b"], "replace-in: 'replacement' is missing."),
        (["is-local-dir", "a", "b"], "'b' is one word too many"),
        (["apt-update", "--now"], "there is no option '--now'"),
        (["build-python", "--user"], "'--user' wants a value"),
        (["gen-password", "many"], "'many' is no number for 'length'"),
        (["environ-replace-in", "a", "--env", "A"], "'A' is no NAME=VALUE for 'env'"),
        (["with-packages", "gcc"], "write the packages, then --"),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Abort) as refusal:
        main(words)
    assert refusal.value.code == 2
    assert said in capsys.readouterr().err


def test_what_fails_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Abort) as failure:
        main(["environ-replace-in", "/no/such/file"])
    assert failure.value.code == 1
    assert capsys.readouterr().err.startswith("Error: environ-replace-in: ")


def test_help_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name}" in listed for name in commands())
    assert "install-packages PACKAGES [--keep-lists]" in listed


def test_the_agent_fills_templates_with_what_the_build_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "template.json"
    data.write_text(json.dumps({"title": "App"}))
    monkeypatch.setattr(paths, "TEMPLATE_DATA", data)
    filled: list[object] = []
    monkeypatch.setattr(templates, "render_config_templates", filled.append)
    templates.render_at_start()
    assert filled == [{"title": "App"}]
