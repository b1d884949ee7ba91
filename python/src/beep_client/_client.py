"""A connection to a running server, and what can be asked of it."""

import threading
from typing import Any, Callable, Dict, Optional

from ._doors import Door, OnEvent, Reply
from ._endpoints import read_endpoint
from ._errors import ServerError, error_from
from ._handles import Handle, from_wire, to_wire
from ._host import Environments, Jobs, Runtimes, Servers
from ._http_door import HttpDoor
from ._models import Event
from ._pipe_door import PipeDoor

Fields = Dict[str, Any]


def connect(name: str, *, home: Optional[str] = None) -> "Client":
    """The running server of that name, checked. `home`: the host's folder, else `BEEP_HOME`, else `~/.beep-python`."""
    transport, address, token = read_endpoint(name, home)
    client = Client(HttpDoor(address, token) if transport == "http" else PipeDoor(address, token))
    try:
        client.handle_count()
    except BaseException:
        client.close()
        raise
    return client


class Client:
    """Calls take turns, whatever the thread. One that is interrupted, as by Ctrl+C, ends the work it waited for."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._turn = threading.Lock()
        self._whose_turn: Optional[int] = None
        self.environments = Environments(self.ask)
        self.runtimes = Runtimes(self.ask)
        self.servers = Servers(self.ask)
        self.jobs = Jobs(self.ask)

    def evaluate(self, code: str, locals: Optional[Fields] = None, *, timeout: Optional[float] = None) -> Any:
        """The value of an expression, or of the last one of a block: a value, or a Handle. Raises PythonError.

        `locals` are names visible everywhere inside; `timeout` are the seconds that it may run.
        """
        payload = {"expression": code, "locals": _forms(locals or {}), "timeoutSeconds": timeout}
        return self._result(self._ask("eval", payload))

    def execute(
        self,
        code: str,
        locals: Optional[Fields] = None,
        *,
        on_event: Callable[[Event], Any] = lambda _: None,
        timeout: Optional[float] = None,
    ) -> Any:
        """The same for code that talks: `on_event` gets what it prints and displays, as it does. It gets no input."""

        def tell(fields: Fields) -> None:
            on_event(Event(fields["event"], fields))

        payload = {"code": code, "locals": _forms(locals or {}), "allowInput": False, "timeoutSeconds": timeout}
        return self._result(self._ask("execute", payload, tell))

    def import_module(self, name: str) -> Handle:
        return Handle(self, self.ask("import", {"moduleName": name}))

    def call(self, handle: Handle, method: str, *args: Any, **kwargs: Any) -> Any:
        payload = {"handleId": handle.id, "methodName": method, "args": to_wire(list(args)), "kwargs": _forms(kwargs)}
        return self._result(self._ask("call", payload))

    def get_attribute(self, handle: Handle, name: str) -> Any:
        return self._result(self._ask("getattr", {"handleId": handle.id, "attributeName": name}))

    def set_attribute(self, handle: Handle, name: str, value: Any) -> None:
        self.ask("setattr", {"handleId": handle.id, "attributeName": name, "value": to_wire(value)})

    def wrap(self, value: Any) -> Handle:
        """Moves a value over and keeps it there."""
        return Handle(self, self.ask("wrap", {"value": to_wire(value)}))

    def to_array(self, handle: Handle) -> Any:
        """An array as it is: numpy's where numpy is installed here."""
        reply = self._ask("toarray", {"handleId": handle.id})
        return from_wire(reply.fields["data"], reply.attachments)

    def dispose(self, handle: Handle) -> None:
        """Lets go of it; an unknown one is no error."""
        self.ask("dispose", {"handleId": handle.id})

    def handle_count(self) -> int:
        """How many objects the server holds outside of sessions."""
        return int(self.ask("handles_list", {"limit": 0})["count"])

    def ask(self, command: str, payload: Fields, on_event: OnEvent = None) -> Fields:
        """Any operation of docs/wire.md §2: its reply. Raises ServerError."""
        return self._ask(command, payload, on_event).fields

    def close(self) -> None:
        self._door.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, command: str, payload: Fields, on_event: OnEvent = None) -> Reply:
        me = threading.get_ident()
        if self._whose_turn == me and self._turn.locked():
            message = "a callback of a call cannot make another call with the same client"
            raise ServerError("BAD_REQUEST", message, "Use a second client.")
        with self._turn:
            try:
                self._whose_turn = me
                reply = self._door.ask(command, {k: v for k, v in payload.items() if v is not None}, on_event)
            finally:
                self._whose_turn = None
        if "error" in reply.fields:
            raise error_from(reply.fields)
        return reply

    def _result(self, reply: Reply) -> Any:
        if reply.fields.get("isHandle"):
            return Handle(self, reply.fields)
        return from_wire(reply.fields.get("value"), reply.attachments)


def _forms(values: Fields) -> Fields:
    return {name: to_wire(value) for name, value in values.items()}
