"""Writes answers: JSON, errors with their status, arrays as JSON or as bytes."""

import asyncio
import json
from http import HTTPStatus
from typing import Any, Awaitable, Callable, Dict, List, NamedTuple, Sequence, Tuple

from ...faults import Fault
from ...wire.limits import MAX_HEADER
from ...wire.text import to_json
from ..attached import attached_form, float_array
from ..pending_request import Reply
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


class Answer(NamedTuple):
    """A document, and what goes before it; `status_line` with its line end."""

    status: int
    headers: HeaderList
    text: bytes

    @property
    def status_line(self) -> bytes:
        return _STATUS_LINES[self.status]


_STATUS_LINES = {one.value: f"HTTP/1.1 {one.value} {one.phrase}\r\n".encode() for one in HTTPStatus}
# nginx's number for a client that has closed its request, which is no standard.
_STATUS_LINES[499] = b"HTTP/1.1 499 \r\n"


def json_answer(status: int, text: bytes, headers: HeaderList = ()) -> Answer:
    return Answer(status, (_JSON, (b"content-length", b"%d" % len(text)), *headers), text)


def answer_to(reply: Reply) -> Answer:
    """Passes a worker's reply on. Only one that may be an error, or has attachments, is decoded."""
    text = with_bytes_inline(reply) if reply.may_attach() else reply.text
    if reply.may_fail():
        fields = json.loads(text)
        if "error" in fields:
            return json_answer(status_of(fields.get("code")), text, headers_of(fields.get("code")))
    return json_answer(200, text)


def fault_answer(fault: Fault) -> Answer:
    headers = fault.headers if isinstance(fault, Refused) else headers_of(fault.code)
    return json_answer(status_of(fault.code), to_json(fault.fields()), headers)


async def send_answer(send: Send, answer: Answer, headers: HeaderList = ()) -> None:
    start = {"type": "http.response.start", "status": answer.status, "headers": [*answer.headers, *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": answer.text})


async def send_json(send: Send, status: int, text: bytes) -> None:
    await send_answer(send, json_answer(status, text))


async def send_bytes(send: Send, content_type: bytes, data: bytes) -> None:
    headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(data))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": data})


async def send_fault(send: Send, fault: Fault, *, close: bool = False) -> None:
    """`close` ends the connection after the answer."""
    await send_answer(send, fault_answer(fault), ((b"connection", b"close"),) if close else ())


async def send_reply(send: Send, reply: Reply) -> None:
    await send_answer(send, answer_to(reply))


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
