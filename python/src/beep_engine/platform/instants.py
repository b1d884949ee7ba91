"""Moments as text. The module for that takes longer to import than half of a pool, and most never tell one."""


def iso_text(seconds: float) -> str:
    """Of seconds since 1970, to the millisecond, in UTC."""
    from datetime import datetime, timezone

    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")
