"""Sessions of this worker as clients see them: opened, listed, kept, reset and closed. Loaded with the first one."""

import threading
from typing import Any, Dict, Set

from ..engine.operations import Engine
from ..engine.session_options import read_options
from ..engine.sessions import Session
from ..faults import Fault
from .request import Request
from .runner import Runner

# Seconds between two looks at the leases, at most.
LOOK_EVERY = 60.0


class SessionDesk:
    """`note` and `done` surround a request in a session. All but `done` belongs to reader threads."""

    def __init__(self, engine: Engine, runner: Runner) -> None:
        self._engine = engine
        self._runner = runner
        self._lock = threading.Lock()
        self._requests: Dict[str, Set[Request]] = {}
        self._changed = threading.Condition()
        self._keeper = threading.Thread(target=self._end_leases, name="beep-leases", daemon=True)
        self._keeper.start()

    def note(self, request: Request) -> None:
        """Raises SESSION_NOT_FOUND."""
        session = self._engine.sessions.get(request.payload["sessionId"])
        with self._lock:
            request.session = session
            session.requests += 1
            self._requests.setdefault(session.id, set()).add(request)

    def done(self, request: Request) -> None:
        session, request.session = request.session, None
        if session is not None:
            with self._lock:
                session.requests -= 1
                self._requests[session.id].discard(request)
            session.use()

    def open(self, payload: Dict[str, Any]) -> Dict[str, Any]:
        session = self._engine.sessions.open(read_options(payload))
        with self._changed:
            self._changed.notify()
        return session.description()

    def list(self) -> Dict[str, Any]:
        return {"sessions": [session.description() for session in self._engine.sessions.all()]}

    def heartbeat(self, payload: Dict[str, Any]) -> Dict[str, Any]:
        session = self._engine.sessions.get(payload.get("sessionId"))
        session.use()
        return session.description()

    def close(self, request: Request) -> None:
        """Ends what runs in it, and has it emptied; the request is answered when that is done."""
        session = self._engine.sessions.begin_close(request.payload.get("sessionId"))
        if session is not None:
            self._end_requests(session)
        self._runner.submit(request)

    def reset(self, request: Request) -> None:
        self._end_requests(self._engine.sessions.get(request.payload.get("sessionId")))
        self._runner.submit(request)

    def _end_requests(self, session: Session) -> None:
        with self._lock:
            requests = list(self._requests.get(session.id, ()))
        for request in requests:
            request.connection.end(request, Fault("CANCELLED", "its session was closed or reset"))

    def _end_leases(self) -> None:
        while True:
            with self._changed:
                sessions = self._engine.sessions.all()
                self._changed.wait(max(0.01, min([LOOK_EVERY, *[session.left for session in sessions]])))
            for session in sessions:
                if self._engine.sessions.begin_close(session.id, only_expired=True):
                    self._runner.submit(Request(_Nobody(), None, "session_close", {"sessionId": session.id}))


class _Nobody:
    """Asks for what the worker does by itself."""

    def finish(self, *_: Any) -> None:
        pass
