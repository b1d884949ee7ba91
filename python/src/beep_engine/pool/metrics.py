"""What a server has done and has in hand, for `metrics` (docs/wire.md §2.4)."""

import os
from typing import Any, Dict, Iterator, List, Optional, Tuple

from ..control import Document
from ..counters import BOUNDS, Tally
from ..platform.instants import iso_text
from ..platform.process_usage import usage_of
from .berth import Berth
from .station import Station

Own = List[Tuple[str, Station]]


class Metrics:
    """`started` is when the server was, in seconds since 1970."""

    def __init__(self, queue_limit: int, started: float) -> None:
        self._queue_limit = queue_limit
        self._started = started
        # Of sessions with a process of their own that are over.
        self._ended = Tally()

    def keep(self, station: Station) -> None:
        """It is about to go, with the process of its session."""
        self._ended = self._ended.plus(station.table.counters.tally())

    def document(self, berths: List[Berth], own: Own, held: List[Document]) -> Document:
        """`own` are the sessions with a process of their own, `held` is what each worker of all says of itself."""
        stations = [*(berth.station for berth in berths), *(station for _, station in own)]
        tallies = [station.table.counters.tally() for station in stations]
        tally = self._ended
        for one in tallies:
            tally = tally.plus(one)
        running = sum(1 for one in tallies if one.in_flight)
        return {
            "startedAt": iso_text(self._started),
            **work(tally, running),
            "queueLimit": self._queue_limit,
            "connections": sum(station.connections for station in stations),
            "workers": sum(1 for berth in berths if berth.station.is_ready),
            "workersLost": sum(berth.lost for berth in berths),
            "sessions": sum(one.get("sessions", 0) for one in held) + len(own),
            "handles": sum(one.get("handles", 0) for one in held)
            + sum(station.table.use().handles for _, station in own),
            "processes": list(_processes(berths, own)),
            **({"eachWorker": list(map(_one_worker, berths, held))} if len(berths) > 1 else {}),
        }


def work(tally: Tally, running: int) -> Document:
    return {
        "requests": tally.requests,
        "errors": tally.errors,
        "latency": {"bounds": list(BOUNDS), "counts": list(tally.latencies), "totalSeconds": tally.seconds},
        "running": running,
        "waiting": tally.in_flight - running,
    }


def process(role: str, pid: int, **which: Any) -> Document:
    usage = usage_of(pid)
    described: Dict[str, Any] = {"role": role, "pid": pid, **which}
    if usage is not None:
        described.update(cpuSeconds=round(usage.cpu_seconds, 3), memoryBytes=usage.memory_bytes)
    return described


def _one_worker(berth: Berth, held: Document) -> Document:
    station, worker = berth.station, berth.station.worker
    tally = station.table.counters.tally()
    running = min(1, tally.in_flight)
    pid: Optional[int] = None if worker is None else worker.pid
    return {
        "worker": berth.post.worker,
        "pid": pid,
        "ready": station.is_ready,
        "lost": berth.lost,
        "requests": tally.requests,
        "failed": sum(tally.errors.values()),
        "running": running,
        "waiting": tally.in_flight - running,
        "connections": station.connections,
        "sessions": held.get("sessions", 0),
        "handles": held.get("handles", 0),
    }


def _processes(berths: List[Berth], own: Own) -> Iterator[Document]:
    yield process("pool", os.getpid())
    for berth in berths:
        if berth.station.worker is not None:
            yield process("worker", berth.station.worker.pid, **berth.which())
    for session_id, station in own:
        if station.worker is not None:
            yield process("session", station.worker.pid, sessionId=session_id)
