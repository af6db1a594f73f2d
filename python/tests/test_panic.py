from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from nua.lib import panic, paths, verbosity
from nua.lib.colours import RED, coloured


@pytest.fixture(autouse=True)
def level() -> Iterator[None]:
    before = verbosity.verbosity()
    verbosity.set_verbosity(0)
    yield
    verbosity.set_verbosity(before)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_abort_says_why_and_ends_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        raise panic.Abort("no such file", 3, explanation="Make it first.")
    assert ended.value.code == 3
    assert str(ended.value) == "no such file"
    assert capsys.readouterr().err == "Error: no such file\nMake it first.\n"


def test_an_abort_that_is_caught_is_over() -> None:
    with pytest.raises(panic.Abort) as ended:
        raise panic.Abort("no such file")
    assert (ended.value.status, ended.value.message, ended.value.explanation) == (1, "no such file", "")


def test_a_warning_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    panic.warning("old", "Write the new form.")
    assert capsys.readouterr().err == "Warning: old\nWrite the new form.\n"


ORDINARY = [panic.show, panic.info, panic.title, panic.important, panic.bold, panic.red_line]


@pytest.mark.parametrize(
    ("level", "count"), [(-1, 0), (0, len(ORDINARY)), (1, len(ORDINARY) + 1), (3, len(ORDINARY) + 2)]
)
def test_what_is_printed_depends_on_the_verbosity(capsys: pytest.CaptureFixture[str], level: int, count: int) -> None:
    verbosity.set_verbosity(level)
    for say in [*ORDINARY, panic.vprint, panic.debug]:
        say("text", 1)
    assert capsys.readouterr().out.count("text 1\n") == count


def test_verbosity_stays_within_its_bounds() -> None:
    verbosity.set_verbosity(9)
    assert verbosity.verbosity() == 4
    verbosity.set_verbosity(-9)
    assert verbosity.verbosity() == -1


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(paths, "METADATA", tmp_path / "none")
    assert coloured("x", RED, Terminal()) == "\033[31mx\033[0m"
    assert coloured("x", RED, io.StringIO()) == "x"

    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured("x", RED, Terminal()) == "x"


def test_colours_are_off_in_a_container(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(paths, "METADATA", tmp_path)
    assert coloured("x", RED, Terminal()) == "x"
