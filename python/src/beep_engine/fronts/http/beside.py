"""The operations that go beside the queue: how the server is, and what concerns a call that runs."""

from typing import Any

from ...faults import Fault
from ...settings import read_grace
from ..named_requests import NamedRequests
from ..pending_request import Reply
from ..worker_pools import WorkerPools
from .payloads import payload_of
from .replies import send_json, send_reply
from .routes import HttpRequest


class Beside:
    """`control` are connections on which nothing long travels, `named` the calls that clients have given a name."""

    def __init__(self, control: WorkerPools, named: NamedRequests) -> None:
        self._control = control
        self._named = named

    async def input(self, request: HttpRequest) -> None:
        _, payload = await payload_of(request)
        text = None if payload.get("eof") is True else payload.get("text")
        if text is None and payload.get("eof") is not True:
            raise Fault("BAD_REQUEST", "`input` needs a text, or eof: true")
        answered = await self._named.answer(payload["requestId"].encode(), text)
        await _tell(request, answered)

    async def cancel(self, request: HttpRequest) -> None:
        _, payload = await payload_of(request)
        cancelled = await self._named.cancel(payload["requestId"].encode(), read_grace(payload))
        await _tell(request, cancelled)

    async def interrupt(self, request: HttpRequest) -> None:
        text, payload = await payload_of(request)
        name = payload.get("requestId")
        if name is None:
            await send_reply(request.send, await self._interrupt_by(payload.get("sessionId"), text))
            return
        interrupted = await self._named.interrupt(name.encode(), read_grace(payload))
        await _tell(request, interrupted)

    async def _interrupt_by(self, session_id: Any, text: bytes) -> Reply:
        if session_id is None:
            return await self._control.interrupt(text)
        control = self._control.of_session(session_id)
        connection = control.live() or await control.connection()
        return await connection.send(b"interrupt", text).reply

    async def health(self, request: HttpRequest) -> None:
        control = self._control.any()
        connection = control.live() or await control.connection()
        await send_reply(request.send, await connection.send(b"ping", b"{}").reply)


async def _tell(request: HttpRequest, success: bool) -> None:
    await send_json(request.send, 200, b'{"success":true}' if success else b'{"success":false}')
