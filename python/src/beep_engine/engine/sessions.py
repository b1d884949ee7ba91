"""Sessions: a namespace and handles of one's own, for as long as somebody uses them."""

import sys
import threading
import time
from datetime import datetime, timezone
from itertools import count
from types import FunctionType, ModuleType
from typing import Any, Callable, Dict, Iterator, List, Optional

from ..faults import Fault, session_not_found
from ..platform.memory import HEADROOM, limit_memory
from ..posts import ALONE, Post
from .handles import Handles
from .place import Place
from .session_options import SessionOptions
from .surroundings import Surroundings, go_to, set_variables

MOST_SESSIONS = 1000


class Session(Place):
    """`enter` and `leave` surround each request, in the thread that runs user code; the lease may be asked anywhere."""

    def __init__(self, session_id: str, options: SessionOptions, handles: Handles, clock: Callable[[], float]) -> None:
        super().__init__(handles)
        self.id = session_id
        self.options = options
        self.created = datetime.now(timezone.utc)
        # Requests that wait or run: while there is one, the lease does not end.
        self.requests = 0
        self.closing = False
        self._clock = clock
        self._used = clock()
        self._main_before: Any = None
        self.reset()

    def reset(self) -> None:
        """As it was when it was opened."""
        before, self.module = self.module, ModuleType("__main__")
        self.close_loop()
        self.handles.clear()
        if before is not None:
            _empty(before.__dict__)
        self._surroundings = Surroundings(self.options.folder, self.options.environment)

    def enter(self) -> None:
        self._surroundings.enter()
        self._main_before = sys.modules.get("__main__")
        if self.module is not None:
            sys.modules["__main__"] = self.module

    def leave(self) -> None:
        sys.modules["__main__"] = self._main_before
        self._surroundings.leave()

    def use(self) -> None:
        """Its lease begins anew."""
        self._used = self._clock()

    @property
    def idle(self) -> float:
        """Seconds since it was used last."""
        return 0.0 if self.requests else self._clock() - self._used

    @property
    def left(self) -> float:
        """Seconds until its lease ends."""
        return self.options.lease - self.idle

    def close_loop(self) -> None:
        loop, self.loop = self.loop, None
        if loop is not None:
            from .awaiting import end_loop

            end_loop(loop)

    def description(self) -> Dict[str, Any]:
        options = self.options
        return {
            "sessionId": self.id,
            "name": options.name,
            "ownProcess": False,
            "createdAt": self.created.isoformat(timespec="milliseconds"),
            "workingFolder": options.folder,
            "leaseSeconds": options.lease,
            "idleSeconds": round(self.idle, 3),
            "requests": self.requests,
            "handles": len(self.handles),
            "handleLimit": options.handles,
            "timeoutSeconds": options.timeout,
            "memoryLimitBytes": options.memory,
        }


class OnlySession(Session):
    """Of a process that was made for it, and that is its surroundings."""

    def reset(self) -> None:
        super().reset()
        if self.module is not None:
            sys.modules["__main__"] = self.module
        if self.options.folder is not None:
            go_to(self.options.folder)
        set_variables(self.options.environment)

    def enter(self) -> None:
        """It never leaves; but what serves it has a little more memory than its code."""
        if self.options.memory is not None:
            limit_memory(self.options.memory)

    def leave(self) -> None:
        if self.options.memory is not None:
            limit_memory(self.options.memory + HEADROOM)


def _empty(names: Dict[str, Any]) -> None:
    """Functions hold the namespace that holds them: it would stay until the collector comes by.

    Objects go first, since their finalizers may want the modules, functions and classes.
    """
    for name, value in list(names.items()):
        if not isinstance(value, (ModuleType, FunctionType, type)) and name != "__builtins__":
            del names[name]
        # Nor may this frame hold the last one.
        del value
    names.clear()


class Sessions:
    """Those of one worker. Ids are `s<origin>-<n>`: they do not outlive it."""

    def __init__(
        self,
        origin: object,
        numbers: Iterator[int],
        post: Post = ALONE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._origin = origin
        self._post = post
        self._handle_numbers = numbers
        self._clock = clock
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._open: Dict[str, Session] = {}

    def open(self, options: SessionOptions) -> Session:
        with self._lock:
            if len(self._open) >= MOST_SESSIONS:
                raise Fault(
                    "LIMIT_EXCEEDED",
                    f"there are {MOST_SESSIONS} sessions already",
                    hint="close those that are no longer needed",
                    details={"limit": MOST_SESSIONS},
                )
            session_id = f"s{self._origin}-{next(self._numbers)}"
            handles = Handles(self._origin, self._handle_numbers, options.handles, self._post)
            session = self._open[session_id] = Session(session_id, options, handles, self._clock)
            return session

    def take_over(self, session_id: str, options: SessionOptions) -> Session:
        """The only one, to which the process belongs."""
        handles = Handles(session_id, self._handle_numbers, options.handles)
        session = self._open[session_id] = OnlySession(session_id, options, handles, self._clock)
        return session

    def get(self, session_id: Any) -> Session:
        session = self._open.get(session_id) if type(session_id) is str else None
        if session is None or session.closing:
            raise self._post.wrong_worker(session_id) or session_not_found(session_id)
        return session

    def check_worker(self, session_id: Any) -> None:
        """Raises a fault for a session that another worker knows."""
        fault = self._post.wrong_worker(session_id)
        if fault is not None:
            raise fault

    def all(self) -> List[Session]:
        with self._lock:
            return [session for session in self._open.values() if not session.closing]

    def begin_close(self, session_id: Any, only_expired: bool = False) -> Optional[Session]:
        """From now on it is not found; None when it was not there, or its lease has not ended. Then comes `close`."""
        with self._lock:
            session = self._open.get(session_id) if type(session_id) is str else None
            if session is None or session.closing or (only_expired and session.left > 0):
                return None
            session.closing = True
            return session

    def close(self, session_id: Any) -> bool:
        """Drops what it holds. False when it was not there."""
        with self._lock:
            session = self._open.pop(session_id, None) if type(session_id) is str else None
        if session is not None:
            session.reset()
        return session is not None
