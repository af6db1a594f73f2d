"""Who a program runs as."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """A user of this container."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]
    home: str

    @property
    def is_current(self) -> bool:
        """Whether this program runs as that user."""
        return os.geteuid() == self.uid

    @property
    def environment(self) -> dict[str, str]:
        """The variables that say who one is."""
        return {"HOME": self.home, "USER": self.name, "LOGNAME": self.name}


def account(user: str) -> Account:
    """Look a user up; one that does not exist is a :class:`ValueError`."""
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise ValueError(f"There is no user '{user}' here. Make it with useradd first.") from None
    groups = tuple(os.getgrouplist(user, entry.pw_gid))
    return Account(user, entry.pw_uid, entry.pw_gid, groups, entry.pw_dir)


def may_become(wanted: Account) -> None:
    """Refuse with a :class:`ValueError` what only root may do: to become somebody else."""
    if os.geteuid() != 0 and not wanted.is_current:
        raise ValueError(
            f"Only root can become '{wanted.name}', and this program runs as user {os.geteuid()}."
            " Let root run the script, or call a function that keeps the user."
        )
