"""One connection to a pool, in the frames dialect: many requests in flight, each with a future for its reply."""

import asyncio
import json
import re
from contextvars import ContextVar
from typing import Any, Callable, Dict, Optional, Sequence, Tuple, cast

from ..faults import Fault
from ..wire.frames import MAGIC, PREFIX
from ..wire.text import to_json
from .frame_reader import NO_BODY, BrokenStream, FrameReader, Sink
from .pending_request import Buffer, PendingRequest, Reply, Waiting, failed

# Below this, one joined write is cheaper than two; above it, the copy is what costs.
JOINED_WRITE_LIMIT = 64 * 1024

# The worker writes the id first. Cutting it off leaves the reply's own text: nothing is decoded that is only passed on.
_LEADING_ID = re.compile(rb'\{"id": ?(\d+), ?(?=")')
# How an event begins behind its id; a reply never does.
_EVENT = re.compile(rb'\{"event": ?"')

# Its answer is nobody's.
_HELLO = b'{"id":0,"command":"hello","payload":{"refuse":true}}'
_GREETING = PREFIX.pack(MAGIC, len(_HELLO), 0) + _HELLO

# For which of a front's callers this task works: a number, where one of them may ask for many things at once.
CALLER: ContextVar[int] = ContextVar("caller", default=0)

# Takes the text of an event, without its id.
OnEvent = Callable[[bytes], None]
# Takes the text of a reply without its id, and how long the body is that has begun to come: gives where it goes.
OnBody = Callable[[bytes, int], Sink]


class PoolConnection(asyncio.Protocol):
    """`on_lost` is called once, when the connection is gone and its requests have been answered; `lost` says why.

    `greets`: what the server has no room for comes back as BUSY, and the connection is always read.
    """

    def __init__(self, on_lost: Callable[["PoolConnection"], None], greets: bool = True) -> None:
        self._greets = greets
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self._reader = FrameReader(self._sink_for)
        self._pending: Dict[int, Waiting] = {}
        # Of those requests that tell something before they reply.
        self._listeners: Dict[int, OnEvent] = {}
        # Of those whose reply may have a body that is wanted as it comes.
        self._takers: Dict[int, OnBody] = {}
        # With their payloads, where those say in which session they take place.
        self._forgotten: Dict[int, bytes] = {}
        self._last_id = 0
        self._broken: Optional[str] = None
        self.lost: Optional[str] = None
        # A worker behind it has died. Another one may have taken over.
        self.has_lost_worker = False
        self._transport: asyncio.WriteTransport

    def send(
        self,
        command: bytes,
        payload: bytes,
        attachments: Sequence[Buffer] = (),
        on_event: Optional[OnEvent] = None,
        waiting: Optional[Waiting] = None,
        on_body: Optional[OnBody] = None,
    ) -> PendingRequest:
        """Sends a request. `payload` must be the UTF-8 text of exactly one JSON object: it is spliced in as it is.

        Attachments are not copied: they must stay as they are until the reply is there. `waiting` gets the reply, if
        not a future shall. `on_body` is told of a body that does not come in one go; the reply itself then has none.
        """
        self._last_id = request_id = self._last_id + 1
        reply = self._loop.create_future() if waiting is None else waiting
        self._pending[request_id] = reply
        if on_event is not None:
            self._listeners[request_id] = on_event
        if on_body is not None:
            self._takers[request_id] = on_body
        caller = CALLER.get()
        named = b'"caller":%d,' % caller if caller else b""
        opening = b'{"id":%d,%s"command":"%s","payload":' % (request_id, named, command)
        closing, body_length = (b"}", 0) if not attachments else _closing(attachments)
        prefix = PREFIX.pack(MAGIC, len(opening) + len(payload) + len(closing), body_length)
        if len(payload) <= JOINED_WRITE_LIMIT:
            self._transport.write(b"".join((prefix, opening, payload, closing)))
        else:
            self._transport.write(prefix + opening)
            self._transport.write(payload)
            self._transport.write(closing)
        for attachment in attachments:
            self._transport.write(attachment)
        return PendingRequest(self, request_id, payload, reply)

    def forget(self, request_id: int, payload: bytes) -> bool:
        """Drops the reply of a request when it comes, and the object that it may hold; False if it has come already."""
        self._listeners.pop(request_id, None)
        self._takers.pop(request_id, None)
        if self._pending.pop(request_id, None) is None:
            return False
        self._forgotten[request_id] = payload if b'"sessionId"' in payload else b""
        return True

    def discard(self, reply: Reply, payload: bytes) -> None:
        """Nobody gets this reply to `payload`, so nobody would ever dispose of a handle in it."""
        if b'"handleId"' not in reply.text or self.lost is not None:
            return
        fields = json.loads(reply.text)
        if fields.get("isHandle") is True:
            told = {"handleId": fields["handleId"]}
            place = json.loads(payload).get("sessionId") if b'"sessionId"' in payload else None
            self.send(b"dispose", to_json(told if place is None else {**told, "sessionId": place}))

    @property
    def pending(self) -> int:
        """How many requests are in flight."""
        return len(self._pending)

    def close(self, why: Optional[str] = None) -> None:
        """Requests in flight are answered with WORKER_LOST, which says why."""
        self._broken = why
        self._transport.close()

    def pause_reading(self) -> None:
        """The worker keeps what it has to say, and lets the code wait, until `resume_reading`."""
        cast(asyncio.ReadTransport, self._transport).pause_reading()

    def resume_reading(self) -> None:
        cast(asyncio.ReadTransport, self._transport).resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)
        if self._greets:
            self._transport.write(_GREETING)

    def data_received(self, data: bytes) -> None:
        try:
            for header, body in self._reader.feed(data):
                self._dispatch(header, body)
        except BrokenStream as broken:
            self._broken = str(broken)
            self._transport.abort()

    def connection_lost(self, exc: Optional[Exception]) -> None:
        why = self._broken or (str(exc) if exc else "closed by the pool")
        self.lost = why
        self._answer_all(failed(Fault("WORKER_LOST", f"the connection to the worker was lost: {why}")))
        self._on_lost(self)

    def _dispatch(self, header: bytes, body: memoryview) -> None:
        match = _LEADING_ID.match(header)
        if match:
            self._answer(int(match[1]), Reply(b"{" + header[match.end() :], body))
            return
        document = _decode_header(header)
        request_id = document.pop("id", None)
        if isinstance(request_id, int):
            self._answer(request_id, Reply(to_json(document), body))
        elif document.pop("event", None) == "worker.lost":
            self.has_lost_worker = True
            unread = list(self._pending)
            self._answer_all(Reply(to_json(document), NO_BODY))
            # What the lost worker had not read yet, the next one would run, for nobody and perhaps for ever.
            for failed in unread:
                self.send(b"cancel", b'{"requestId":%d}' % failed)
        elif "error" in document:
            # An error about no request in particular: the worker could not read what was sent. Which request it
            # was is unknown, so none of them may be left waiting.
            raise BrokenStream(str(document["error"]))

    def _sink_for(self, header: bytes, length: int) -> Optional[Sink]:
        match = _LEADING_ID.match(header) if self._takers else None
        taker = match and self._takers.pop(int(match[1]), None)
        return taker(b"{" + header[match.end() :], length) if match and taker else None

    def _answer(self, request_id: int, reply: Reply) -> None:
        if self._listeners and request_id in self._listeners:
            if _EVENT.match(reply.text):
                self._listeners[request_id](reply.text)
                return
            del self._listeners[request_id]
        if self._takers:
            self._takers.pop(request_id, None)
        future = self._pending.pop(request_id, None)
        if future is not None and not future.done():
            future.set_result(reply)
        elif request_id in self._forgotten:
            self._drop(request_id, reply)

    def _drop(self, request_id: int, reply: Reply) -> None:
        if not _EVENT.match(reply.text):
            self.discard(reply, self._forgotten.pop(request_id))

    def _answer_all(self, reply: Reply) -> None:
        self._listeners.clear()
        self._takers.clear()
        pending, self._pending = self._pending, {}
        # The next worker may answer what a lost one had not read yet, and nobody waits for that; it has no sessions.
        self._forgotten = dict.fromkeys((*self._forgotten, *pending), b"")
        for future in pending.values():
            if not future.done():
                future.set_result(reply)


def _closing(attachments: Sequence[Buffer]) -> Tuple[bytes, int]:
    """The end of a header with attachments, and how long they are together."""
    lengths = [len(attachment) for attachment in attachments]
    return b',"attachments":%s}' % str(lengths).encode(), sum(lengths)


def _decode_header(header: bytes) -> Dict[str, Any]:
    try:
        document = json.loads(header)
    except ValueError as error:
        raise BrokenStream(f"a reply is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise BrokenStream("a reply is not a JSON object")
    return document
