"""Code in a session's own process that keeps a processor busy lets others go first: where there are fewer processors
than busy sessions, short calls of others stay short."""

import time
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

from ..platform.priority import can_stand_back, come_forward, stand_back, wanted_seconds
from .agenda import Agenda
from .station import Station

# Seconds between two looks: while there are such sessions, and else.
LOOK_EVERY = 0.2
LOOK_RARELY = 1.0
# The share of the time from which on it is called busy: in which it runs, or would if others did not.
BUSY = 0.5


class Seen(NamedTuple):
    """`before` is the niceness of one that stands back."""

    at: float
    wanted: float
    before: Optional[int] = None


class Hogs:
    def __init__(self, agenda: Agenda, sessions: Callable[[], List[Tuple[str, Station]]]) -> None:
        self._agenda = agenda
        self._sessions = sessions
        self._seen: Dict[int, Seen] = {}

    def start(self) -> None:
        if can_stand_back():
            self._agenda.add(LOOK_RARELY, self._look)

    def _look(self) -> None:
        stations = [station for _, station in self._sessions()]
        seen: Dict[int, Seen] = {}
        for station in stations:
            if station.worker is not None:
                pid = station.worker.pid
                now = self._look_at(pid, self._seen.get(pid), station.table.use().requests > 0)
                if now is not None:
                    seen[pid] = now
        self._seen = seen
        self._agenda.add(LOOK_EVERY if stations else LOOK_RARELY, self._look)

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
