"""One connection that is read by two: by the idle main thread, and by its reader thread while that one is busy."""

import errno
import threading
from functools import partial

# Bound here: user code may replace what these modules hold.
from time import monotonic, sleep
from typing import Callable, Optional

from .interpreter import give_up
from .watch import EPOLLIN, EPOLLOUT, EXCLUSIVE, Watch, epoll

# Seconds that the main thread is left alone with what it is at: most requests take less, and then it reads by itself.
# To take the interpreter from it for each that comes meanwhile costs the most.
PATIENCE = 0.0005


class Seat:
    """Whoever reads has taken it. What is for the reader thread is not for the main thread, and the other way round."""

    def __init__(self, watch: Watch, fd: int) -> None:
        self._watch = watch
        self._fd = fd
        self._taken = threading.Lock()
        # The main thread came while it was taken, and will not come again for the same news.
        self._missed = False
        self._called = False
        self._left = False
        self._epoll = epoll()

    # For the reader thread.

    def take(self) -> None:
        self._taken.acquire()
        if self._called:
            self._called = False
            try:
                self._line_up(EPOLLIN)
            except OSError:
                self._taken.release()
                raise

    def release(self) -> None:
        self._taken.release()

    def wait(self) -> None:
        """Until there is something that the main thread does not read by itself."""
        if self._missed:
            self._missed = False
            return
        try:
            self._epoll.poll(-1, 1)
        except OSError as error:
            if error.errno == errno.EBADF:
                give_up()
            raise
        # While the main thread waits, `left` is 0: then what there is has been told to both.
        if not self._called and (not self._watch.left or monotonic() - self._watch.left < PATIENCE):
            sleep(PATIENCE)

    def pause(self) -> None:
        """While it is taken: the main thread is told of nothing until `resume`."""
        self._watch.pause(self._fd)

    def resume(self) -> None:
        self._watch.resume(self._fd)
        self._line_up(EPOLLIN)

    def leave(self) -> None:
        """Before the socket is closed."""
        with self._taken:
            self.refuse()
            self._epoll.close()

    def refuse(self) -> None:
        """While it is taken: nobody takes it after this."""
        self._left = True
        self._watch.remove(self._fd)

    # For the main thread.

    def try_take(self) -> bool:
        """If not, the reader thread looks once more when it has ended."""
        if not self._taken.acquire(False):
            self._missed = True
            # Tried once more: it may have ended before it could see the flag.
            if not self._taken.acquire(False):
                return False
        if self._left:
            self._taken.release()
        return not self._left

    def give_back(self, rest: bool) -> None:
        """`rest`: what is left is for the reader thread."""
        if rest:
            # There may be nothing more to read, but nearly always there is room to write.
            self._called = True
            self._line_up(EPOLLIN | EPOLLOUT)
        self._taken.release()

    def _line_up(self, events: int) -> None:
        """Behind the main thread. Ends `wait` if it is so already."""
        try:
            try:
                self._epoll.unregister(self._fd)
            except FileNotFoundError:
                pass
            self._epoll.register(self._fd, events | EXCLUSIVE)
        except OSError as error:
            # The number is nobody's, or that of a file that cannot be waited for.
            if error.errno in (errno.EBADF, errno.EPERM):
                give_up()
            raise

    def close_after_fork(self) -> None:
        self._epoll.close()


def find_seat(watch: Optional[Watch], fd: Optional[int], read: Callable[[Seat], None]) -> Optional[Seat]:
    """None where the connection is read by its own thread alone."""
    if watch is None or fd is None:
        return None
    try:
        seat = Seat(watch, fd)
    except OSError:
        return None
    if watch.add(fd, partial(read, seat)):
        seat.take()
        try:
            seat.resume()
            return seat
        except OSError:
            seat.refuse()
        finally:
            seat.release()
    seat.close_after_fork()
    return None
