"""Says whether database and uploads tell the same story: `python3 -m guestbook.check`.

Exit code 0 when every picture an entry shows is there, byte for byte. It is the question to ask after a restore,
when the two come from different backups, and so it is a step of the test protocol.
"""

import hashlib
import sys
from pathlib import Path

from guestbook.database import Database
from guestbook.settings import Settings


def broken_pictures(database: Database, uploads: Path) -> list[str]:
    """One line for each entry whose picture is missing or changed."""
    with database.transaction() as cursor:
        cursor.execute("select id, picture, picture_sha256 from entry where picture is not null order by id")
        rows = cursor.fetchall()
    lines = []
    for number, picture, sha256 in rows:
        file = uploads / picture
        if not file.is_file():
            lines.append(f"entry {number}: {picture} is missing")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            lines.append(f"entry {number}: {picture} is not what was uploaded")
    return lines


if __name__ == "__main__":
    settings = Settings.from_environment()
    broken = broken_pictures(Database(settings.database), settings.uploads)
    print("\n".join(broken) or "guestbook: every picture is there.")
    sys.exit(1 if broken else 0)
