"""What becomes of a client's requests that are more than an operation on live objects."""

from typing import Any, Callable, Dict, Protocol

from ..engine.operations import OPERATIONS
from ..faults import Fault, bad_request
from .request import DONE, WAITING, Request
from .services import Services

Fields = Dict[str, Any]
OTHERS = ("execute", "input", "cancel", "session_open", "session_list", "session_heartbeat")


class Client(Protocol):
    """The connection that the requests come from."""

    def reply(self, request: Request, fields: Fields) -> None:
        """Answers one that has not run."""

    def named_by(self, asking: Request) -> Any:
        """The request in flight that the payload's `requestId` names, or None."""

    def start_execution(self, request: Request) -> None:
        """Hands it to the main thread, with its caller. Raises Fault."""

    def shut_down(self) -> None:
        """Ends the connection."""


class Commands:
    """`start` is called once for each request, by its reader thread or the thread that has answered the line before."""

    def __init__(self, services: Services, client: Client) -> None:
        self._services = services
        self._client = client
        self._immediate: Dict[str, Callable[[Request], Fields]] = {
            "ping": self._ping,
            "hello": self._ping,
            "cancel": self._cancel,
            "input": self._answer_question,
            "session_open": self._open_session,
            "session_list": self._list_sessions,
            "session_heartbeat": self._keep_session,
        }
        self._queued: Dict[str, Callable[[Request], None]] = {
            "execute": self._client.start_execution,
            "session_close": self._close_session,
            "session_reset": self._reset_session,
        }

    def start(self, request: Request) -> bool:
        """Answers it, or hands it to the main thread. True if it has been answered."""
        try:
            if request.fault is not None:
                raise request.fault
            immediate = self._immediate.get(request.command)
            if immediate is not None:
                self._client.reply(request, immediate(request))
                return True
            self._queue(request)
            return False
        except Fault as fault:
            self._client.reply(request, fault.fields())
            if fault.code == "UNAUTHORIZED":
                self._client.shut_down()
            return True

    def end(self, request: Request, why: Fault) -> bool:
        """Cancels one that waits or runs, whoever asks for it. False when it had ended."""
        was = self._services.runner.cancel(request)
        if was == WAITING:
            self._client.reply(request, why.fields())
        return was is not None

    def _queue(self, request: Request) -> None:
        command = request.command
        queue = self._queued.get(command)
        if queue is None and command not in OPERATIONS:
            known = ", ".join(["ping", *OPERATIONS, *OTHERS])
            raise bad_request(f"there is no command {command!r:.80}", hint=f"one of {known}")
        if request.payload.get("sessionId") is not None and not command.startswith("session_"):
            self._services.desk.note(request)
        if queue is not None:
            queue(request)
        else:
            self._services.runner.submit(request)

    def _ping(self, _: Request) -> Fields:
        return self._services.identity

    def _cancel(self, asking: Request) -> Fields:
        target = self._client.named_by(asking)
        if target is None or target is asking or target.state == DONE:
            return {"success": False}
        return {"success": self.end(target, Fault("CANCELLED", "the request was cancelled before it ran"))}

    def _answer_question(self, answering: Request) -> Fields:
        from .executions import answer_question

        return answer_question(self._client.named_by(answering), answering.payload)

    # The desk is made when it is needed.

    def _open_session(self, request: Request) -> Fields:
        return self._services.desk.open(request.payload)

    def _list_sessions(self, _: Request) -> Fields:
        return self._services.desk.list()

    def _keep_session(self, request: Request) -> Fields:
        return self._services.desk.heartbeat(request.payload)

    def _close_session(self, request: Request) -> None:
        self._services.desk.close(request)

    def _reset_session(self, request: Request) -> None:
        self._services.desk.reset(request)
