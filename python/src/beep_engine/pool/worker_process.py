"""One worker process as its pool sees it: a pid, a control socket, a lifeline."""

import os
import signal
import socket
import time
from typing import Callable, List, Optional, Tuple

from ..control import CONNECTION, STOP, receive_record, send_record
from .launch import Wires, fork_worker, spawn_worker

Record = Tuple[int, int]


class WorkerProcess:
    """Starts on creation. `forget_pool` closes, in a forked child, what belongs to the pool alone."""

    def __init__(self, epoch: int, spawn: bool, slots_fd: int, stderr: int, forget_pool: Callable[[], None]) -> None:
        self.ready = False
        # It has closed its side, because it is about to end.
        self.silent = False
        self.started_at = time.monotonic()
        self.control, theirs = socket.socketpair()
        lifeline, self._lifeline = os.pipe()
        wires = Wires(theirs, slots_fd, lifeline, stderr)
        if spawn:
            self.pid = spawn_worker(wires, epoch)
        else:

            def forget() -> None:
                forget_pool()
                self._let_go()

            self.pid = fork_worker(wires, epoch, forget)
        theirs.close()
        os.close(lifeline)
        self.control.setblocking(False)

    def records(self) -> List[Record]:
        """What the worker has told since the last look. How it ended is not told here: the system knows that."""
        records: List[Record] = []
        while True:
            try:
                record = receive_record(self.control)
            except BlockingIOError:
                return records
            except OSError:
                record = None
            if record is None:
                self.silent = True
                return records
            records.append(record[:2])

    def hand_over(self, number: int, fd: int) -> bool:
        """Gives it a connection. False when it cannot take one at this moment."""
        try:
            send_record(self.control, CONNECTION, number, fd)
        except OSError:
            return False
        return True

    def ask_to_stop(self) -> bool:
        try:
            send_record(self.control, STOP)
        except OSError:
            return False
        return True

    def ended(self) -> Optional[int]:
        """The wait status, once; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return status if pid else None

    def kill(self) -> None:
        """Ends it for certain, and waits for that."""
        self.kill_group()
        os.waitpid(self.pid, 0)
        self._let_go()

    def clean_up(self) -> None:
        """After its end: ends what user code has left running in its group."""
        self.kill_group()
        self._let_go()

    def kill_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:
            pass

    def _let_go(self) -> None:
        self.control.close()
        os.close(self._lifeline)
