"""A worker that is there for one session alone: everything asked of it takes place in that session."""

import os
import socket
import threading
from time import monotonic
from typing import Any, Dict, Optional

from ..control import REASON, SESSION, receive_record
from ..engine.session_options import read_options
from ..engine.sessions import Session
from ..faults import Fault, bad_request
from ..platform.memory import limit_memory
from ..slots import SlotTable
from .out_of_memory import prepare_last_words
from .request import Request
from .runner import Runner
from .services import Answered, Services
from .session_requests import SessionRequests


def take_session(control: socket.socket, table: SlotTable, services: Services) -> None:
    """Waits for the session that this worker is for, and makes the process its own."""
    record = receive_record(control)
    if record is None or record.kind != SESSION or record.document is None:
        raise EOFError("the pool has sent no session")
    options = read_options(record.document["options"])
    if options.memory is not None:
        _limit_memory(options.memory, services)
    session = services.engine.keep_to_one(record.document["sessionId"], options)
    services.desk = OwnDesk(session, services.runner, table, record.document["path"])
    services.only_one = True


def _limit_memory(size: int, services: Services) -> None:
    limit_memory(size)
    reason = f"no memory was left to serve its requests (the limit is {size} bytes of address space)"
    prepare_last_words(services.pool.ready_to_tell(REASON, {"reason": reason}))


class OwnDesk:
    """See services.Desk. The pool reads in the table what the session does, and ends it when its lease has ended."""

    def __init__(self, session: Session, runner: Runner, table: SlotTable, path: str) -> None:
        self._session = session
        self._runner = runner
        self._table = table
        self._path = path
        self._requests = SessionRequests()
        self._telling = threading.Lock()
        self._tell()

    def note(self, request: Request) -> None:
        self._check(request.payload)
        self._requests.add(request, self._session)
        self._tell()

    def done(self, request: Request) -> None:
        self._requests.remove(request)
        self._tell()

    def open(self, payload: Dict[str, Any], answered: Answered) -> None:
        raise bad_request("this socket is one session's own; open others at the socket of the server")

    def list(self, answered: Answered) -> None:
        answered({"sessions": [self._description()]})

    def heartbeat(self, payload: Dict[str, Any], answered: Answered) -> None:
        self._check(payload)
        self._session.use()
        self._tell()
        answered(self._description())

    def interrupt(self, payload: Dict[str, Any], grace: Optional[float], answered: Answered) -> None:
        self._check(payload)
        answered({"success": self._runner.limits.interrupt(self._runner.current, grace)})

    def close(self, request: Request, answered: Answered) -> None:
        self._check(request.payload)
        answered({"success": True})
        self.end_all()
        self._runner.stop()

    def reset(self, request: Request) -> None:
        self._check(request.payload)
        self.end_all()
        request.payload = {"sessionId": self._session.id}
        self._runner.submit(request)

    def note_handles(self) -> None:
        self._tell()

    def end_all(self) -> None:
        self._requests.end(self._session, self._runner)

    def _check(self, payload: Dict[str, Any]) -> None:
        session_id = payload.get("sessionId")
        if session_id is not None and session_id != self._session.id:
            raise Fault("SESSION_NOT_FOUND", f"this socket is of session {self._session.id} alone")

    def _tell(self) -> None:
        # Two threads may come at once. Written in the wrong order, the session would count as busy for ever, and its
        # lease never end.
        with self._telling:
            self._table.note_use(self._session.requests, len(self._session.handles), monotonic())

    def _description(self) -> Dict[str, Any]:
        return {**self._session.description(), "ownProcess": True, "pid": os.getpid(), "path": self._path}
