"""The pool's single thread: keeps the workers of all alive, looks after those of sessions, and ends with its host."""

import os
import time
from typing import TYPE_CHECKING, Callable, Iterator, List, Optional

from ..control import Document
from ..faults import Fault
from ..platform.garbage import begin_collecting
from ..posts import ALONE, Post, share_of_queue
from ..settings import Settings
from .berth import Berth
from .config import PoolConfig
from .crew import Crew
from .entrance import RETRY, Entrance
from .forerunner import Forerunner
from .launch import StartWorker, spawn_worker
from .listener import Listener
from .loop import Loop
from .relay import Relay
from .signals import SignalPipe
from .station import Station

if TYPE_CHECKING:
    from .metrics import Metrics
    from .own_sessions import OwnSessions

# Seconds that workers have to say that they are ready, and to end when they are asked to.
READY_PATIENCE = 60.0
STOP_PATIENCE = 2.0
# Seconds after which the pool imports what its next forks will need: later than the first clients, sooner than a death.
WARM_AFTER = 1.0

OnReady = Callable[[], None]
OnQuestion = Callable[[int, Document], None]


class Supervisor:
    """`listeners` are one for each worker and, where there are several, before them that of all. Without a `forerunner`
    workers are spawned."""

    def __init__(self, listeners: List[Listener], config: PoolConfig, forerunner: Optional[Forerunner] = None) -> None:
        self._infrastructure = config.infrastructure
        self._forks = forerunner is not None
        self._start_worker: StartWorker = spawn_worker if forerunner is None else forerunner.start
        self._settings = config.settings
        self._loop = Loop()
        self._signals = SignalPipe()
        self._path = config.path
        self._started_at = time.time()
        # Both are made when somebody asks for them: what they stand on would be loaded before the first worker is.
        self._made_metrics: Optional[Metrics] = None
        self._made_sessions: Optional[OwnSessions] = None
        share = config.settings._replace(queue=share_of_queue(config.settings.queue, config.workers))
        self._crew = Crew([])
        self._entrance: Optional[Entrance] = None
        if config.workers > 1:
            self._entrance = Entrance(self._loop, listeners[0], lambda client: self._crew.least_loaded().take(client))

        def berth(worker: int) -> Berth:
            post, listener = Post(worker, config.workers, config.path), listeners[worker - config.workers - 1]

            def make(on_ready: OnReady, on_question: OnQuestion) -> Station:
                relay = forerunner.relay if forerunner is not None and worker == 1 else None
                return self._station(listener, on_ready, on_question, share, post, relay)

            return Berth(self._loop, post, make, self._on_question)

        self._crew.berths.extend(berth(worker) for worker in range(1, config.workers + 1))
        self._stopping = False
        self._over = False

    def start(self) -> List[int]:
        """Starts the first workers and waits until they are ready; gives their pids. Raises Fault."""
        self._loop.watch(self._signals.reader, self._on_signals)
        self._loop.watch(0, self._on_stdin)
        for berth in self._crew.berths:
            berth.launch()
        # While the workers load what they are made of.
        self._guard_against_crowds()
        deadline = time.monotonic() + READY_PATIENCE
        while not self._crew.is_ready:
            if self._over:
                raise Fault("INTERNAL", "the pool was asked to end before it was ready")
            if time.monotonic() > deadline:
                raise Fault("INTERNAL", f"the worker was not ready within {READY_PATIENCE:.0f} seconds")
            self._turn(RETRY)
        return [station.worker.pid for station in self._crew.stations() if station.worker is not None]

    def run(self) -> int:
        """Serves until the end; gives the exit code."""
        begin_collecting()
        if self._forks:
            self._loop.agenda.add(WARM_AFTER, _import_worker)
        try:
            for station in self._crew.stations():
                station.accept()
            if self._entrance is not None:
                self._entrance.open()
            while not self._over:
                self._turn(self._loop.agenda.until_next())
            return 0
        except Fault as fault:
            self._crew.first.relay.tell("pool.failed", code=fault.code, message=fault.message, details=fault.details)
            return 1
        finally:
            self.close()

    def close(self) -> None:
        if self._entrance is not None:
            self._entrance.close()
        if self._made_sessions is not None:
            self._made_sessions.close()
        for station in self._crew.stations():
            station.close()

    def _stations(self) -> Iterator[Station]:
        yield from self._crew.stations()
        yield from self._stations_of_sessions()

    def _stations_of_sessions(self) -> Iterator[Station]:
        return iter(()) if self._made_sessions is None else self._made_sessions.stations()

    def _station(
        self,
        listener: Listener,
        on_ready: OnReady,
        on_question: OnQuestion,
        settings: Optional[Settings] = None,
        post: Post = ALONE,
        relay: Optional[Relay] = None,
    ) -> Station:
        def forget() -> None:
            self._forget(station)

        station = Station(
            self._loop,
            listener,
            self._start_worker,
            settings or self._settings,
            forget,
            on_ready,
            on_question,
            self._infrastructure,
            post,
            relay,
        )
        return station

    def _turn(self, timeout: Optional[float]) -> None:
        self._loop.turn(timeout)
        for station in list(self._stations()):
            station.tend_relay()

    # The host.

    def _on_stdin(self) -> None:
        if not os.read(0, 65536):
            self._over = True

    def _on_signals(self) -> None:
        happened = self._signals.take()
        if happened.child:
            self._look_after_workers()
        if happened.stop:
            self._stop()

    def _stop(self) -> None:
        """An orderly end: the workers may run their exit handlers. Asked a second time, they are killed at once."""
        if self._stopping or not self._crew.ask_to_stop():
            self._over = True
            return
        self._stopping = True
        self._loop.agenda.clear()
        self._loop.agenda.add(STOP_PATIENCE, self._end)
        if self._entrance is not None:
            self._entrance.close()
        for station in self._crew.stations():
            station.stop_listening()
        if self._made_sessions is not None:
            self._made_sessions.ask_all_to_stop()

    def _end(self) -> None:
        self._over = True

    # What is loaded when it is needed.

    @property
    def _metrics(self) -> "Metrics":
        if self._made_metrics is None:
            from .metrics import Metrics

            self._made_metrics = Metrics(self._settings.queue, self._started_at)
        return self._made_metrics

    @property
    def _sessions(self) -> "OwnSessions":
        if self._made_sessions is None:
            from .own_sessions import OwnSessions

            self._made_sessions = OwnSessions(self._loop, self._path, self._station, self._metrics.keep)
        return self._made_sessions

    def _guard_against_crowds(self) -> None:
        # What tells of a worker's death is loaded, too, before the code could have used up all open files.
        from . import lost  # noqa: F401
        from .crowds import Crowds

        Crowds(self._loop.agenda, self._stations, self._settings.processes).start()

    # The workers.

    def _forget(self, own: Station) -> None:
        """In a forked worker: closes what belongs to the pool alone."""
        self._loop.close()
        self._signals.close()
        if self._entrance is not None:
            self._entrance.let_go()
        for station in self._stations():
            station.let_go(station is own)

    def _on_question(self, asker: Berth, question: Document, answer: Callable[[Document], bool]) -> None:
        kind = question["question"]
        if kind == "metrics":
            self._measure(asker, question["held"], answer)
        elif kind == "list":
            self._list_sessions(asker, question, answer)
        else:
            self._sessions.take(question, answer)

    def _measure(self, asker: Berth, held: Document, answer: Callable[[Document], bool]) -> None:
        def done(others: List[Document]) -> None:
            berths = self._crew.berths
            everyone = list(others)
            everyone.insert(berths.index(asker), held)
            answer(self._metrics.document(berths, self._sessions.by_id(), everyone))

        self._crew.gather(asker, False, done)

    def _list_sessions(self, asker: Berth, question: Document, answer: Callable[[Document], bool]) -> None:
        """Those that the asker does not know by itself."""

        def done(others: List[Document]) -> None:
            known = [session for held in others for session in held.get("described", ())]
            self._sessions.take(question, lambda own: answer({"sessions": known + own["sessions"]}))

        self._crew.gather(asker, True, done)

    def _look_after_workers(self) -> None:
        for berth in self._crew.berths:
            berth.look_after(replaces=not self._stopping)
        if self._made_sessions is not None:
            self._made_sessions.look_after_workers()
        if self._stopping and self._crew.is_gone and not any(self._stations_of_sessions()):
            self._over = True


def _import_worker() -> None:
    from ..worker import process, rest  # noqa: F401
