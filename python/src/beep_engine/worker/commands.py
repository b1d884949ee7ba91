"""What becomes of a client's requests that are more than an operation on live objects."""

from typing import Any, Callable, Dict, Protocol

from ..engine.operations import OPERATIONS
from ..faults import Fault, bad_request
from ..settings import read_grace, read_timeout
from .request import DONE, WAITING, Request
from .services import Services

Fields = Dict[str, Any]
OTHERS = ("execute", "input", "cancel", "interrupt", "metrics", "session_open", "session_list", "session_heartbeat")
# Of the host, whose module is loaded with the first of them: host_requests.py.
HOST_COMMANDS = (
    *("venv_ensure", "venv_create", "venv_delete", "venv_list", "venv_install", "venv_status"),
    *("runtime_list", "runtime_get", "runtime_install"),
    *("server_list", "server_status", "server_start", "server_stop", "server_restart"),
    *("job_list", "job_get", "job_cancel"),
)


class Client(Protocol):
    """The connection that the requests come from."""

    def reply(self, request: Request, fields: Fields) -> None:
        """Answers one that has not run, in the thread that has started it."""

    def finish(self, request: Request, fields: Fields, outputs: Any) -> None:
        """Answers one in another thread."""

    def named_by(self, asking: Request) -> Any:
        """The request in flight that the payload's `requestId` names, or None."""

    def tell(self, request: Request, event: Fields) -> None:
        """An event of one that has not been answered, in any thread."""

    def start_execution(self, request: Request) -> None:
        """Hands it to the main thread, with its caller. Raises Fault."""

    def refuse_what_does_not_fit(self) -> None:
        """From now on it is BUSY, instead of being left unread."""

    def shut_down(self) -> None:
        """Ends the connection."""


class Commands:
    """`start` is called once for each request, by the thread that has read it, or has answered the line before it."""

    def __init__(self, services: Services, client: Client) -> None:
        self._services = services
        self._client = client
        self._immediate: Dict[str, Callable[[Request], Fields]] = {
            "ping": self._ping,
            "hello": self._hello,
            "cancel": self._cancel,
            "input": self._answer_question,
        }
        self._later: Dict[str, Callable[[Request], None]] = {
            "execute": client.start_execution,
            "metrics": self._measure,
            "interrupt": self._interrupt,
            **dict.fromkeys(HOST_COMMANDS, self._ask_host),
            "session_open": self._open_session,
            "session_list": self._list_sessions,
            "session_heartbeat": self._keep_session,
            "session_close": self._close_session,
            "session_reset": self._reset_session,
        }

    def start(self, request: Request) -> bool:
        """Answers it, or has it answered by another thread, which calls `finish`. True if it has been answered."""
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

    def _queue(self, request: Request) -> None:
        command = request.command
        later = self._later.get(command)
        if later is None and command not in OPERATIONS:
            known = ", ".join(["ping", *OPERATIONS, *OTHERS, *HOST_COMMANDS])
            raise bad_request(f"there is no command {command!r:.80}", hint=f"one of {known}")
        services = self._services
        if not command.startswith("session_") and command != "interrupt":
            if services.only_one or request.payload.get("sessionId") is not None:
                services.desk.note(request)
            self._limit(request)
        if later is not None:
            later(request)
        else:
            services.runner.submit(request)

    def _limit(self, request: Request) -> None:
        """How long it may run: what it says, or else its session, or else the server."""
        limit = read_timeout(request.payload)
        if limit is None and request.session is not None:
            limit = request.session.options.timeout
        if limit is None:
            limit = self._services.settings.timeout
        if limit is not None:
            try:
                self._services.runner.limits.start()
            except RuntimeError as error:
                raise Fault("INTERNAL", f"there is no thread left to watch over a limit: {error}") from None
            request.limit = limit

    def _interrupt(self, request: Request) -> None:
        payload, runner, answer = request.payload, self._services.runner, self._answer_to(request)
        grace = read_grace(payload)
        if payload.get("requestId") is not None:
            answer({"success": runner.limits.interrupt(self._client.named_by(request), grace)})
        elif payload.get("sessionId") is not None:
            self._services.desk.interrupt(payload, grace, answer)
        else:
            answer({"success": runner.limits.interrupt(runner.current, grace)})

    def _ping(self, _: Request) -> Fields:
        return self._services.identity

    def _hello(self, request: Request) -> Fields:
        if request.payload.get("refuse") is True:
            self._client.refuse_what_does_not_fit()
        return self._services.identity

    def _cancel(self, asking: Request) -> Fields:
        target = self._client.named_by(asking)
        if target is None or target is asking:
            return {"success": False}
        was = self._services.runner.cancel(target, read_grace(asking.payload))
        if was == WAITING:
            self._client.reply(target, Fault("CANCELLED", "the request was cancelled before it ran").fields())
        return {"success": was is not None}

    def _answer_question(self, answering: Request) -> Fields:
        from .executions import answer_question

        return answer_question(self._client.named_by(answering), answering.payload)

    def _measure(self, request: Request) -> None:
        if self._services.only_one:
            raise bad_request("this socket is one session's own; ask for metrics at the socket of the server")
        self._services.measure(self._answer_to(request))

    def _ask_host(self, request: Request) -> None:
        def finish(fields: Fields) -> None:
            self._client.finish(request, fields, None)

        def tell(event: Fields) -> None:
            self._client.tell(request, event)

        self._services.host_requests.start(request, tell, finish)

    # The desk is made when it is needed.

    def _open_session(self, request: Request) -> None:
        self._services.desk.open(request.payload, self._answer_to(request))

    def _list_sessions(self, request: Request) -> None:
        self._services.desk.list(self._answer_to(request))

    def _keep_session(self, request: Request) -> None:
        self._services.desk.heartbeat(request.payload, self._answer_to(request))

    def _close_session(self, request: Request) -> None:
        self._services.desk.close(request, self._answer_to(request))

    def _reset_session(self, request: Request) -> None:
        self._services.desk.reset(request)

    def _answer_to(self, request: Request) -> Callable[[Fields], None]:
        def answer(fields: Fields) -> None:
            request.state = DONE
            self._client.finish(request, fields, None)

        return answer
