"""Signals as something a selector can wait for."""

import signal
import socket
from typing import NamedTuple

_STOP_SIGNALS = frozenset((signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
# What a pool changes for itself, and a worker must find untouched.
POOL_SIGNALS = (*_STOP_SIGNALS, signal.SIGCHLD)


class Happened(NamedTuple):
    stop: bool
    child: bool


class SignalPipe:
    """From its creation on, SIGTERM and its like no longer end the process: `reader` becomes readable instead."""

    def __init__(self) -> None:
        self.reader, self._writer = socket.socketpair()
        self.reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in POOL_SIGNALS:
            signal.signal(number, _only_wake)

    def take(self) -> Happened:
        """What has happened since the last call."""
        try:
            numbers = set(self.reader.recv(4096))
        except BlockingIOError:
            numbers = set()
        return Happened(stop=bool(numbers & _STOP_SIGNALS), child=signal.SIGCHLD in numbers)

    def close(self) -> None:
        self.reader.close()
        self._writer.close()


def restore_defaults() -> None:
    """In a forked child: signals mean again what they mean to any process."""
    signal.set_wakeup_fd(-1)
    for number in POOL_SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def _only_wake(_number: int, _frame: object) -> None:
    """The number has already been written to the wake-up descriptor."""
