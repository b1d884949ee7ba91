"""A guard against code that starts processes without end: a worker may have so many, and is ended with all of them
when it has more."""

from typing import Callable, Dict, Iterator, Optional

from ..platform.families import Kin, all_kin, can_count, family_of, last_pid, stop_family
from .agenda import Agenda
from .station import Station

# Seconds between two looks: while there is somebody who could ask for code, and else.
LOOK_EVERY = 0.1
LOOK_RARELY = 2.0


class Crowds:
    """Counting takes milliseconds. So it is done only when the system has started so many processes since the last time
    that one of the workers can have too many now."""

    def __init__(self, agenda: Agenda, stations: Callable[[], Iterator[Station]], limit: int) -> None:
        self._agenda = agenda
        self._stations = stations
        self._limit = limit
        self._counted_at: Optional[int] = None
        # How many more there must be.
        self._room = 0

    def start(self) -> None:
        if can_count():
            self._agenda.add(LOOK_EVERY, self._look)

    def _look(self) -> None:
        newest = last_pid()
        # Ids begin anew after the highest one.
        if newest is None or self._counted_at is None or not 0 <= newest - self._counted_at < self._room:
            self._counted_at = newest
            self._count(all_kin())
        busy = any(station.has_clients for station in self._stations())
        self._agenda.add(LOOK_EVERY if busy else LOOK_RARELY, self._look)

    def _count(self, kin: Dict[int, Kin]) -> None:
        largest = 0
        for station in self._stations():
            if station.worker is None:
                continue
            family = family_of(station.worker.pid, kin)
            if len(family) > self._limit:
                reason = f"its code had started {len(family) - 1} processes (the limit is {self._limit})"
                station.end_worker(reason, stop_family(station.worker.pid))
            else:
                largest = max(largest, len(family))
        self._room = max(1, self._limit - largest)
