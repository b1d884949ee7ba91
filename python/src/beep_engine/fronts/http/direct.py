"""The short way: usual requests are answered right from the parser, without a task, an event and ASGI's messages.

Those cost more than the way to the worker and back. What is usual is a short POST of JSON that the gate admits, to an
operation with one reply. Anything else takes the long way (app.py) from its beginning, every refusal among it, and so
does what turns out to be unusual while nothing has been done yet.
"""

import asyncio
import logging
from typing import Any, Mapping, Optional, Type

from ...faults import Fault
from ..named_requests import NamedRequests
from ..operations import Operation
from ..pending_request import PendingRequest, Reply
from ..pool_client import PoolClient
from ..session_pools import has_own_process
from ..worker_pools import WorkerPools, read_wish
from .body import checked_object
from .gate import Gate, Headers, check_content_type
from .joined_writes import JOIN_LIMIT
from .replies import Answer, answer_to, fault_answer

log = logging.getLogger("beep.http")

# What a client sends in one packet, or in a few. Bytes.
SHORT = 64 * 1024


class ShortWay:
    """What the connections of a server share. `operations` by the target of the request."""

    def __init__(
        self,
        gate: Gate,
        workers: WorkerPools,
        named: NamedRequests,
        operations: Mapping[bytes, Operation],
        cancels: bool,
    ) -> None:
        self.only = workers.only
        self.named = named
        self.cancels = cancels
        self._workers = workers
        self._gate = gate
        self._operations = operations

    def choose(self, operation: Operation, payload: Any, text: bytes, headers: Headers) -> Optional[PoolClient]:
        """Of several workers the one that shall do it; None where that takes more than one, or is refused."""
        session_id, wish = payload.get("sessionId"), read_wish(headers.get(b"x-beep-worker", b"").decode("latin-1"))
        if operation.command == "handles_list" and session_id is None and not wish:
            return None
        try:
            return self._workers.of(operation.command, session_id, text, wish)
        except Fault:
            return None

    def cycle_for(self, protocol: Any) -> Optional["ShortCycle"]:
        """For the request whose headers are there; None when it must take the long way."""
        operation = self._operations.get(protocol.url)
        parser = protocol.parser
        if (
            operation is None
            or parser.get_method() != b"POST"
            or parser.get_http_version() != "1.1"
            or not parser.should_keep_alive()
            or parser.should_upgrade()
            or protocol.expect_100_continue
            or protocol.flow.write_paused
            or not (protocol.cycle is None or protocol.cycle.response_complete)
        ):
            return None
        try:
            headers = self._gate.admit(protocol.headers)
            check_content_type(headers)
        except Fault:
            return None
        length = headers.get(b"content-length", b"")
        return ShortCycle(self, protocol, operation, headers) if length.isdigit() and int(length) <= SHORT else None


class ShortCycle:
    """One request and its answer, in the place of uvicorn's own, whose protocol uses the attributes without underscore.
    To the pool's connection it is what waits for the reply."""

    __slots__ = (
        "_before",
        "_headers",
        "_operation",
        "_pending",
        "_protocol",
        "_way",
        "body",
        "disconnected",
        "keep_alive",
        "more_body",
        "response_complete",
    )

    def __init__(self, way: ShortWay, protocol: Any, operation: Operation, headers: Headers) -> None:
        self.body = bytearray()
        self.more_body = True
        self.keep_alive = True
        self.disconnected = False
        self.response_complete = False
        self._way = way
        self._protocol = protocol
        self._operation = operation
        self._headers = headers
        self._before = protocol.cycle
        self._pending: Optional[PendingRequest] = None

    @property
    def message_event(self) -> "ShortCycle":
        return self

    def set(self) -> None:
        """Something has come, or nothing will come any more."""
        if self.disconnected:
            if self._pending is not None and self._way.cancels and not self.response_complete:
                self._pending.abandon()
        elif not self.more_body and self._pending is None and not self._ask():
            self._protocol.take_the_long_way(self._before, bytes(self.body))

    def _ask(self) -> bool:
        """Sends the operation to the worker; False when it takes more than that."""
        way = self._way
        try:
            text, payload = checked_object(self._operation, bytes(self.body))
        except Fault:
            return False
        if has_own_process(payload.get("sessionId")):
            return False
        pool = way.only or way.choose(self._operation, payload, text, self._headers)
        connection = None if pool is None else pool.live()
        if connection is None:
            return False
        self._pending = connection.send(self._operation.command.encode(), text, waiting=self)
        name = self._headers.get(b"x-request-id")
        if name is not None:
            self._way.named.add(name, self._pending)
        return True

    # What waits for a reply (pool_connection.Waiting).

    def done(self) -> bool:
        return self.response_complete

    def set_result(self, reply: Reply) -> None:
        name = self._headers.get(b"x-request-id")
        if name is not None and self._pending is not None:
            self._way.named.remove(name, self._pending)
        try:
            answer = answer_to(reply)
        except Exception:
            log.exception("%s failed", self._operation.command)
            answer = fault_answer(Fault("INTERNAL", "the HTTP front failed", hint="The server's log has the details."))
        if not self._send(answer) and self._pending is not None:
            self._pending.discard(reply)

    def end(self, fault: Fault) -> None:
        """The server stops, and this has not been answered."""
        if not self.response_complete and self._pending is not None:
            self.keep_alive = False
            self._pending.forget()
            self._send(fault_answer(fault))

    def _send(self, answer: Answer) -> bool:
        """False when the client has gone."""
        self.response_complete = True
        protocol = self._protocol
        if self.disconnected or protocol.transport.is_closing():
            return False
        lines = [answer.status_line]
        for name, value in (*protocol.server_state.default_headers, *answer.headers):
            lines += (name, b": ", value, b"\r\n")
        lines.append(b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n")
        if len(answer.text) <= JOIN_LIMIT:
            lines.append(answer.text)
        protocol.transport.write_now(b"".join(lines))
        if len(answer.text) > JOIN_LIMIT:
            protocol.transport.write_now(answer.text)
        is_sent = not protocol.transport.is_closing()
        if not self.keep_alive:
            protocol.transport.close()
        protocol.on_response_complete()
        return is_sent


def with_the_short_way(protocol: Type[asyncio.Protocol], way: ShortWay) -> Type[asyncio.Protocol]:
    """uvicorn's protocol class `protocol`, which is the one on httptools, with joined writes."""

    class ShortWayProtocol(protocol):  # type: ignore[misc, valid-type]
        def on_headers_complete(self) -> None:
            cycle = way.cycle_for(self)
            if cycle is None:
                super().on_headers_complete()
            else:
                self.cycle = cycle

        def take_the_long_way(self, before: Any, body: bytes) -> None:
            """As if the whole request had come only now."""
            self.cycle = before
            super().on_headers_complete()
            self.on_body(body)
            self.on_message_complete()

    return ShortWayProtocol


def end_all(connections: Any, why: str) -> None:
    """Answers what the short way has under way on these connections of a server that stops."""
    for protocol in list(connections):
        cycle = getattr(protocol, "cycle", None)
        if isinstance(cycle, ShortCycle):
            cycle.end(Fault("WORKER_LOST", why))
