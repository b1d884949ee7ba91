"""Code in a session's own process that keeps a processor busy lets others go first: where there are fewer processors
than busy sessions, short calls of others stay short."""

import time
from typing import Callable, Dict, Iterable, NamedTuple, Optional

from ..platform.priority import can_stand_back, come_forward, stand_back, wanted_seconds
from .agenda import Agenda
from .station import Station

# Seconds between two looks, while there are such sessions.
LOOK_EVERY = 0.2
# The share of the time from which on it is called busy: in which it runs, or would if others did not.
BUSY = 0.5


class Seen(NamedTuple):
    """`before` is the niceness of one that stands back."""

    at: float
    wanted: float
    before: Optional[int] = None


class Hogs:
    def __init__(self, agenda: Agenda, sessions: Callable[[], Iterable[Station]]) -> None:
        self._agenda = agenda
        self._sessions = sessions
        self._seen: Dict[int, Seen] = {}
        self._watches = False

    def watch(self) -> None:
        """There is a session, and more may come, until there is none any more."""
        if can_stand_back() and not self._watches:
            self._watches = True
            self._agenda.add(LOOK_EVERY, self._look)

    def _look(self) -> None:
        stations = list(self._sessions())
        seen: Dict[int, Seen] = {}
        for station in stations:
            if station.worker is not None:
                pid = station.worker.pid
                now = self._look_at(pid, self._seen.get(pid), station.table.use().requests > 0)
                if now is not None:
                    seen[pid] = now
        self._seen = seen
        self._watches = bool(stations)
        if stations:
            self._agenda.add(LOOK_EVERY, self._look)

    @staticmethod
    def _look_at(pid: int, last: Optional[Seen], works: bool) -> Optional[Seen]:
        """None when there is nothing to compare the next look with."""
        if not works:
            if last is not None and last.before is not None:
                come_forward(pid, last.before)
            return None
        wanted, now = wanted_seconds(pid), time.monotonic()
        if wanted is None:
            return None
        if last is None or last.before is not None:
            return Seen(now, wanted, last and last.before)
        is_busy = wanted - last.wanted >= BUSY * (now - last.at)
        return Seen(now, wanted, stand_back(pid) if is_busy else None)
