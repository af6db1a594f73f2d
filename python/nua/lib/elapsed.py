"""Durations as people say them."""

from __future__ import annotations

__all__ = ["elapsed"]

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def elapsed(seconds: float) -> str:
    """Return ``23.46s``, ``2min 3s``, ``1h 2min 3s`` or ``1d 2h 3min``."""
    if round(seconds, 2) < _MINUTE:
        return f"{seconds:.2f}s"
    whole = round(seconds)
    days, hours, minutes = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR // _MINUTE
    if days:
        return f"{days}d {hours}h {minutes}min"
    return f"{hours}h {minutes}min {whole % _MINUTE}s" if hours else f"{minutes}min {whole % _MINUTE}s"
