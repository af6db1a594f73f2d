"""Brings the database to the schema this version needs: `python3 -m guestbook.migrate`.

Run it as often as you like. A migration that has been released is never edited; a new one is added below it.
Migrations only add (columns with defaults, tables, indexes), so that during an update the version before still
works on the new schema. What is no longer used goes one release later.
"""

from guestbook.database import Database
from guestbook.settings import Settings

MIGRATIONS = (
    """
    create table entry (
        id             bigint generated always as identity primary key,
        name           text not null,
        message        text not null,
        picture        text unique,                -- its file name in the upload folder
        picture_sha256 text,                       -- guestbook.check compares the file with it
        picture_text   text not null default '',   -- for those who cannot see the picture
        listed         boolean not null default true,
        token_hash     text not null,              -- whoever knows the token may remove the entry
        written_at     timestamptz not null default now()
    );
    create index entry_listed on entry (id desc) where listed;
    """,
)

ANY_NUMBER_OF_OUR_OWN = 7_265_891


def migrate(database: Database) -> int:
    """Returns the version of the schema. All of it happens, or none: PostgreSQL's DDL is transactional."""
    with database.transaction() as cursor:
        # Of two copies that start at once the second waits here, and then finds nothing left to do.
        cursor.execute("select pg_advisory_xact_lock(%s)", (ANY_NUMBER_OF_OUR_OWN,))
        cursor.execute(
            "create table if not exists schema_version ("
            " version integer primary key, applied_at timestamptz not null default now())"
        )
        cursor.execute("select coalesce(max(version), 0) from schema_version")
        (version,) = cursor.fetchone()
        for statements in MIGRATIONS[version:]:
            version += 1
            cursor.execute(statements)
            cursor.execute("insert into schema_version (version) values (%s)", (version,))
        return version


if __name__ == "__main__":
    database = Database(Settings.from_environment().database)
    database.wait()
    print(f"guestbook: the schema is at version {migrate(database)}.", flush=True)
