"""Which requests are under way in which session."""

import threading
from typing import Dict, Set

from ..engine.sessions import Session
from ..faults import Fault
from .request import Request
from .runner import Runner


class SessionRequests:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Dict[str, Set[Request]] = {}

    def add(self, request: Request, session: Session) -> None:
        with self._lock:
            request.session = session
            session.requests += 1
            self._requests.setdefault(session.id, set()).add(request)

    def remove(self, request: Request) -> None:
        session, request.session = request.session, None
        if session is None:
            return
        with self._lock:
            session.requests -= 1
            requests = self._requests[session.id]
            requests.discard(request)
            if not requests:
                del self._requests[session.id]
        session.use()

    def end(self, session: Session, runner: Runner) -> None:
        """Cancels all of them."""
        with self._lock:
            requests = list(self._requests.get(session.id, ()))
        for request in runner.abandon(requests):
            fault = Fault("CANCELLED", "its session was closed or reset")
            request.connection.finish(request, fault.fields(), None)
