"""Values that nobody can guess."""

from __future__ import annotations

import secrets
import string

__all__ = ["gen_password", "gen_randint"]

_LETTERS = string.ascii_letters
_SIGNS = string.ascii_letters + string.digits
_SHORTEST = 5
_DIGITS = 3


def gen_password(length: int = 24) -> str:
    """Return a password of letters and digits that begins with a letter.

    At least one letter is lower case, one is upper case, and three signs are digits; a shorter length than five leaves
    no room for that and is a :class:`ValueError`.
    """
    if length < _SHORTEST:
        raise ValueError(f"A password of {length} signs is too short: it takes {_SHORTEST} at least.")
    # Drawing again until the rules hold leaves every password that satisfies them equally probable.
    while not _acceptable(password := _draw(length)):
        pass
    return password


def gen_randint() -> int:
    """Return a number from 0 to 2^64 - 1."""
    return secrets.randbits(64)


def _draw(length: int) -> str:
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(length - 1))


def _acceptable(password: str) -> bool:
    return (
        any(sign.islower() for sign in password)
        and any(sign.isupper() for sign in password)
        and sum(sign.isdigit() for sign in password) >= _DIGITS
    )
