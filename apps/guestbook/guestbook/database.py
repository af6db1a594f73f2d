"""PostgreSQL, one connection for each thread, opened when it is first needed and kept."""

import select
import sys
import threading
import time
from contextlib import contextmanager

import psycopg2


class Database:
    def __init__(self, arguments: dict[str, str]):
        self._arguments = arguments
        self._thread = threading.local()

    @contextmanager
    def transaction(self):
        """A cursor. Leaving the block commits what it did; an error that leaves the block undoes it."""
        connection = self._connection()
        with connection, connection.cursor() as cursor:
            yield cursor

    def wait(self, seconds: float = 60) -> None:
        """Returns when the database answers. It often starts at the same moment as we do, and takes longer."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._connection()
                return
            except psycopg2.OperationalError as trouble:
                if time.monotonic() > deadline:
                    sys.exit(f"guestbook: no database after {seconds:.0f} seconds: {trouble}")
                time.sleep(0.25)

    def _connection(self):
        kept = getattr(self._thread, "connection", None)
        if kept is None or _has_ended(kept):
            self._thread.connection = self._open()
        return self._thread.connection

    def _open(self):
        return psycopg2.connect(
            **self._arguments,
            application_name="guestbook",
            client_encoding="UTF8",
            connect_timeout=3,
            options="-c statement_timeout=5s -c timezone=UTC",
        )


def _has_ended(connection) -> bool:
    # A server that restarts says goodbye, so there is something to read on a connection where we asked for
    # nothing. Looking costs no round trip, and a restarted database costs no visitor an error.
    return connection.closed or bool(select.select([connection], [], [], 0)[0])
