"""What the tests share: programs that only write down how they were called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from nua.lib import paths
from nua.lib.actions import apt

# As root they would install packages on whatever machine this is.
collect_ignore = [] if paths.METADATA.exists() and os.geteuid() == 0 else ["image"]


class Programs:
    """Stand-ins on the search path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = folder / "calls"

    def add(self, *names: str, prints: str = "", code: int = 0) -> None:
        """Make programs that note their arguments, print a text and end with a code."""
        for name in names:
            (self.folder / f"{name}.out").write_text(prints)
            program = self.folder / name
            program.write_text(
                "#!/bin/bash\n"
                f"{{ printf '%s\\x1f' {name} \"$@\"; echo; }} >> {self._log}\n"
                f"cat {self.folder / name}.out\nexit {code}\n"
            )
            program.chmod(0o755)

    @property
    def calls(self) -> list[list[str]]:
        """Every call so far, as an argument list."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        return [line.split("\x1f")[:-1] for line in lines]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """An empty collection of programs, first on the search path."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return Programs(folder)


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of apt's lists, empty as in a new image."""
    folder = tmp_path / "lists"
    folder.mkdir()
    monkeypatch.setattr(apt, "LISTS", folder)
    return folder


@pytest.fixture(autouse=True)
def no_environment_of_mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's own virtual environments out of the tests."""
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("PIP_PYTHON", raising=False)
    monkeypatch.setattr(paths, "VENV", tmp_path / "no-venv")
