"""The first worker's process, forked before the pool has loaded itself.

It loads what a worker is made of while the pool does the same for itself, on another processor, and gets the ends of
its wires once the pool has made them.
"""

import os
import signal
import socket
from typing import Callable, Optional

# Both processes need the slots, too: what is loaded before the fork is loaded once.
from .. import slots as _slots  # noqa: F401
from ..control import CLOSE_ON_EXEC
from .forking import fork_process
from .launch import Wires, fork_worker, live_as_worker
from .relay import Relay

_EPOCH_BYTES = 4
_WIRES = 3


class Forerunner:
    """Begins on creation. `start` is what starts the workers of a pool that forks: the first call takes this one, whose
    stderr is that of `relay` from the beginning on."""

    def __init__(self) -> None:
        self.relay = relay = Relay()
        line, theirs = socket.socketpair()
        self._line: Optional[socket.socket] = line

        def life() -> None:
            line.close()
            os.close(relay.reader)
            os.dup2(relay.writer, 2)
            _wait_and_live(theirs, relay.writer)

        self._pid = fork_process(life)
        theirs.close()

    def start(self, wires: Wires, epoch: int, for_session: bool, forget_pool: Callable[[], None]) -> int:
        if not for_session and self._hand_over(wires, epoch):
            return self._pid
        return fork_worker(wires, epoch, for_session, forget_pool)

    def dismiss(self) -> None:
        """Ends it for certain, unless it was taken."""
        if self._take_line() is not None and not self._has_ended(os.WNOHANG):
            os.kill(self._pid, signal.SIGKILL)
            self._has_ended(0)

    def _hand_over(self, wires: Wires, epoch: int) -> bool:
        """False when it has been taken before, or has ended: its death may have come before anybody listened."""
        if self._line is None:
            return False
        if self._has_ended(os.WNOHANG):
            self._take_line()
            return False
        fds = [wires.control.fileno(), wires.slots, wires.lifeline]
        try:
            socket.send_fds(self._line, [epoch.to_bytes(_EPOCH_BYTES, "little")], fds)
        except OSError:
            self.dismiss()
            return False
        self._take_line()
        return True

    def _has_ended(self, options: int) -> bool:
        try:
            return os.waitpid(self._pid, options)[0] != 0
        except ChildProcessError:
            # Whoever launched the pool had it ignore the deaths of its children: the system keeps nothing of them.
            return True

    def _take_line(self) -> Optional[socket.socket]:
        line, self._line = self._line, None
        if line is not None:
            line.close()
        return line


def _wait_and_live(line: socket.socket, stderr: int) -> None:
    from ..worker import process as _  # noqa: F401

    epoch, fds, _flags, _address = socket.recv_fds(line, _EPOCH_BYTES, _WIRES, CLOSE_ON_EXEC)
    line.close()
    if len(fds) < _WIRES:
        # The pool is gone, or could not start.
        os._exit(0)
    for fd in fds:
        os.set_inheritable(fd, False)
    control, slots, lifeline = fds
    wires = Wires(socket.socket(fileno=control), slots, lifeline, stderr)
    live_as_worker(wires, int.from_bytes(epoch, "little"), False)
