"""Which worker a client would rather have, of a server with several (docs/wire.md §2.7)."""

import re
from typing import Any, Dict, Optional

_OWNER = re.compile(r"[hs]([1-9][0-9]?)\.[0-9]+-")
# What always leaves an object behind.
_MAKES_HANDLES = frozenset(("import", "create", "wrap"))


def worker_of(id: Any) -> Optional[int]:
    """Whose handle or session this is; None where the server has one worker, and ids do not say."""
    found = _OWNER.match(id) if isinstance(id, str) else None
    return int(found[1]) if found else None


class WorkerWish:
    """What is kept outside of sessions shall be together; calls that keep nothing go wherever there is the least to
    do, until something has been kept."""

    def __init__(self) -> None:
        self._met: Optional[int] = None
        self.home: Optional[int] = None
        """The worker that has objects of ours, outside of all sessions."""

    def heard(self, payload: Dict[str, Any], reply: Dict[str, Any]) -> None:
        if self.home is not None:
            return
        owner = worker_of(reply.get("handleId"))
        if owner is not None and payload.get("sessionId") is None:
            self.home = owner
        elif self._met is None:
            told = reply.get("worker")
            self._met = owner or worker_of(reply.get("sessionId")) or (told if type(told) is int else None)

    def of(self, command: str, payload: Dict[str, Any]) -> Optional[int]:
        if payload.get("sessionId") is not None:
            return None
        return self.home or (self._met if command in _MAKES_HANDLES else None)
