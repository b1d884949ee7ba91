"""Sessions of this worker as clients see them: opened, listed, kept, reset and closed. Loaded with the first one."""

import threading
from typing import Any, Dict, Optional

from ..engine.operations import Engine
from ..engine.session_options import read_options
from ..faults import bad_request
from .lanes import Lane
from .pool_talk import Pool
from .request import Request
from .runner import Runner
from .services import Answered
from .session_requests import SessionRequests

# Seconds between two looks at the leases, at most.
LOOK_EVERY = 60.0


class SessionDesk:
    """See services.Desk. Sessions with a process of their own are the pool's."""

    def __init__(self, engine: Engine, runner: Runner, pool: Pool) -> None:
        self._engine = engine
        self._runner = runner
        self._pool = pool
        self._requests = SessionRequests()
        self._changed = threading.Condition()
        self._keeper = threading.Thread(target=self._end_leases, name="beep-leases", daemon=True)
        self._keeper.start()

    def note(self, request: Request) -> None:
        session_id = request.payload["sessionId"]
        if has_own_process(session_id):
            hint = "session_open and session_heartbeat tell its path"
            raise bad_request(f"session {session_id} has a process and a socket of its own: ask there", hint=hint)
        self._requests.add(request, self._engine.sessions.get(session_id))

    def done(self, request: Request) -> None:
        self._requests.remove(request)

    def open(self, payload: Dict[str, Any], answered: Answered) -> None:
        options = read_options(payload)
        if options.own_process:
            return self._pool.ask({"question": "open", "options": payload}, answered)
        session = self._engine.sessions.open(options)
        with self._changed:
            self._changed.notify()
        answered(session.description())

    def list(self, answered: Answered) -> None:
        def add(theirs: Dict[str, Any]) -> None:
            ours = [session.description() for session in self._engine.sessions.all()]
            answered({"sessions": ours + theirs["sessions"]})

        self._pool.ask({"question": "list"}, add)

    def heartbeat(self, payload: Dict[str, Any], answered: Answered) -> None:
        session_id = payload.get("sessionId")
        if has_own_process(session_id):
            return self._pool.ask({"question": "keep", "sessionId": session_id}, answered)
        session = self._engine.sessions.get(session_id)
        session.use()
        answered(session.description())

    def interrupt(self, payload: Dict[str, Any], grace: Optional[float], answered: Answered) -> None:
        session_id = payload["sessionId"]
        if has_own_process(session_id):
            return self._pool.ask({"question": "interrupt", "sessionId": session_id, "grace": grace}, answered)
        session, current = self._engine.sessions.get(session_id), self._runner.current
        runs = current is not None and current.session is session and self._runner.limits.interrupt(current, grace)
        answered({"success": runs})

    def close(self, request: Request, answered: Answered) -> None:
        session_id = request.payload.get("sessionId")
        if has_own_process(session_id):
            return self._pool.ask({"question": "close", "sessionId": session_id}, answered)
        session = self._engine.sessions.begin_close(session_id)
        if session is not None:
            self._requests.end(session, self._runner)
        else:
            self._engine.sessions.check_worker(session_id)
        self._runner.submit(request)

    def reset(self, request: Request) -> None:
        self._requests.end(self._engine.sessions.get(request.payload.get("sessionId")), self._runner)
        self._runner.submit(request)

    def note_handles(self) -> None:
        """They are counted when somebody asks."""

    def end_all(self) -> None:
        for session in self._engine.sessions.all():
            self._requests.end(session, self._runner)

    def _end_leases(self) -> None:
        while True:
            with self._changed:
                sessions = self._engine.sessions.all()
                self._changed.wait(max(0.01, min([LOOK_EVERY, *[session.left for session in sessions]])))
            for session in sessions:
                if self._engine.sessions.begin_close(session.id, only_expired=True):
                    self._runner.submit(Request(_Nobody(), None, "session_close", {"sessionId": session.id}))


def has_own_process(session_id: Any) -> bool:
    """The pool gives such sessions ids of another kind: they are reached at a socket of their own."""
    return type(session_id) is str and session_id.startswith("p")


class _Nobody:
    """Asks for what the worker does by itself."""

    def __init__(self) -> None:
        self.lane = Lane()

    def finish(self, *_: Any) -> None:
        pass
