"""What a server has done and has in hand, for `metrics` (docs/wire.md §2.4)."""

import os
from datetime import datetime, timezone
from typing import Any, Dict, Iterator, List, Optional, Tuple

from ..control import Document
from ..counters import BOUNDS, Tally
from ..platform.process_usage import usage_of
from .station import Station


class Metrics:
    """`lost` counts the workers of all that were lost."""

    def __init__(self, queue_limit: int) -> None:
        self.lost = 0
        self._queue_limit = queue_limit
        self._started = datetime.now(timezone.utc)
        # Of sessions with a process of their own that are over.
        self._ended = Tally()

    def keep(self, station: Station) -> None:
        """It is about to go, with the process of its session."""
        self._ended = self._ended.plus(station.table.counters.tally())

    def document(self, main: Station, own: List[Tuple[str, Station]], held: Dict[str, int]) -> Document:
        """`own` are the sessions with a process of their own, `held` is what the worker of all says of itself."""
        stations = [main, *(station for _, station in own)]
        tallies = [station.table.counters.tally() for station in stations]
        tally = self._ended
        for one in tallies:
            tally = tally.plus(one)
        running = sum(1 for one in tallies if one.in_flight)
        return {
            "startedAt": self._started.isoformat(timespec="milliseconds"),
            **work(tally, running),
            "queueLimit": self._queue_limit,
            "connections": sum(station.connections for station in stations),
            "workers": sum(1 for station in (main,) if station.worker is not None and station.worker.ready),
            "workersLost": self.lost,
            "sessions": held["sessions"] + len(own),
            "handles": held["handles"] + sum(station.table.use().handles for _, station in own),
            "processes": list(_processes(main, own)),
        }


def work(tally: Tally, running: int) -> Document:
    return {
        "requests": tally.requests,
        "errors": tally.errors,
        "latency": {"bounds": list(BOUNDS), "counts": list(tally.latencies), "totalSeconds": tally.seconds},
        "running": running,
        "waiting": tally.in_flight - running,
    }


def process(role: str, pid: int, session_id: Optional[str] = None) -> Document:
    usage = usage_of(pid)
    described: Dict[str, Any] = {"role": role, "pid": pid}
    if session_id is not None:
        described["sessionId"] = session_id
    if usage is not None:
        described.update(cpuSeconds=round(usage.cpu_seconds, 3), memoryBytes=usage.memory_bytes)
    return described


def _processes(main: Station, own: List[Tuple[str, Station]]) -> Iterator[Document]:
    yield process("pool", os.getpid())
    if main.worker is not None:
        yield process("worker", main.worker.pid)
    for session_id, station in own:
        if station.worker is not None:
            yield process("session", station.worker.pid, session_id)
