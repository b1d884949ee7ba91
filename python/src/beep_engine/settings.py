"""What a server allows its code: part of a pool's configuration, and told to every worker (docs/wire.md §8)."""

from typing import Any, Dict, NamedTuple, Optional

from .faults import bad_request

# Seconds; a week is as good as no limit.
LONGEST = 7 * 86400.0
LONGEST_GRACE = 86400.0
MOST_PROCESSES = 100_000
MOST_WAITING = 100_000


class Settings(NamedTuple):
    """`timeout` and `grace` are in seconds: how long a request may run that brings no limit of its own, and how long
    code has to yield to an interrupt before its process is ended. `processes` is how many a worker and what it has
    started may be, `queue` how many requests may wait for a worker."""

    timeout: Optional[float] = None
    grace: float = 5.0
    cancel_on_disconnect: bool = True
    processes: int = 512
    queue: int = 1000

    def document(self) -> Dict[str, Any]:
        return {
            "timeoutSeconds": self.timeout,
            "graceSeconds": self.grace,
            "cancelOnDisconnect": self.cancel_on_disconnect,
            "processLimit": self.processes,
            "queueLimit": self.queue,
        }


def read_settings(document: Dict[str, Any]) -> Settings:
    """A BAD_REQUEST fault names what is wrong. What is left out, or null, is as usual."""
    usual = Settings()
    grace = read_grace(document)
    processes = read_number(document, "processLimit", 1, MOST_PROCESSES)
    queue = read_number(document, "queueLimit", 1, MOST_WAITING)
    cancel = document.get("cancelOnDisconnect")
    if cancel not in (None, True, False):
        raise bad_request("cancelOnDisconnect must be true or false")
    return Settings(
        timeout=read_timeout(document),
        grace=usual.grace if grace is None else grace,
        cancel_on_disconnect=usual.cancel_on_disconnect if cancel is None else bool(cancel),
        processes=usual.processes if processes is None else int(processes),
        queue=usual.queue if queue is None else int(queue),
    )


def read_timeout(document: Dict[str, Any]) -> Optional[float]:
    return read_number(document, "timeoutSeconds", 0.001, LONGEST)


def read_grace(document: Dict[str, Any]) -> Optional[float]:
    return read_number(document, "graceSeconds", 0, LONGEST_GRACE)


def read_number(document: Dict[str, Any], field: str, least: float, most: float) -> Optional[float]:
    value = document.get(field)
    if value is None:
        return None
    if type(value) not in (int, float) or not least <= value <= most:
        raise bad_request(f"{field} must be a number from {least:g} to {most:g}")
    return value
