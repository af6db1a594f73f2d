"""A guestbook: entries in PostgreSQL, pictures in a folder."""
