"""The worker's stderr on its way to the pool's, and its last lines, which are the evidence of a crash."""

import json
import os
import select
from typing import Any

from .tail import Tail

# POSIX: a pipe that polls as writable takes this many bytes without waiting.
PIECE = 4096
# How much may wait for a host that does not read; then the worker waits too.
MAX_WAITING = 256 * 1024


class Relay:
    """Reads the pipe that every worker has as its stderr. It never waits for the host."""

    def __init__(self, target: int = 2) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        self.tail = Tail()
        self._target = target
        self._waiting = b""
        self._at_line_start = True

    @property
    def full(self) -> bool:
        """Nothing more is read before the host has read."""
        return len(self._waiting) >= MAX_WAITING

    @property
    def blocked(self) -> bool:
        """The host does not read: call `flush` from time to time."""
        return bool(self._waiting)

    def pump(self) -> None:
        """Takes what is there, and passes on what the host takes."""
        while not self.full:
            try:
                data = os.read(self.reader, 65536)
            except BlockingIOError:
                break
            if not data:
                break
            self.tail.feed(data)
            self._pass_on(data)

    def tell(self, event: str, **facts: Any) -> None:
        """A line for the host (docs/wire.md §8), on a line of its own whatever the worker has left unfinished."""
        line = "@beep " + json.dumps({"event": event, **facts}) + "\n"
        self._pass_on(line.encode() if self._at_line_start else b"\n" + line.encode())

    def close(self) -> None:
        os.close(self.reader)
        os.close(self.writer)

    def _pass_on(self, data: bytes) -> None:
        self._waiting += data
        self._at_line_start = data.endswith(b"\n")
        self.flush()

    def flush(self) -> None:
        while self._waiting:
            try:
                if not select.select([], [self._target], [], 0)[1]:
                    return
                written = os.write(self._target, self._waiting[:PIECE])
            except OSError:
                # Nobody will ever read it.
                self._waiting = b""
                return
            self._waiting = self._waiting[written:]
