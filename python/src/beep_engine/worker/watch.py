"""Where the main thread waits for its next turn; on Linux, at the sockets of clients, too.

Handing a request on from the thread that reads it costs one thread waking another: 25 to 100 µs of a call, the more the
longer both have slept. So an idle main thread reads by itself, and the reader threads sleep on. They are needed once it
is busy: somebody must read what comes meanwhile, a `ping` or a `cancel`.

Linux lets one socket be watched in that order. Of the epolls that watch it with EPOLLEXCLUSIVE, the kernel tells the
first that somebody waits at (epoll_ctl(2), and ep_poll_callback in the kernel's fs/eventpoll.c): first comes ours, then
the one of the reader thread (seat.py). Where the kernel should tell both, they find that out: see Seat.
"""

import errno
import os
from collections import deque

# Bound here: user code may replace what these modules hold.
from time import monotonic
from typing import Any, Callable, Deque, Dict, Optional

from .interpreter import give_up
from .out_of_memory import end_for_memory

try:
    from select import EPOLLET, EPOLLIN, EPOLLOUT, epoll
    from select import EPOLLEXCLUSIVE as EXCLUSIVE
except ImportError:
    # Not Linux: there will be no watch.
    EPOLLET = EXCLUSIVE = EPOLLIN = EPOLLOUT = 0
    epoll: Any = None

# Connections that the main thread looks at; each costs an fd more. All others are read by their own threads alone.
MOST_SEATS = 64


class Watch:
    """A queue whose `get` is for the main thread alone, and `put` for any, even in the middle of a `put`."""

    def __init__(self) -> None:
        # By the monotonic clock, in seconds, when it left with the turn that it is at; 0 while it waits.
        self.left = 0.0
        self._turns: Deque[Any] = deque()
        self._waits = False
        self._readers: Dict[int, Callable[[], None]] = {}
        self._epoll = epoll()
        self._bell, self._rope = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(self._rope, False)
        self._epoll.register(self._bell, EPOLLIN)

    def put(self, turn: Any) -> None:
        self._turns.append(turn)
        if self._waits:
            self._waits = False
            try:
                os.write(self._rope, b"!")
            except BlockingIOError:
                # It rings already.
                pass
            except OSError:
                give_up()

    def get(self) -> Any:
        turns = self._turns
        while not turns:
            self.left = 0.0
            self._wait()
        self.left = monotonic()
        return turns.popleft()

    def add(self, fd: int, read: Callable[[], None]) -> bool:
        """`read` is called by the main thread when something has come and it has nothing to do, from `resume` on. False
        if there are too many."""
        if len(self._readers) >= MOST_SEATS:
            return False
        self._readers[fd] = read
        return True

    def resume(self, fd: int) -> None:
        """Raises OSError where the system cannot do so."""
        # Told once of each arrival: what it leaves to the reader is no news.
        self._epoll.register(fd, EPOLLIN | EPOLLET | EXCLUSIVE)

    def pause(self, fd: int) -> None:
        self._epoll.unregister(fd)

    def remove(self, fd: int) -> None:
        """Before it is closed: others may have it open, and the kernel would go on."""
        if self._readers.pop(fd, None) is not None:
            try:
                self._epoll.unregister(fd)
            except OSError:
                # Paused, or gone.
                pass

    def close_after_fork(self) -> None:
        self._epoll.close()
        os.close(self._bell)
        os.close(self._rope)

    def _wait(self) -> None:
        self._waits = True
        # Looked at once more: who came before the flag was set has not rung.
        if not self._turns:
            try:
                events = self._epoll.poll(-1, MOST_SEATS + 1)
            except OSError as error:
                if error.errno == errno.EBADF:
                    give_up()
                raise
            except MemoryError:
                end_for_memory()
                raise
            self._waits = False
            for fd, _ in events:
                if fd == self._bell:
                    self._silence()
                else:
                    read = self._readers.get(fd)
                    if read is not None:
                        read()
        self._waits = False

    def _silence(self) -> None:
        try:
            os.read(self._bell, 64)
        except BlockingIOError:
            pass


def make_watch() -> Optional[Watch]:
    """None where the system cannot keep that order, or has no more files for it."""
    try:
        return Watch() if EXCLUSIVE else None
    except OSError:
        return None
