"""Entries: what a visitor may write, and how it is kept."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from guestbook import pictures
from guestbook.database import Database
from guestbook.pictures import Pictures

PAGE = 20


class InvalidEntry(Exception):
    """What the visitor should change: field by field, in words for the visitor."""

    def __init__(self, problems: dict[str, str]):
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class Draft:
    """What a visitor wants to write. `parse` is the only way to get one, so holding one means it was checked."""

    name: str
    message: str
    picture: bytes
    picture_text: str
    listed: bool

    @classmethod
    def parse(cls, fields: Mapping, picture: bytes = b"") -> "Draft":
        problems: dict[str, str] = {}

        def text(field: str, longest: int, missing: str = "") -> str:
            value = _clean(fields.get(field))
            if missing and not value:
                problems[field] = missing
            elif len(value) > longest:
                problems[field] = f"That is {len(value) - longest} characters too long: {longest} fit."
            return value

        draft = cls(
            name=text("name", 60, missing="Say who you are, or what you would like to be called."),
            message=text("message", 2000, missing="Write a few words."),
            picture=picture,
            picture_text=text("picture_text", 200),
            listed=str(fields.get("listed", "true")).lower() != "false",
        )
        if len(picture) > pictures.LARGEST:
            problems["picture"] = f"The picture is too large: {pictures.LARGEST // 1024 // 1024} MB fit."
        elif picture and pictures.kind_of(picture) is None:
            problems["picture"] = "This is not a PNG, JPEG, GIF or WebP picture."
        if problems:
            raise InvalidEntry(problems)
        return draft


@dataclass(frozen=True)
class Entry:
    id: int
    name: str
    message: str
    picture: str | None
    picture_text: str
    written_at: datetime
    mine: bool

    @property
    def initial(self) -> str:
        return self.name[0].upper()

    @property
    def hue(self) -> int:
        """0 to 5, and the same for the same name."""
        return sum(self.name.encode()) % 6


_COLUMNS = "id, name, message, picture, picture_text, written_at, token_hash = %(token)s as mine"


class Book:
    def __init__(self, database: Database, uploads: Pictures):
        self._database = database
        self._uploads = uploads

    def sign(self, draft: Draft, token: str) -> Entry:
        """Writes an entry. Whoever knows the token may remove it."""
        # The picture before its row, and away again after it (see remove). A failure in between leaves a picture that
        # no entry shows, which costs only room; the other way round it would leave an entry without its picture.
        picture = self._uploads.keep(draft.picture) if draft.picture else None
        with self._database.transaction() as cursor:
            cursor.execute(
                "insert into entry (name, message, picture, picture_sha256, picture_text, listed, token_hash)"
                " values (%(name)s, %(message)s, %(picture)s, %(sha256)s, %(picture_text)s, %(listed)s, %(token)s)"
                f" returning {_COLUMNS}",
                {
                    "name": draft.name,
                    "message": draft.message,
                    "picture": picture,
                    "sha256": hashlib.sha256(draft.picture).hexdigest() if picture else None,
                    "picture_text": draft.picture_text,
                    "listed": draft.listed,
                    "token": _hash(token),
                },
            )
            return Entry(*cursor.fetchone())

    def page(self, token: str = "", before: int | None = None) -> tuple[list[Entry], int | None]:
        """The newest entries, and the number to give as `before` for the older ones; None when there are none."""
        with self._database.transaction() as cursor:
            cursor.execute(
                f"select {_COLUMNS} from entry where listed and (%(before)s is null or id < %(before)s)"
                " order by id desc limit %(limit)s",
                {"token": _hash(token), "before": before, "limit": PAGE + 1},
            )
            entries = [Entry(*row) for row in cursor]
        older = entries[PAGE - 1].id if len(entries) > PAGE else None
        return entries[:PAGE], older

    def find(self, number: int) -> Entry | None:
        with self._database.transaction() as cursor:
            cursor.execute(f"select {_COLUMNS} from entry where id = %(id)s", {"token": "", "id": number})
            row = cursor.fetchone()
        return Entry(*row) if row else None

    def remove(self, number: int, token: str) -> bool:
        """False when there is no such entry, or the token is not its own: which of the two is nobody's business."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "delete from entry where id = %s and token_hash = %s returning picture", (number, _hash(token))
            )
            row = cursor.fetchone()
        if row and row[0]:
            self._uploads.remove(row[0])
        return row is not None

    def check(self) -> None:
        """Raises psycopg2.Error or OSError when an entry could not be written now."""
        with self._database.transaction() as cursor:
            cursor.execute("select 1")
        self._uploads.check_writable()


def _clean(value: object) -> str:
    """One kind of line end, no control characters, no halves of characters: some of them PostgreSQL refuses."""
    text = value if isinstance(value, str) else ""
    kept = (c for c in text.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _hash(token: str) -> str:
    # Tokens are long and random, so a plain digest is enough; who reads the database still cannot remove entries.
    return hashlib.sha256(token.encode()).hexdigest()
