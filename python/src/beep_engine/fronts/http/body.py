"""Reads a request's body and makes sure that it is exactly one JSON object with the right fields."""

from typing import Any, Awaitable, Callable, Dict, Optional, Tuple, Union

from ...faults import Fault
from ...wire.limits import MAX_HEADER
from ...wire.text import to_json
from ..json_text import decoded
from ..operation import Operation
from ..operations import mistake_in
from .gate import Headers

Receive = Callable[[], Awaitable[Dict[str, Any]]]

# The body becomes part of a frame's header, whose limit is 64 MiB; this leaves room for what stands around it.
BODY_LIMIT = MAX_HEADER - 1024

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class ClientGone(Exception):
    """The client hung up before its request was complete."""


class RequestBody:
    """The body of one request: `begun` once reading has started, `complete` once all of it has arrived."""

    __slots__ = ("begun", "complete", "receive")

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.begun = False
        self.complete = False

    async def read(self, headers: Headers) -> bytes:
        """The whole body; TOO_LARGE as soon as it is known to be over the limit."""
        return bytes(await self.read_up_to(BODY_LIMIT, headers))

    async def read_up_to(self, limit: int, headers: Headers) -> Union[bytes, bytearray]:
        """The same with a limit of its own, and without a copy."""
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            raise _too_large(limit)
        self.begun = True
        message = await self.receive()
        piece = self._piece_of(message)
        if self.complete:
            return piece
        whole = bytearray(piece)
        while not self.complete:
            whole += await self._next()
            if len(whole) > limit:
                raise _too_large(limit)
        return whole

    async def drop(self) -> None:
        """Reads what is left of the body, and forgets it."""
        while not self.complete:
            await self._next()

    async def _next(self) -> bytes:
        self.begun = True
        return self._piece_of(await self.receive())

    def _piece_of(self, message: Dict[str, Any]) -> bytes:
        if message["type"] != "http.request":
            raise ClientGone
        self.complete = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece


def checked_object(
    operation: Operation, body: bytes, given: Optional[Dict[str, Any]] = None
) -> Tuple[bytes, Dict[str, Any]]:
    """The text of the JSON object and what it holds, with what is `given` elsewhere; BAD_REQUEST for anything else.

    The text may be spliced into a frame as it is: it decoded as UTF-8, and as exactly one JSON object.
    """
    text = body[3:] if body.startswith(_BYTE_ORDER_MARK) else body
    try:
        payload = decoded(text.decode("utf-8"), "the body")
    except UnicodeDecodeError as error:
        raise Fault("BAD_REQUEST", f"the body is not UTF-8: {error.reason} at byte {error.start}") from None
    if not isinstance(payload, dict):
        raise Fault("BAD_REQUEST", "the body must be a JSON object")
    if given is not None:
        payload.update(given)
        text = to_json(payload)
    mistake = mistake_in(operation, payload)
    if mistake is not None:
        raise Fault("BAD_REQUEST", mistake)
    return text, payload


def _too_large(limit: int) -> Fault:
    return Fault(
        "TOO_LARGE",
        f"the body is over the limit of {limit} bytes",
        hint="Put large data into a file, or send it as bytes: `PUT /arrays`, or through the pipe as an attachment.",
        details={"limitBytes": limit},
    )
