"""The pool's single thread: accepts, hands over, replaces a lost worker, and ends with its host."""

import errno
import os
import selectors
import time
from collections import deque
from typing import Deque, Optional, Set

from ..control import CLOSED, READY
from ..faults import Fault
from ..slots import SlotTable, make_shared_file
from .agenda import Agenda
from .clients import Clients
from .guard import RestartGuard
from .listener import Listener
from .lost import Loss, how_it_ended
from .relay import Relay
from .signals import SignalPipe
from .worker_process import WorkerProcess

# Seconds a worker has to say that it is ready, and to end when it is asked to.
READY_PATIENCE = 60.0
STOP_PATIENCE = 2.0
# Seconds after which the pool imports what its next forks will need: later than the first clients, sooner than a death.
WARM_AFTER = 1.0
# Seconds between looks at what does not wake the selector: a host that does not read, a full table of files.
RETRY = 0.05


class Supervisor:
    def __init__(self, listener: Listener, start: str) -> None:
        self._listener = listener
        self._spawn = start == "spawn"
        self._slots_fd = make_shared_file(os.path.dirname(listener.path) or ".")
        self._table = SlotTable(self._slots_fd)
        self._clients = Clients(self._table)
        self._to_hand: Deque[int] = deque()
        self._relay = Relay()
        self._guard = RestartGuard()
        self._signals = SignalPipe()
        self._selector = selectors.DefaultSelector()
        self._watched: Set[object] = set()
        self._agenda = Agenda()
        self._worker: Optional[WorkerProcess] = None
        self._epoch = 0
        self._stopping = False
        self._over = False

    def start(self) -> int:
        """Starts the first worker and waits until it is ready; gives its pid. Raises Fault."""
        self._watch(self._signals.reader, self._on_signals)
        self._watch(self._relay.reader, self._relay.pump)
        self._watch(0, self._on_stdin)
        self._launch()
        deadline = time.monotonic() + READY_PATIENCE
        while self._worker is None or not self._worker.ready:
            if self._over:
                raise Fault("INTERNAL", "the pool was asked to end before it was ready")
            if time.monotonic() > deadline:
                raise Fault("INTERNAL", f"the worker was not ready within {READY_PATIENCE:.0f} seconds")
            self._turn(RETRY)
        return self._worker.pid

    def run(self) -> int:
        """Serves until the end; gives the exit code."""
        if not self._spawn:
            self._agenda.add(WARM_AFTER, _import_worker)
        try:
            self._accept_again()
            while not self._over:
                self._turn(self._agenda.until_next())
            return 0
        except Fault as fault:
            self._relay.tell("pool.failed", code=fault.code, message=fault.message, details=fault.details)
            return 1
        finally:
            self.close()

    def close(self) -> None:
        self._listener.remove()
        if self._worker is not None:
            self._worker.kill()
            self._worker = None
        self._relay.pump()

    def _turn(self, timeout: Optional[float]) -> None:
        for key, _ in self._selector.select(timeout):
            key.data()
        self._agenda.run_due()
        if self._relay.blocked:
            self._agenda.add(RETRY, self._relay.flush)
        self._watch(self._relay.reader, self._relay.pump, not self._relay.full)

    def _watch(self, source: object, action: object, on: bool = True) -> None:
        if (source in self._watched) == on:
            return
        if not on:
            self._selector.unregister(source)
            self._watched.remove(source)
            return
        try:
            self._selector.register(source, selectors.EVENT_READ, action)
            self._watched.add(source)
        except PermissionError:
            # A regular file as stdin, which epoll does not watch: there is nobody who could close it.
            pass

    # The host.

    def _on_stdin(self) -> None:
        if not os.read(0, 65536):
            self._over = True

    def _on_signals(self) -> None:
        happened = self._signals.take()
        if happened.child:
            self._look_after_worker()
        if happened.stop:
            self._stop()

    def _stop(self) -> None:
        """An orderly end: the worker may run its exit handlers. Asked a second time, it is killed at once."""
        if self._stopping or self._worker is None or not self._worker.ask_to_stop():
            self._over = True
            return
        self._stopping = True
        self._agenda.clear()
        self._agenda.add(STOP_PATIENCE, self._end)
        self._watch(self._listener.socket, self._on_connect, False)
        self._listener.remove()

    def _end(self) -> None:
        self._over = True

    # The worker.

    def _launch(self) -> None:
        self._table.start_over()
        self._relay.tail.clear()
        self._epoch += 1
        self._worker = WorkerProcess(self._epoch, self._spawn, self._slots_fd, self._relay.writer, self._forget)
        self._watch(self._worker.control, self._on_records)

    def _forget(self) -> None:
        """In a forked worker: closes what belongs to the pool alone."""
        self._selector.close()
        self._listener.socket.close()
        self._signals.close()
        self._clients.close_all()
        os.close(self._relay.reader)

    def _on_records(self) -> None:
        worker = self._worker
        if worker is None:
            return
        records = worker.records()
        if worker.silent:
            self._watch(worker.control, self._on_records, False)
        for kind, number in records:
            if kind == READY:
                worker.ready = True
                self._to_hand.extend(self._clients.numbers())
                self._hand_over()
                if self._epoch > 1:
                    self._relay.tell("worker.started", pid=worker.pid)
            elif kind == CLOSED:
                self._clients.release(number)

    def _look_after_worker(self) -> None:
        worker = self._worker
        status = worker.ended() if worker is not None else None
        if worker is None or status is None:
            return
        self._on_records()
        self._watch(worker.control, self._on_records, False)
        self._worker = None
        worker.clean_up()
        self._relay.pump()
        self._to_hand.clear()
        if self._stopping:
            self._over = True
            return
        self._replace(worker, Loss(worker.pid, how_it_ended(status), self._relay.tail.lines()))

    def _replace(self, worker: WorkerProcess, loss: Loss) -> None:
        details = loss.fault().details
        if self._epoch == 1 and not worker.ready:
            raise Fault("INTERNAL", "the worker ended before it was ready", details=details)
        self._relay.tell("worker.lost", pid=loss.pid, **loss.how, lastLines=loss.last_lines)
        self._clients.worker_lost(loss)
        delay = self._guard.after(time.monotonic() - worker.started_at, self._table.worked)
        if delay is None:
            message = f"{self._guard.quick_deaths} workers in a row ended as soon as they had started"
            raise Fault("WORKER_LOST", message, details=details)
        self._agenda.add(delay, self._launch)

    # The clients.

    def _accept_again(self) -> None:
        self._watch(self._listener.socket, self._on_connect)

    def _on_connect(self) -> None:
        try:
            client, _ = self._listener.socket.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                self._watch(self._listener.socket, self._on_connect, False)
                self._agenda.add(RETRY, self._accept_again)
            return
        number = self._clients.admit(client)
        if number is not None and self._worker is not None and self._worker.ready:
            self._to_hand.append(number)
            self._hand_over()

    def _hand_over(self) -> None:
        """Passes connections on while the worker takes them; tries again soon when it does not."""
        while self._to_hand and self._worker is not None:
            number = self._to_hand[0]
            if not self._worker.hand_over(number, self._clients.fd(number)):
                self._agenda.add(RETRY, self._hand_over)
                return
            self._to_hand.popleft()


def _import_worker() -> None:
    from ..worker import process as _  # noqa: F401
