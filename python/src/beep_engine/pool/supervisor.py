"""The pool's single thread: accepts, hands over, watches the worker, and ends with its host."""

import errno
import os
import selectors
import signal
import socket
import time
from collections import deque
from typing import Deque, List, Optional

from ..control import CLOSED, CONNECTION, READY, STOP, receive_record, send_record
from ..faults import Fault
from ..slots import SlotTable, make_shared_file
from .clients import Clients
from .guard import RestartGuard
from .launch import POOL_SIGNALS, Wires, fork_worker, spawn_worker
from .listener import Listener
from .lost import Loss, how_it_ended, tell_host
from .relay import Relay

# Seconds a worker has to say that it is ready, and to end when it is asked to.
READY_PATIENCE = 60.0
STOP_PATIENCE = 2.0
# Seconds between looks at what cannot wake the selector: a host that does not read, a full table of file descriptors.
RETRY = 0.05


class Supervisor:
    def __init__(self, listener: Listener, start: str) -> None:
        self._listener = listener
        self._spawn = start == "spawn"
        self._selector = selectors.DefaultSelector()
        self._slots_fd = make_shared_file(os.path.dirname(listener.path) or ".")
        self._table = SlotTable(self._slots_fd)
        self._clients = Clients(self._table)
        self._relay = Relay()
        self._guard = RestartGuard()
        self._wake, self._woken = socket.socketpair()
        self._control: Optional[socket.socket] = None
        self._lifeline = -1
        self._pid = 0
        self._epoch = 0
        self._ready = False
        self._started_at = 0.0
        self._restart_at: Optional[float] = None
        self._accept_at: Optional[float] = None
        self._stop_at: Optional[float] = None
        self._to_hand: Deque[int] = deque()
        self._signals: List[int] = []
        self._over = False
        self._listening = False
        self._loss: Optional[Loss] = None

    def start(self) -> int:
        """Starts the first worker and waits until it is ready; gives its pid. Raises Fault."""
        self._catch_signals()
        self._selector.register(self._wake, selectors.EVENT_READ, self._on_signals)
        self._selector.register(self._relay.reader, selectors.EVENT_READ, self._relay.pump)
        self._watch_stdin()
        self._launch()
        deadline = time.monotonic() + READY_PATIENCE
        while not self._ready and not self._over:
            if self._loss is not None:
                raise Fault("INTERNAL", "the worker ended before it was ready", details=self._loss.fault().details)
            if time.monotonic() > deadline:
                self._kill()
                raise Fault("INTERNAL", f"the worker was not ready within {READY_PATIENCE:.0f} seconds")
            self._turn(RETRY)
        return self._pid

    def run(self) -> None:
        """Serves until the end. Raises Fault when no worker stays alive."""
        try:
            self._listen(True)
            while not self._over:
                self._turn(self._timeout())
        finally:
            self._listener.remove()
            self._kill()

    def _turn(self, timeout: Optional[float]) -> None:
        for key, _ in self._selector.select(timeout):
            key.data()
        now = time.monotonic()
        if self._relay.blocked:
            self._relay.flush()
        if self._restart_at is not None and now >= self._restart_at:
            self._restart_at = None
            self._launch()
        if self._accept_at is not None and now >= self._accept_at:
            self._accept_at = None
            self._listen(True)
        if self._stop_at is not None and now >= self._stop_at:
            self._over = True

    def _timeout(self) -> Optional[float]:
        moments = [moment for moment in (self._restart_at, self._accept_at, self._stop_at) if moment is not None]
        if self._relay.blocked:
            moments.append(time.monotonic() + RETRY)
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    # The host.

    def _watch_stdin(self) -> None:
        try:
            self._selector.register(0, selectors.EVENT_READ, self._on_stdin)
        except PermissionError:
            # A regular file, which epoll does not watch: there is nobody who could close it.
            pass

    def _on_stdin(self) -> None:
        if not os.read(0, 65536):
            self._over = True

    def _catch_signals(self) -> None:
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        for number in POOL_SIGNALS:
            signal.signal(number, lambda number, _frame: None)

    def _on_signals(self) -> None:
        try:
            numbers = self._wake.recv(4096)
        except BlockingIOError:
            return
        if signal.SIGCHLD in numbers:
            self._reap()
        if set(numbers) & {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}:
            self._stop()

    def _stop(self) -> None:
        """An orderly end: the worker may run its exit handlers. Asked a second time, it is killed at once."""
        if self._stop_at is not None or not self._pid or self._control is None:
            self._over = True
            return
        self._listen(False)
        self._listener.remove()
        self._stop_at = time.monotonic() + STOP_PATIENCE
        self._restart_at = None
        try:
            send_record(self._control, STOP)
        except OSError:
            self._over = True

    # The worker.

    def _launch(self) -> None:
        ours, theirs = socket.socketpair()
        lifeline_read, self._lifeline = os.pipe()
        wires = Wires(theirs, self._slots_fd, lifeline_read, self._relay.writer)
        self._control = ours
        self._table.start_over()
        self._relay.tail.clear()
        self._epoch += 1
        self._started_at = time.monotonic()
        if self._spawn:
            self._pid = spawn_worker(wires, self._epoch)
        else:
            self._pid = fork_worker(wires, self._epoch, self._forget)
        theirs.close()
        os.close(lifeline_read)
        ours.setblocking(False)
        self._selector.register(ours, selectors.EVENT_READ, self._on_control)

    def _forget(self) -> None:
        """In a forked worker: closes what belongs to the pool alone."""
        self._selector.close()
        self._listener.socket.close()
        self._wake.close()
        self._woken.close()
        self._clients.close_all()
        os.close(self._relay.reader)
        os.close(self._lifeline)
        if self._control is not None:
            self._control.close()

    def _on_control(self) -> None:
        while self._control is not None:
            try:
                record = receive_record(self._control)
            except BlockingIOError:
                return
            except OSError:
                record = None
            if record is None:
                # The worker is about to end, or has; SIGCHLD tells how.
                self._selector.unregister(self._control)
                self._control.close()
                self._control = None
                return
            kind, number, _ = record
            if kind == READY:
                self._ready = True
                self._to_hand.extend(self._clients.numbers())
                self._hand_over()
                if self._epoch > 1:
                    tell_host("worker.started", pid=self._pid)
            elif kind == CLOSED:
                self._clients.release(number)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid == self._pid:
                self._worker_ended(status)

    def _worker_ended(self, status: int) -> None:
        pid, self._pid = self._pid, 0
        _kill_group(pid)
        self._relay.pump()
        if self._control is not None:
            self._on_control()
        if self._control is not None:
            self._selector.unregister(self._control)
            self._control.close()
            self._control = None
        os.close(self._lifeline)
        self._to_hand.clear()
        if self._stop_at is not None:
            self._over = True
            return
        self._loss = loss = Loss(pid, how_it_ended(status), self._relay.tail.lines())
        if not self._ready and self._epoch == 1:
            return
        self._ready = False
        tell_host("worker.lost", pid=pid, **loss.how, lastLines=loss.last_lines)
        self._clients.worker_lost(loss)
        delay = self._guard.after(time.monotonic() - self._started_at, self._table.worked)
        if delay is None:
            message = f"{self._guard.quick_deaths} workers in a row ended as soon as they had started"
            raise Fault("WORKER_LOST", message, details=loss.fault().details)
        self._restart_at = time.monotonic() + delay

    def _kill(self) -> None:
        if self._pid:
            _kill_group(self._pid)
            os.waitpid(self._pid, 0)
            self._pid = 0
        self._relay.pump()

    # The clients.

    def _listen(self, on: bool) -> None:
        if on and not self._listening:
            self._selector.register(self._listener.socket, selectors.EVENT_READ, self._on_connect)
        if not on and self._listening:
            self._selector.unregister(self._listener.socket)
        self._listening = on

    def _on_connect(self) -> None:
        try:
            client, _ = self._listener.socket.accept()
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                self._listen(False)
                self._accept_at = time.monotonic() + RETRY
            return
        number = self._clients.admit(client)
        if number is not None and self._ready:
            self._to_hand.append(number)
            self._hand_over()

    def _hand_over(self) -> None:
        """Passes connections on while the worker takes them."""
        while self._to_hand and self._control is not None:
            number = self._to_hand[0]
            try:
                send_record(self._control, CONNECTION, number, self._clients.fd(number))
            except BlockingIOError:
                self._selector.modify(self._control, selectors.EVENT_READ | selectors.EVENT_WRITE, self._on_both)
                return
            except OSError:
                return
            self._to_hand.popleft()

    def _on_both(self) -> None:
        if self._control is not None:
            self._selector.modify(self._control, selectors.EVENT_READ, self._on_control)
            self._hand_over()
        self._on_control()


def _kill_group(pid: int) -> None:
    """The worker and what user code has started in its group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass
