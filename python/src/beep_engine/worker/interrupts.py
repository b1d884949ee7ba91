"""Interrupting the request that runs, and no other.

A signal may arrive late, twice, or while our own code runs. So the handler decides by state, not by the signal's
arrival: it raises only inside user code, and only for a request that somebody wants cancelled. And it is not over with
one that was raised: where Python ignores the exception, signals are sent again.
"""

import os
import signal
import threading

# Not signal.getsignal: it tries to make an enum of the answer, which takes longer than all else between two requests.
from _signal import getsignal
from time import monotonic, sleep
from typing import Any, Callable, Optional

from ..platform.evidence import give_evidence_on
from . import interruption
from .interruption import Interruptions
from .request import RUNNING, Request

# Seconds between two signals for one request, for the case that the first met our own code.
AGAIN_AFTER = 0.02

# Where Python's imports take and leave their locks, not all of it within a `try`.
IMPORTING = "<frozen importlib._bootstrap>"
LOCKING = frozenset(("_get_module_lock", "cb", "__enter__", "__exit__", "acquire", "release"))
# What these files do for themselves is never cut short.
OUR_FILES = (__file__, interruption.__file__)


class Interrupts:
    """`install`, `run_interruptible`, `new_interruption` and `settle` belong to the main thread."""

    def __init__(self, lock: threading.Lock) -> None:
        self.running: Optional[Request] = None
        self._lock = lock
        self._handled = False
        self._main = threading.main_thread().ident
        # One bound method, so that `is` can tell whether user code has replaced it.
        self._handler = self._on_signal
        # The request that a thread sends signals for.
        self._pursued: Optional[Request] = None
        self._interruptions = Interruptions(self._on_ignored)

    def install(self) -> None:
        signal.signal(signal.SIGINT, self._handler)
        self._interruptions.watch()
        # A copy of stderr, which the code may redirect.
        give_evidence_on(os.dup(2), self._on_overdue)

    def run_interruptible(self, request: Request, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's result. Only inside `function` can a signal raise: never in this frame, nor below it."""
        try:
            self.running = request
            return function(*arguments)
        finally:
            self.running = None

    def interrupt(self, request: Request) -> None:
        """Makes the code of a request that has been asked to end raise KeyboardInterrupt as soon as Python can."""
        with self._lock:
            if self._pursued is request:
                return
            self._pursued = request
        try:
            threading.Thread(target=self._pursue, args=(request,), name="beep-cancel", daemon=True).start()
        except RuntimeError:
            self._pursued = None
            raise

    def new_interruption(self, request: Request) -> KeyboardInterrupt:
        """To be raised at once in code that this one wants ended, and that is no longer to be told of it."""
        error = self._interruptions.new()
        request.interrupted = True
        return error

    def settle(self, request: Request) -> None:
        """After a request: no signal sent for it is still to come, and the handler is ours again."""
        self._interruptions.forget()
        if getsignal(signal.SIGINT) is not self._handler:
            signal.signal(signal.SIGINT, self._handler)
        if request.signalled:
            # A signal that was sent to this thread is delivered no later than one it raises itself, unless user code
            # has left it blocked.
            if hasattr(signal, "pthread_sigmask"):
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            self._handled = False
            signal.raise_signal(signal.SIGINT)
            while not self._handled:
                pass

    def _pursue(self, request: Request) -> None:
        """Until it has ended: an interrupt that it has met may turn out to have been ignored."""
        while True:
            with self._lock:
                if request.state != RUNNING:
                    if self._pursued is request:
                        self._pursued = None
                    return
                # The default action would end the process; then the request is only marked as cancelled.
                if not request.interrupted and getsignal(signal.SIGINT) not in (signal.SIG_DFL, signal.SIG_IGN, None):
                    request.signalled = True
                    send_interrupt(self._main)
            sleep(AGAIN_AFTER)

    def _on_ignored(self) -> None:
        if self.running is not None:
            self.running.interrupted = False

    def _on_signal(self, _number: int, frame: Any) -> None:
        self._handled = True
        self._meet(frame)

    def _on_overdue(self, _number: int, frame: Any) -> None:
        """The pool is about to end this process. Native code may have kept the interpreter from whoever would have
        interrupted it, and look for signals all the same."""
        request = self.running
        if request is not None and request.due is not None and monotonic() >= request.due:
            if not request.asked:
                request.asked = request.timed_out = True
            self._meet(frame)

    def _meet(self, frame: Any) -> None:
        request = self.running
        if request is None or frame is None or frame.f_code.co_filename in OUR_FILES:
            return
        if frame.f_code.co_filename == IMPORTING and frame.f_code.co_name in LOCKING:
            # It would leave the lock of all imports taken, and the next import would wait for ever. It comes again.
            return
        caller = request.caller
        if caller is not None and caller.is_shielded(frame):
            # Our own code, on its way to the caller. A cancel comes again.
            return
        if request.asked and not request.interrupted:
            if caller is not None and caller.on_interrupt is not None and caller.on_interrupt(frame):
                return
            raise self.new_interruption(request)
        if request.signalled:
            # The second of two signals for one cancel.
            return
        # Otherwise user code has sent it to itself.
        raise KeyboardInterrupt


def send_interrupt(thread: Optional[int]) -> None:
    if hasattr(signal, "pthread_kill") and thread is not None:
        signal.pthread_kill(thread, signal.SIGINT)
    else:
        # Windows: wakes the main thread's waits, and runs the handler there.
        signal.raise_signal(signal.SIGINT)
