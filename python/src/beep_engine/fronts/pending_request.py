"""What a front asks of a worker, until the reply is there: the request, whoever waits for it, and the reply."""

import asyncio
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Protocol, Union

from ..faults import Fault
from ..wire.text import to_json
from .frame_reader import NO_BODY

if TYPE_CHECKING:
    from .pool_connection import PoolConnection

# Bytes of an attachment.
Buffer = Union[bytes, bytearray, memoryview]


class Reply(NamedTuple):
    """`text` is the JSON object of the reply without its `id`; `body` holds the attachments."""

    text: bytes
    body: memoryview

    def may_fail(self) -> bool:
        """False means success for certain. True means that the text must be decoded to know.

        Inside a JSON string a quote is escaped, so `"error"` stands in the text only as a key, or as a whole value.
        """
        return b'"error"' in self.text

    def may_attach(self) -> bool:
        return b'"attachment' in self.text


class Waiting(Protocol):
    """What waits for a reply, as a future does; what is no future is told at once, and does not raise."""

    def done(self) -> bool:
        """It wants no reply any more."""

    def set_result(self, reply: Reply) -> None:
        """Called once, and not when it is done."""


class PendingRequest:
    """A request on its way. `reply` is resolved exactly once and never raises: a lost worker is a reply too."""

    __slots__ = ("_payload", "connection", "id", "reply")

    def __init__(self, connection: "PoolConnection", request_id: int, payload: bytes, reply: Any) -> None:
        self._payload = payload
        self.connection = connection
        self.id = request_id
        self.reply = reply

    async def cancel(self, grace: Optional[float] = None) -> bool:
        """Asks the worker to cancel it. True if it was still waiting or running there. `grace` in seconds."""
        return await self._end_by(b"cancel", grace)

    async def interrupt(self, grace: Optional[float] = None) -> bool:
        """As `cancel`, but code that catches the interrupt may still give its result; False while it waits."""
        return await self._end_by(b"interrupt", grace)

    async def _end_by(self, command: bytes, grace: Optional[float]) -> bool:
        if self.reply.done():
            return False
        answer = await self.connection.send(command, naming(self.id, grace)).reply
        return json.loads(answer.text).get("success") is True

    def abandon(self) -> None:
        """Nobody waits any more: cancels it at the worker, and forgets its reply."""
        if self.forget():
            self.connection.send(b"cancel", b'{"requestId":%d}' % self.id)
        if not self.reply.done():
            self.reply.set_result(failed(Fault("CANCELLED", "the caller went away")))

    def forget(self) -> bool:
        """Nobody waits any more, and the worker shall do it all the same; False if it has replied already."""
        if self.connection.forget(self.id, self._payload):
            return True
        if isinstance(self.reply, asyncio.Future) and self.reply.done() and not self.reply.cancelled():
            self.discard(self.reply.result())
        return False

    def discard(self, reply: Reply, connection: Optional["PoolConnection"] = None) -> None:
        """Its reply cannot be brought to anybody. `connection`: another one by which to say so."""
        (connection or self.connection).discard(reply, self._payload)


def naming(request_id: int, grace: Optional[float] = None) -> bytes:
    """The payload of what shall end this request."""
    return to_json({"requestId": request_id, "graceSeconds": grace})


def failed(fault: Fault) -> Reply:
    """As a worker would answer."""
    return Reply(to_json(fault.fields()), NO_BODY)
