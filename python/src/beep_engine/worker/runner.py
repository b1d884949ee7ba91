"""The main thread: takes requests from the queue, runs them one after the other, writes their replies itself."""

import os
import sys
import threading
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional

from ..counters import Counters
from ..engine.failures import failure
from ..engine.operations import Engine
from ..engine.outputs import Outputs
from .endings import ending
from .interrupts import Interrupts
from .lanes import Lanes
from .limits import Limits
from .out_of_memory import end_for_memory
from .pool_talk import Pool
from .request import DONE, RUNNING, WAITING, Request
from .watch import make_watch


class Runner:
    """`submit`, `cancel` and `stop` are for any thread; `run` is the main thread's whole life."""

    def __init__(self, engine: Engine, pool: Pool, grace: float, counters: Counters, limit: int) -> None:
        self.forked = False
        # So many requests may wait for the main thread.
        self.limit = limit
        self._counters = counters
        self._engine = engine
        # At which connections are read by this thread, too.
        self.watch = make_watch()
        self._lanes = Lanes(limit, self.watch)
        self._lock = threading.Lock()
        self._current: Optional[Request] = None
        # What is to be done between two requests.
        self._between: Deque[Callable[[], None]] = deque()
        self._stopping = False
        self._interrupts = Interrupts(self._lock)
        self.limits = Limits(pool, self._lock, self._interrupt, grace)

    @property
    def current(self) -> Optional[Request]:
        """The request that runs."""
        return self._current

    @property
    def waiting(self) -> int:
        """How many requests wait for the main thread."""
        return self._lanes.waiting

    @property
    def others_wait(self) -> bool:
        """Requests wait for the end of the one that runs."""
        return self._lanes.waiting > 0

    def submit(self, request: Request) -> None:
        """Raises a BUSY fault when too many wait already."""
        with self._lock:
            if request.state == DONE:
                return
            self._lanes.put(request)
            request.queued = True
            self._counters.submitted()

    def cancel(self, request: Request, grace: Optional[float] = None) -> Optional[int]:
        """What the request was: WAITING (it will not run), RUNNING (it is interrupted); None when it had ended."""
        with self._lock:
            state = request.state
            if state == DONE:
                return None
            request.cancelled = True
            request.ask()
            if state == WAITING:
                self._end_unrun([request])
                return WAITING
            self.limits.give_grace(request, grace)
        self._interrupt(request)
        return RUNNING

    def settle(self, request: Request) -> bool:
        """One that another thread has answered for: whether its reply is still wanted."""
        with self._lock:
            wanted = request.state != DONE
            request.state = DONE
            return wanted

    def while_wanted(self, request: Request, tell: Callable[[], None]) -> None:
        """Calls `tell` if the request has not been answered, and keeps it from being answered meanwhile."""
        with self._lock:
            if request.state != DONE:
                tell()

    def abandon(self, requests: List[Request]) -> List[Request]:
        """None of them starts from now on, and the one that runs is interrupted. Gives those that will not run."""
        with self._lock:
            running = [request for request in requests if request.state == RUNNING]
            waiting = [request for request in requests if request.state == WAITING]
            for request in requests:
                request.cancelled = True
                request.ask()
            self._end_unrun(waiting)
            for request in running:
                self.limits.give_grace(request)
        for request in running:
            self._interrupt(request)
        return waiting

    def stop(self) -> None:
        """Ends `run` soon: interrupts what is running, and drops what waits."""
        with self._lock:
            self._stopping = True
            current = self._current
        self._lanes.end()
        if current is not None:
            self.cancel(current)

    def do_between(self, act: Callable[[], None]) -> None:
        """In the main thread, soon, between two requests. From any thread, and without a lock."""
        self._between.append(act)
        self._lanes.wake()

    def let_go(self) -> None:
        """In a forked child of user code: whoever forked, it serves nobody."""
        self.forked = True
        if self.watch is not None:
            self.watch.close_after_fork()
        if self._current is not None and self._current.caller is not None:
            self._engine.executor.leave_after_fork()

    def is_interruptible(self, request: Request) -> bool:
        """For the main thread: whether what it runs is the code of this request, and not what surrounds that."""
        return self._interrupts.running is request

    def new_interruption(self, request: Request) -> KeyboardInterrupt:
        """For the main thread, where it waits for this request and finds that somebody wants that to end."""
        return self._interrupts.new_interruption(request)

    def run(self) -> None:
        self._interrupts.install()
        while True:
            lane = self._lanes.next_turn()
            while self._between:
                self._surely(self._between.popleft())
            with self._lock:
                if lane is None or self._stopping:
                    return
                request = self._lanes.take(lane)
                if request is None:
                    continue
                request.state = RUNNING
                request.ran = True
                self._current = request
            self._surely(self._run_one, request)
            # Nothing of a request may live on while the thread waits for the next.
            del request

    def _surely(self, act: Callable[..., None], *arguments: Any) -> None:
        """Whatever comes of it, the main thread goes on."""
        try:
            act(*arguments)
        except Exception as error:
            if isinstance(error, MemoryError):
                end_for_memory()
            from ..engine.tracebacks import traceback

            traceback.print_exc(file=sys.__stderr__)

    def _end_unrun(self, requests: List[Request]) -> None:
        """They wait, and will not run. Under the lock."""
        for request in requests:
            request.end_unrun()
        queued = [request for request in requests if request.queued]
        self._lanes.drop(queued)
        self._counters.ended(len(queued))

    def _run_one(self, request: Request) -> None:
        outputs = None if request.attachments is None else Outputs()
        if request.limit is not None:
            self.limits.begin(request, request.limit)
        session = request.session
        if session is None:
            fields = self._perform(request, outputs)
        else:
            session.enter()
            fields = self._perform(request, outputs)
            session.leave()
        if self.forked:
            self._leave_forked_child(fields)
        if request.caller is not None:
            fields = {**fields, **request.caller.close()}
        with self._lock:
            request.state = DONE
            self._counters.ended()
            self._current = None
        if request.watches:
            self.limits.end(request)
        self._interrupts.settle(request)
        if request.asked:
            place = self._engine if session is None else session
            if request.cancelled or request.timed_out:
                place.handles.drop(fields.get("handleId"))
                outputs = None
            fields = ending(request, fields)
        request.connection.finish(request, fields, outputs)

    def _perform(self, request: Request, outputs: Optional[Outputs]) -> Dict[str, Any]:
        caller = request.caller
        if caller is None:
            return self._answer(request, outputs)
        executor = self._engine.executor
        executor.enter(caller, None if request.session is None else request.session.id)
        try:
            return self._answer(request, outputs)
        finally:
            executor.leave()

    def _answer(self, request: Request, outputs: Optional[Outputs]) -> Dict[str, Any]:
        try:
            return self._interrupts.run_interruptible(
                request,
                self._engine.answer,
                request.command,
                request.payload,
                request.attachments,
                outputs,
                request.caller,
                request.session,
            )
        except BaseException as error:
            # A signal that came just before or after the engine's own guard.
            return failure(error).fields()

    def _interrupt(self, request: Request) -> None:
        self._interrupts.interrupt(request)
        if request.caller is not None:
            request.caller.wake()

    def _leave_forked_child(self, fields: Dict[str, Any]) -> None:
        """The user's code forked, and the child came back from it: it has no connections, and nothing to do here."""
        try:
            sys.stdout.flush()
        finally:
            os._exit((fields.get("details") or {}).get("exitCode", 0) & 0xFF)
