"""The books, in a SQLite database on the volume."""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

LONGEST = 200

SCHEMA = """
CREATE TABLE IF NOT EXISTS book (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0
) STRICT
"""


class NotABook(Exception):
    """Says what is wrong with what somebody wrote."""


class Books:
    def __init__(self, folder=None):
        self._file = Path(folder or os.environ.get("DATA", ".")) / "books.sqlite"
        with self._open() as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(SCHEMA)

    @contextmanager
    def _open(self):
        with closing(sqlite3.connect(self._file, timeout=10)) as database:
            database.row_factory = sqlite3.Row
            with database:  # one transaction
                yield database

    def all(self):
        with self._open() as database:
            return database.execute("SELECT * FROM book ORDER BY read, id DESC").fetchall()

    def find(self, number):
        with self._open() as database:
            return database.execute("SELECT * FROM book WHERE id = ?", (number,)).fetchone()

    def add(self, title, author):
        title, author = " ".join(title.split()), " ".join(author.split())
        if not title:
            raise NotABook("Write the title.")
        if max(len(title), len(author)) > LONGEST:
            raise NotABook(f"Title and author have up to {LONGEST} letters each.")
        with self._open() as database:
            return database.execute("INSERT INTO book (title, author) VALUES (?, ?)", (title, author)).lastrowid

    def mark(self, number):
        """Read becomes unread, unread becomes read."""
        with self._open() as database:
            return database.execute("UPDATE book SET read = 1 - read WHERE id = ?", (number,)).rowcount > 0

    def remove(self, number):
        with self._open() as database:
            return database.execute("DELETE FROM book WHERE id = ?", (number,)).rowcount > 0
