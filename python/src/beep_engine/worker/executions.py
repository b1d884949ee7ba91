"""The `execute` requests of a connection, and the answers to what their code asks. Loaded with the first of them."""

from typing import Any, Dict, Optional

from ..faults import Fault, bad_request
from .caller import Caller, Emit
from .delivery import Delivery
from .outbox import Outbox
from .request import Request
from .runner import Runner

# One thread sends for all connections: only one request runs at a time.
_delivery = Delivery()


class Executions:
    def __init__(self, runner: Runner, outbox: Outbox, emit: Emit) -> None:
        self._runner = runner
        self._outbox = outbox
        self._emit = emit

    def start(self, request: Request, may_ask: bool) -> None:
        """Raises Fault when it cannot be run. `may_ask`: the client can answer questions."""
        try:
            _delivery.start()
        except RuntimeError as error:
            raise Fault("INTERNAL", f"there is no thread left to send output: {error}") from None
        request.caller = Caller(request, self._emit, self._outbox, _delivery, self._runner)
        if not may_ask:
            request.caller.end_input()
        self._runner.submit(request)


def answer_question(target: Optional[Request], payload: Dict[str, Any]) -> Dict[str, Any]:
    """The reply to `input`."""
    text = None if payload.get("eof") is True else payload.get("text")
    if text is None and payload.get("eof") is not True:
        raise bad_request("input needs a text (a string), or eof: true")
    if text is not None and type(text) is not str:
        raise bad_request(f"text must be a string, not {type(text).__name__}")
    asked = target is not None and target.caller is not None and target.caller.answer(text)
    return {"success": asked}
