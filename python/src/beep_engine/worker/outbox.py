"""The replies of one connection on their way out: at once if they fit, else by a thread of their own."""

import threading
from collections import deque
from time import monotonic
from typing import Any, Callable, Deque, List, Optional, Sequence, Tuple

from ..slots import Slot
from .stream import Stream

# A client that lets more than this wait is not read from until it catches up …
PAUSE_AT = 64 * 1024 * 1024
# … and one that lets this much wait when another reply comes is closed.
CLOSE_AT = 256 * 1024 * 1024
# How long, in seconds, the main thread may wait for a client that is reading an array out of a live object. Beyond
# this, the rest is copied, because the next request may change the object.
PATIENCE = 0.025

# The kernel takes up to 32 KiB in one piece.
ATOMIC = 16 * 1024

# Called, from any thread, when nobody will read a reply. It must take no lock: some may be held here.
Unread = Callable[[], None]

Pending = Tuple[List[memoryview], Optional[int], Optional[Unread]]


class Outbox:
    """`send` may be called from any thread and never waits for a slow client."""

    def __init__(self, stream: Stream, slot: Slot, on_broken: Callable[[], None]) -> None:
        self.waiting = 0
        self._stream = stream
        self._slot = slot
        self._on_broken = on_broken
        self._lock = threading.Lock()
        self._more = threading.Condition(self._lock)
        self._less = threading.Condition(self._lock)
        self._backlog: Deque[Pending] = deque()
        self._writer: Optional[threading.Thread] = None
        self._closed = False
        # Of what has gone out last.
        self._last: Optional[Unread] = None

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def idle(self) -> bool:
        return not self._backlog

    def send(
        self,
        buffers: Sequence[Any],
        entry: Optional[int] = None,
        borrowed: bool = False,
        unread: Optional[Unread] = None,
    ) -> None:
        """Sends one reply. `entry` is its line in the journal; `borrowed` means that the buffers may change later."""
        with self._lock:
            if self._closed:
                _tell(unread)
                return
            if self._backlog:
                try:
                    if self.waiting > CLOSE_AT:
                        raise MemoryError
                    self._keep(buffers, entry, borrowed, unread)
                except MemoryError:
                    _tell(unread)
                    self._break()
                return
            # A small frame goes out whole or not at all. Marking it would cost the connection if the worker were
            # killed just after it; with a line there is the journal to clear behind it.
            if entry is not None or sum(map(len, buffers)) > ATOMIC:
                self._slot.writing = True
            try:
                rest = self._write(buffers)
                if rest and borrowed:
                    rest = self._write_patiently(rest)
                if rest:
                    self._keep(rest, entry, borrowed, unread)
                else:
                    self._sent(entry, unread)
            except (OSError, MemoryError, RuntimeError):
                # The client is gone, or there is no memory for a copy, or no thread to write it.
                _tell(unread)
                self._break()

    def wait_for_room(self, limit: int, seconds: float) -> bool:
        """Whether no more than `limit` bytes wait, now or within so many seconds; True when nobody will read them."""
        with self._lock:
            return self._less.wait_for(lambda: self._closed or self.waiting <= limit, seconds)

    def close(self, left_unread: bool = False) -> None:
        """No byte goes out after this. `left_unread`: not all that went out has been read, so the last was not."""
        with self._lock:
            if left_unread:
                _tell(self._last)
            self._forget()

    def _sent(self, entry: Optional[int], unread: Optional[Unread]) -> None:
        self._last = unread
        if entry is not None:
            self._slot.forget(entry)
        if self._slot.writing:
            self._slot.writing = False

    def _write(self, buffers: Sequence[Any]) -> List[memoryview]:
        """Writes what fits now; gives the rest."""
        count = self._stream.write(buffers)
        if count == len(buffers[0]) and len(buffers) == 1:
            return []
        self._slot.writing = True
        rest = []
        for buffer in buffers:
            size = len(buffer)
            if count < size:
                rest.append(memoryview(buffer)[count:])
            count = max(0, count - size)
        return rest

    def _write_patiently(self, rest: List[memoryview]) -> List[memoryview]:
        deadline = monotonic() + PATIENCE
        while rest:
            left = deadline - monotonic()
            if left <= 0:
                return rest
            self._stream.wait_writable(left)
            rest = self._write(rest)
        return rest

    def _keep(self, buffers: Sequence[Any], entry: Optional[int], borrowed: bool, unread: Optional[Unread]) -> None:
        views = [memoryview(bytes(buffer) if borrowed else buffer) for buffer in buffers]
        if self._writer is None:
            writer = threading.Thread(target=self._write_backlog, name="beep-writer", daemon=True)
            writer.start()
            self._writer = writer
        self._backlog.append((views, entry, unread))
        self.waiting += sum(map(len, views))
        self._more.notify()

    def _write_backlog(self) -> None:
        while True:
            with self._lock:
                while not self._backlog and not self._closed:
                    self._more.wait()
                if self._closed:
                    return
                try:
                    done = self._write_some()
                except OSError:
                    self._break()
                    return
            if not done:
                self._stream.wait_writable(1.0)

    def _write_some(self) -> bool:
        """Writes what fits of the first reply that waits; True when that was all of it."""
        views, entry, unread = self._backlog[0]
        self._slot.writing = True
        rest = self._write(views)
        self.waiting -= sum(map(len, views)) - sum(map(len, rest))
        self._less.notify()
        if rest:
            self._backlog[0] = (rest, entry, unread)
            return False
        self._backlog.popleft()
        self._sent(entry, unread)
        return True

    def _break(self) -> None:
        self._forget()
        self._on_broken()

    def _forget(self) -> None:
        self._closed = True
        for _, _, unread in self._backlog:
            _tell(unread)
        self._backlog.clear()
        self.waiting = 0
        self._more.notify()
        self._less.notify()


def _tell(unread: Optional[Unread]) -> None:
    if unread is not None:
        unread()
