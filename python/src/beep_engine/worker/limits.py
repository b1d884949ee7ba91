"""Ends code that takes too long: first by an interrupt, and if it does not yield to that, with its whole process.

Only the pool can do the latter, since code may hold the interpreter: so the pool is told beforehand, and told again
when the danger is over.
"""

import threading
from itertools import count
from time import monotonic
from typing import Callable, Optional

from ..control import CALM, MET, WATCH
from .deadline import Deadline
from .pool_talk import Pool
from .request import RUNNING, Request


class Limits:
    """`begin` and `end` belong to the main thread, the rest to any other. `lock` is the one of requests' states.

    `grace` are the seconds that code has to yield to an interrupt, unless its sender says otherwise.
    """

    def __init__(self, pool: Pool, lock: threading.Lock, interrupt: Callable[[Request], None], grace: float) -> None:
        self.grace = grace
        self._pool = pool
        self._lock = lock
        self._interrupt = interrupt
        self._numbers = count(1)
        # Only one request runs at a time.
        self._deadline = Deadline()

    def start(self) -> None:
        """Before the first request with a limit. Raises RuntimeError when there can be no more threads."""
        self._deadline.start()

    def begin(self, request: Request, seconds: float) -> None:
        """It is about to run, and has so long."""
        reason = f"the code had not ended after {seconds:g} s, nor {self.grace:g} s after it was interrupted for that"
        with self._lock:
            self._watch(request, seconds + self.grace, reason)
        request.ends = monotonic() + seconds
        self._deadline.set(seconds, lambda: self._time_out(request))

    def end(self, request: Request) -> None:
        """It runs no more; its state says so."""
        if request.ends is not None:
            self._deadline.clear()
            if monotonic() >= request.ends:
                # Whether or not it has noticed: code may keep the interpreter to itself.
                request.asked = request.timed_out = True
        watches, request.watches = request.watches, ()
        for number in watches:
            self._pool.tell(CALM, number)

    def give_grace(self, request: Request, grace: Optional[float] = None) -> None:
        """It runs, and is about to be interrupted. The lock is held."""
        grace = self.grace if grace is None else grace
        self._watch(request, grace, f"the code had not ended {grace:g} s after it was interrupted")

    def interrupt(self, request: Optional[Request], grace: Optional[float]) -> bool:
        """False when it does not run."""
        return self._ask(request, lambda running: self.give_grace(running, grace))

    def interrupt_for_pool(self, request: Optional[Request], number: int) -> None:
        """The pool has a watch of its own, of that number."""

        def note(running: Request) -> None:
            running.watches = (*running.watches, number)
            # Before it can end.
            self._pool.tell(MET, number)

        if not self._ask(request, note):
            self._pool.tell(CALM, number)

    def _ask(self, request: Optional[Request], watch: Callable[[Request], None]) -> bool:
        if request is None:
            return False
        with self._lock:
            if request.state != RUNNING:
                return False
            request.ask()
            watch(request)
        self._interrupt(request)
        return True

    def _watch(self, request: Request, seconds: float, reason: str) -> None:
        due = monotonic() + seconds
        if request.due is not None and request.due <= due:
            # Being asked again gives no more time.
            return
        request.due = due
        number = next(self._numbers)
        request.watches = (*request.watches, number)
        self._pool.tell(WATCH, number, {"seconds": seconds, "reason": reason})

    def _time_out(self, request: Request) -> None:
        with self._lock:
            if request.state != RUNNING:
                return
            request.timed_out = True
            request.ask()
        self._interrupt(request)
