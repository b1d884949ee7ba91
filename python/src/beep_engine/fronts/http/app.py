"""The ASGI application: every operation of the wire over HTTP (direct.py answers what is usual before it comes here).

The operations are served right here, without a framework's routing and validation: those cost as much as the
whole way to the worker and back. FastAPI holds the pages that describe them (documentation.py).
"""

import asyncio
import logging
from typing import Any, Dict, Sequence

from ...faults import Fault
from ...wire.limits import MAX_BODY
from ...wire.text import to_json
from ..execution import Execution
from ..named_requests import NamedRequests
from ..operation import Operation
from ..pending_request import Buffer, Reply
from ..session_pools import SessionPools
from ..worker_pools import WorkerPools
from .beside import Beside
from .body import ClientGone, Receive, RequestBody
from .direct import ShortWay
from .documentation import Documentation
from .gate import BYTES, Gate, check_bytes_type, wants_bytes
from .hang_up import HangUps, HangUpWatch, Unwatched, has_gone
from .measuring import Measuring
from .payloads import operation_of, payload_of, wish_of
from .replies import ArrayWish, Send, send_fault, send_floats, send_form, send_reply
from .routes import Answer, HttpRequest, Routes, Scope
from .streams import Style, send_execution, style_for, wished_style
from .uploads import ARROW, Upload, upload_payload

log = logging.getLogger("beep.http")


class HttpApp:
    """`requests` and `control` are connections to the same pool: /health does not queue behind a long transfer.

    `cancels`: a client that goes away in mid-call cancels it.
    """

    def __init__(
        self,
        gate: Gate,
        requests: WorkerPools,
        control: WorkerPools,
        sessions: SessionPools,
        measuring: Measuring,
        cancels: bool = True,
    ) -> None:
        self._gate = gate
        self._requests = requests
        self._only = requests.only
        self._sessions = sessions
        self._named = NamedRequests()
        self._beside = Beside(control, self._named)
        self._hang_ups: HangUpWatch = HangUps() if cancels else Unwatched()
        self._documentation = Documentation()
        self._measuring = measuring
        self._routes = Routes(self._answer_of, self._keeper_of, self._beside.health, self._expose, self._describe)
        self.short_way = ShortWay(gate, requests, self._named, self._routes.posted_to(self._operate), cancels)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = RequestBody(receive)
        try:
            headers = self._gate.admit(scope["headers"])
            request = self._routes.request(scope, headers, body, send)
            await request.route.answer(request)
        except Fault as fault:
            self._measuring.refused(fault)
            await _refuse(fault, scope, body, send)
        except ClientGone:
            pass
        except asyncio.CancelledError:
            # Only a polite stop whose time is over cancels a request that is being served.
            await send_fault(send, Fault("WORKER_LOST", "the server is stopping"), close=True)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            fault = Fault("INTERNAL", "the HTTP front failed", hint="The server's log has the details.")
            await send_fault(send, fault, close=True)

    def _answer_of(self, operation: Operation) -> Answer:
        own = {
            "cancel": self._beside.cancel,
            "execute": self._execute,
            "input": self._beside.input,
            "interrupt": self._beside.interrupt,
            "metrics": self._measure,
        }
        if operation.command in own:
            return own[operation.command]
        if operation.is_long:
            return self._work
        if operation.reply in ("array", "table"):
            return self._form
        return self._float_array if operation.reply in ("floats", "float_rows") else self._operate

    def _keeper_of(self, upload: Upload) -> Answer:
        async def keep(request: HttpRequest) -> None:
            check_bytes_type(request.headers, upload.media_type)
            text, payload = upload_payload(upload, request.headers)
            data = await request.body.read_up_to(MAX_BODY, request.headers)
            await send_reply(request.send, await self._ask(request, text, payload, (data,)))

        return keep

    async def _operate(self, request: HttpRequest) -> None:
        await send_reply(request.send, await self._exchange(request))

    async def _float_array(self, request: HttpRequest) -> None:
        reply = await self._exchange(request)
        if reply.may_fail():
            await send_reply(request.send, reply)
            return
        wish = ArrayWish(
            rows=operation_of(request).reply == "float_rows",
            bare=request.route.under_api,
            as_bytes=wants_bytes(request.headers),
            may_chunk=request.scope["http_version"] != "1.0",
        )
        await send_floats(request.send, request.body.receive, reply, wish)

    async def _form(self, request: HttpRequest) -> None:
        reply = await self._exchange(request)
        if reply.may_fail():
            await send_reply(request.send, reply)
            return
        also = ARROW if operation_of(request).reply == "table" else BYTES
        await send_form(request.send, reply, as_bytes=wants_bytes(request.headers, also))

    async def _exchange(self, request: HttpRequest) -> Reply:
        return await self._ask(request, *await payload_of(request))

    async def _ask(
        self, request: HttpRequest, text: bytes, payload: Dict[str, Any], attachments: Sequence[Buffer] = ()
    ) -> Reply:
        """Sends the operation to the worker and waits for its reply, for as long as the client stays."""
        operation = operation_of(request)
        pool = self._only
        if pool is None or "sessionId" in payload:
            wish = wish_of(request)
            if pool is None and operation.command == "handles_list" and payload.get("sessionId") is None and not wish:
                return await self._requests.handles(payload)
            pool = await self._sessions.of(payload.get("sessionId"), operation.command, text, wish)
        connection = pool.live() or await pool.connection()
        pending = connection.send(operation.command.encode(), text, attachments)
        name = request.headers.get(b"x-request-id")
        if name is not None:
            self._named.add(name, pending)
        self._hang_ups.add(pending, request.body.receive)
        try:
            reply = await pending.reply
            if has_gone(request.send):
                pending.discard(reply)
            return reply
        except asyncio.CancelledError:
            pending.abandon()
            raise
        finally:
            self._hang_ups.remove(pending)
            if name is not None:
                self._named.remove(name, pending)

    async def _execute(self, request: HttpRequest) -> None:
        text, payload = await payload_of(request)
        pool = await self._sessions.of(payload.get("sessionId"), "execute", text, wish_of(request))
        await self._stream(request, await Execution.start(pool, text), style_for(request.headers))

    async def _work(self, request: HttpRequest) -> None:
        """Long work of the host: as a stream that tells of its progress, if the caller wants to hear of it."""
        text, payload = await payload_of(request)
        style = wished_style(request.headers, payload.get("progress") is True)
        if style is None:
            await send_reply(request.send, await self._ask(request, text, payload))
            return
        command = operation_of(request).command.encode()
        told = to_json({**payload, "progress": True})
        await self._stream(request, await Execution.start(self._requests.any(), told, command=command), style)

    async def _stream(self, request: HttpRequest, execution: Execution, style: Style) -> None:
        name = request.headers.get(b"x-request-id")
        if name is not None:
            self._named.add(name, execution)
        self._hang_ups.add(execution, request.body.receive)
        try:
            await send_execution(request.send, execution, style)
            if not has_gone(request.send):
                execution.delivered()
        finally:
            self._hang_ups.remove(execution)
            if name is not None:
                self._named.remove(name, execution)
            execution.close()

    async def _measure(self, request: HttpRequest) -> None:
        await payload_of(request)
        await send_reply(request.send, await self._measuring.ask())

    async def _expose(self, request: HttpRequest) -> None:
        await self._measuring.expose(request.send)

    async def _describe(self, request: HttpRequest) -> None:
        app = await self._documentation.app()
        path: str = request.scope["path"]
        if request.route.under_api:
            path = path[len("/api") :]
        await app({**request.scope, "path": path, "raw_path": path.encode()}, request.body.receive, request.send)


async def _refuse(fault: Fault, scope: Scope, body: RequestBody, send: Send) -> None:
    """Answers so that the caller gets to see it, even while it is still sending its body.

    A connection that goes on needs nothing: the server skips the rest. One that is closed with unread data in it
    is reset, and the reset may overtake the answer: so the rest is read first. A caller that waits for
    `100 Continue` has not begun to send; closing tells it not to.
    """
    headers = {name: value.lower() for name, value in scope["headers"]}
    waits = not body.begun and b"expect" in headers
    closes = scope["http_version"] == "1.0" or b"close" in headers.get(b"connection", b"")
    if closes and not waits:
        try:
            await body.drop()
        except ClientGone:
            return
    await send_fault(send, fault, close=waits)
