"""Dates as parts of names."""

from __future__ import annotations

from datetime import datetime, timezone

__all__ = ["backup_date"]


def backup_date() -> str:
    """Return the time in UTC, such as ``2023-05-31-235959``: as text, the older one comes first."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%d-%H%M%S")
