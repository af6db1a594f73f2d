"""What the environment tells the guestbook: read once, at the edge."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    title: str
    uploads: Path
    # Kept out of repr(), which finds its way into logs and error reports.
    secret_key: str = field(repr=False)
    database: dict[str, str] = field(repr=False)

    @classmethod
    def from_environment(cls) -> "Settings":
        return cls(
            title=os.environ.get("GUESTBOOK_TITLE", "Guestbook"),
            uploads=Path(_required("UPLOADS")),
            secret_key=_required("SECRET_KEY"),
            database={
                "host": _required("DB_HOST"),
                "port": os.environ.get("DB_PORT", "5432"),
                "dbname": _required("DB_NAME"),
                "user": _required("DB_USER"),
                "password": _required("DB_PASSWORD"),
            },
        )


def _required(name: str) -> str:
    # A sentence and an exit code: nobody should have to read a stack trace to learn that a variable is missing.
    value = os.environ.get(name)
    if not value:
        sys.exit(f"guestbook: the environment has no {name}.")
    return value
