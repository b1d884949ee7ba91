"""Writes answers: JSON, errors with their status, arrays as JSON or as bytes."""

import asyncio
import json
from typing import Any, Awaitable, Callable, Dict, List, NamedTuple, Sequence, Tuple

from ...faults import Fault
from ...wire.limits import MAX_HEADER
from ...wire.text import to_json
from ..attached import attached_form, float_array
from ..pool_connection import Reply
from .arrays import NUMBERS_PER_PIECE, finite_by_piece, json_pieces, with_bytes_inline
from .body import Receive
from .gate import BYTES
from .refusal import HeaderList, Refused, headers_of, status_of
from .uploads import ARROW

Send = Callable[[Dict[str, Any]], Awaitable[None]]


class ArrayWish(NamedTuple):
    """How the caller wants an array. `may_chunk` is False for HTTP/1.0, which knows no chunks."""

    rows: bool
    bare: bool
    as_bytes: bool
    may_chunk: bool


# Bytes that become base64 in a JSON document of at most 64 MiB, and hold up the event loop no longer than that takes.
MAX_INLINE = MAX_HEADER // 4 * 3

_JSON: Tuple[bytes, bytes] = (b"content-type", b"application/json")


async def send_json(send: Send, status: int, text: bytes, headers: HeaderList = ()) -> None:
    length = (b"content-length", b"%d" % len(text))
    await send({"type": "http.response.start", "status": status, "headers": [_JSON, length, *headers]})
    await send({"type": "http.response.body", "body": text})


async def send_bytes(send: Send, content_type: bytes, data: bytes) -> None:
    headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(data))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": data})


async def send_fault(send: Send, fault: Fault, *, close: bool = False) -> None:
    """`close` ends the connection after the answer."""
    headers = fault.headers if isinstance(fault, Refused) else headers_of(fault.code)
    closing = ((b"connection", b"close"),) if close else ()
    await send_json(send, status_of(fault.code), to_json(fault.fields()), headers + closing)


async def send_reply(send: Send, reply: Reply) -> None:
    """Passes a worker's reply on. Only one that may be an error, or has attachments, is decoded."""
    text = with_bytes_inline(reply) if reply.may_attach() else reply.text
    status = 200
    headers: HeaderList = ()
    if reply.may_fail():
        fields = json.loads(text)
        if "error" in fields:
            status, headers = status_of(fields.get("code")), headers_of(fields.get("code"))
    await send_json(send, status, text, headers)


async def send_floats(send: Send, receive: Receive, reply: Reply, wish: ArrayWish) -> None:
    floats = float_array(reply)
    if wish.as_bytes:
        await _send_raw(send, floats.raw, BYTES, _array_headers("float64", floats.shape))
        return
    for finite in finite_by_piece(floats.values):
        if not finite:
            raise Fault(
                "BAD_REQUEST",
                "the array holds NaN or infinities, for which JSON has no number",
                hint="Ask for the bytes, with `Accept: application/octet-stream`.",
            )
        await asyncio.sleep(0)
    pieces = json_pieces(floats, rows=wish.rows)
    opening, closing = (b"", b"") if wish.bare else (b'{"data":', b"}")
    if len(floats.values) <= NUMBERS_PER_PIECE or not wish.may_chunk:
        await send_json(send, 200, opening + b"".join(pieces) + closing)
        return
    await send({"type": "http.response.start", "status": 200, "headers": [_JSON]})
    await send({"type": "http.response.body", "body": opening, "more_body": True})
    hung_up = asyncio.ensure_future(receive())
    try:
        for piece in pieces:
            if hung_up.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            await asyncio.sleep(0)
    finally:
        hung_up.cancel()
    await send({"type": "http.response.body", "body": closing})


async def send_form(send: Send, reply: Reply, *, as_bytes: bool) -> None:
    """An array or a table as it is: its bytes, or one JSON document with base64 in it."""
    described, raw = attached_form(reply)
    if not as_bytes:
        if len(raw) > MAX_INLINE:
            raise Fault(
                "TOO_LARGE",
                f"{len(raw)} bytes are too many for JSON, {MAX_INLINE} are the limit",
                hint="Ask for the bytes, with `Accept: application/octet-stream`.",
            )
        await send_reply(send, reply)
    elif described["$type"] == "table":
        await _send_raw(send, raw, ARROW, [(b"x-beep-rows", b"%d" % described["rows"])])
    else:
        await _send_raw(send, raw, BYTES, _array_headers(described["dtype"], described["shape"]))


def _array_headers(dtype: str, shape: Sequence[int]) -> List[Tuple[bytes, bytes]]:
    return [(b"x-beep-dtype", dtype.encode()), (b"x-beep-shape", ",".join(map(str, shape)).encode())]


async def _send_raw(send: Send, raw: memoryview, media_type: bytes, headers: List[Tuple[bytes, bytes]]) -> None:
    about = [(b"content-type", media_type), (b"content-length", b"%d" % len(raw)), *headers]
    await send({"type": "http.response.start", "status": 200, "headers": about})
    await send({"type": "http.response.body", "body": raw})
