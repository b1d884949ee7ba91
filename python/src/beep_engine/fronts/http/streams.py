"""Answers in pieces, as that to `execute`: a line, or a server-sent event, for all that is told, the result last."""

import asyncio
import json
from typing import Any, Callable, Dict, NamedTuple, Optional, Tuple

from ...faults import Fault
from ...wire.text import to_json
from ..execution import Execution
from ..pending_request import Reply
from .arrays import with_bytes_inline
from .gate import Headers
from .replies import Send, send_reply

# Seconds to wait for the first event: code that fails before gets a status that says so. Clients wait at least half a
# minute for the head of an answer.
FIRST_WITHIN = 5.0
# Seconds of silence after which a stream of server-sent events says that it is alive.
ALIVE_EVERY = 15.0


class Style(NamedTuple):
    """`write` takes the name and the text of an event."""

    content_type: bytes
    write: Callable[[str, bytes], bytes]
    alive: bytes


LINES = Style(b"application/x-ndjson", lambda _, text: text + b"\n", b"")
EVENTS = Style(b"text/event-stream", lambda name, text: b"event: %s\ndata: %s\n\n" % (name.encode(), text), b":\n\n")


def style_for(headers: Headers) -> Style:
    """Lines, unless Accept asks for server-sent events."""
    return EVENTS if b"text/event-stream" in headers.get(b"accept", b"").lower() else LINES


def wished_style(headers: Headers, wants_progress: bool) -> Optional[Style]:
    """How to tell of progress; None where the caller wants the result alone."""
    accept = headers.get(b"accept", b"").lower()
    if wants_progress or b"application/x-ndjson" in accept or b"text/event-stream" in accept:
        return style_for(headers)
    return None


async def send_execution(send: Send, execution: Execution, style: Style) -> None:
    """Until its end. What fails before it has shown anything is answered as any operation is."""
    text = b""
    try:
        text = await execution.next(FIRST_WITHIN) or b""
        if not text and "error" in json.loads(execution.reply.text):
            return await send_reply(send, execution.reply)
    except asyncio.TimeoutError:
        pass
    headers = [(b"content-type", style.content_type), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    try:
        await _send_events(send, execution, style, text)
        last = _named(execution.reply)
    except asyncio.CancelledError:
        # The server is asked to stop, and has waited long enough.
        last = "error", to_json(Fault("WORKER_LOST", "the server is stopping").fields())
    await send({"type": "http.response.body", "body": style.write(*last)})


async def _send_events(send: Send, execution: Execution, style: Style, text: bytes) -> None:
    while True:
        if text:
            await _send_piece(send, style.write(_event_name(text), text))
        try:
            following = await execution.next(ALIVE_EVERY)
        except asyncio.TimeoutError:
            text = b""
            if style.alive:
                await _send_piece(send, style.alive)
            continue
        if following is None:
            return
        text = following


async def _send_piece(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})


def _event_name(text: bytes) -> str:
    # The worker writes it first.
    return text.split(b'"', 4)[3].decode()


def _named(reply: Reply) -> Tuple[str, bytes]:
    text = with_bytes_inline(reply) if reply.may_attach() else reply.text
    fields: Dict[str, Any] = json.loads(text) if reply.may_fail() else {}
    return ("error" if "error" in fields else "result"), text
