"""The pool's single thread: keeps the worker of all alive, looks after those of sessions, and ends with its host."""

import os
import time
from typing import Callable, Iterator, Optional

from ..control import Document
from ..faults import Fault
from .config import PoolConfig
from .crowds import Crowds
from .guard import RestartGuard
from .listener import Listener
from .loop import Loop
from .lost import Loss
from .metrics import Metrics
from .own_sessions import OwnSessions
from .signals import SignalPipe
from .station import RETRY, Station

# Seconds a worker has to say that it is ready, and to end when it is asked to.
READY_PATIENCE = 60.0
STOP_PATIENCE = 2.0
# Seconds after which the pool imports what its next forks will need: later than the first clients, sooner than a death.
WARM_AFTER = 1.0

OnReady = Callable[[], None]
OnQuestion = Callable[[int, Document], None]


class Supervisor:
    def __init__(self, listener: Listener, config: PoolConfig) -> None:
        self._settings = config.settings
        self._infrastructure = config.infrastructure
        self._spawn = config.start == "spawn"
        self._loop = Loop()
        self._guard = RestartGuard()
        self._signals = SignalPipe()
        self._main = self._station(listener, self._on_ready, self._on_question)
        self._metrics = Metrics(config.settings.queue)
        self._sessions = OwnSessions(self._loop, listener.path, self._station, self._metrics.keep)
        self._epoch = 0
        self._started_at = 0.0
        self._stopping = False
        self._over = False

    def start(self) -> int:
        """Starts the first worker and waits until it is ready; gives its pid. Raises Fault."""
        self._loop.watch(self._signals.reader, self._on_signals)
        self._loop.watch(0, self._on_stdin)
        self._launch()
        deadline = time.monotonic() + READY_PATIENCE
        while self._main.worker is None or not self._main.worker.ready:
            if self._over:
                raise Fault("INTERNAL", "the pool was asked to end before it was ready")
            if time.monotonic() > deadline:
                raise Fault("INTERNAL", f"the worker was not ready within {READY_PATIENCE:.0f} seconds")
            self._turn(RETRY)
        return self._main.worker.pid

    def run(self) -> int:
        """Serves until the end; gives the exit code."""
        if not self._spawn:
            self._loop.agenda.add(WARM_AFTER, _import_worker)
        Crowds(self._loop.agenda, self._stations, self._settings.processes).start()
        try:
            self._main.accept()
            while not self._over:
                self._turn(self._loop.agenda.until_next())
            return 0
        except Fault as fault:
            self._main.relay.tell("pool.failed", code=fault.code, message=fault.message, details=fault.details)
            return 1
        finally:
            self.close()

    def close(self) -> None:
        self._sessions.close()
        self._main.close()

    def _stations(self) -> Iterator[Station]:
        yield self._main
        yield from self._sessions.stations()

    def _station(self, listener: Listener, on_ready: OnReady, on_question: OnQuestion) -> Station:
        def forget() -> None:
            self._forget(station)

        settings, infrastructure = self._settings, self._infrastructure
        station = Station(self._loop, listener, self._spawn, settings, forget, on_ready, on_question, infrastructure)
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
        if self._stopping or not self._main.ask_to_stop():
            self._over = True
            return
        self._stopping = True
        self._loop.agenda.clear()
        self._loop.agenda.add(STOP_PATIENCE, self._end)
        self._main.stop_listening()
        self._sessions.ask_all_to_stop()

    def _end(self) -> None:
        self._over = True

    # The workers.

    def _launch(self) -> None:
        self._epoch += 1
        self._started_at = time.monotonic()
        self._main.launch(self._epoch)

    def _forget(self, own: Station) -> None:
        """In a forked worker: closes what belongs to the pool alone."""
        self._loop.close()
        self._signals.close()
        for station in self._stations():
            station.let_go(station is own)

    def _on_ready(self) -> None:
        worker = self._main.worker
        if self._epoch > 1 and worker is not None:
            self._main.relay.tell("worker.started", pid=worker.pid)

    def _on_question(self, number: int, question: Document) -> None:
        epoch = self._epoch

        def answer(document: Document) -> bool:
            # Not to the one that has taken over from the asker.
            return self._epoch == epoch and self._main.answer(number, document)

        if question["question"] == "metrics":
            answer(self._metrics.document(self._main, self._sessions.by_id(), question["held"]))
        else:
            self._sessions.take(question, answer)

    def _look_after_workers(self) -> None:
        worker = self._main.worker
        was_ready = worker is not None and worker.ready
        loss = self._main.loss()
        if loss is not None and not self._stopping:
            self._replace(loss, was_ready)
        self._sessions.look_after_workers()
        if self._stopping and self._main.worker is None and not any(self._sessions.stations()):
            self._over = True

    def _replace(self, loss: Loss, was_ready: bool) -> None:
        fault = loss.fault()
        if self._epoch == 1 and not was_ready:
            raise Fault("INTERNAL", "the worker ended before it was ready", details=fault.details)
        self._metrics.lost += 1
        self._main.relay.tell("worker.lost", pid=loss.pid, **loss.evidence)
        self._main.tell_clients(fault)
        delay = self._guard.after(time.monotonic() - self._started_at, self._main.table.worked)
        if delay is None:
            message = f"{self._guard.quick_deaths} workers in a row ended as soon as they had started"
            raise Fault("WORKER_LOST", message, details=fault.details)
        self._loop.agenda.add(delay, self._launch)


def _import_worker() -> None:
    from ..worker import process as _  # noqa: F401
