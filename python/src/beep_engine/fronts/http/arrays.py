"""What a worker attaches to its replies, as JSON text: an HTTP body has no attachments."""

import base64
import json
from math import isfinite
from typing import Any, Dict, Iterator, List

from ..attached import FloatArray, attachments_of
from ..pending_request import Reply

# About 5 ms of work: the event loop serves others between two pieces.
NUMBERS_PER_PIECE = 8192

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def with_bytes_inline(reply: Reply) -> bytes:
    """The reply's text with every attached `bytes`, array and table as base64 in its place."""
    attached: List[Dict[str, Any]] = []

    def remember(fields: Dict[str, Any]) -> Dict[str, Any]:
        if "attachment" in fields and fields.get("$type") in ("bytes", "array", "table"):
            attached.append(fields)
        return fields

    document = json.loads(reply.text, object_hook=remember)
    parts = attachments_of(reply.body, document.pop("attachments", []))
    for fields in attached:
        fields["base64"] = base64.b64encode(parts[fields.pop("attachment")]).decode("ascii")
    return json.dumps(document, separators=(",", ":")).encode()


def finite_by_piece(values: Any) -> Iterator[bool]:
    """For each piece whether JSON can hold all its numbers."""
    for start in range(0, len(values), NUMBERS_PER_PIECE):
        yield all(map(isfinite, values[start : start + NUMBERS_PER_PIECE]))


def json_pieces(floats: FloatArray, *, rows: bool) -> Iterator[bytes]:
    """The JSON text, piece by piece: one flat list, or a list of rows."""
    values = floats.values
    if not rows:
        yield from _list_pieces(values, 0, len(values))
        return
    height, width = floats.shape
    yield b"["
    together = max(1, NUMBERS_PER_PIECE // max(1, width))
    for top in range(0, height, together):
        if top:
            yield b","
        if together == 1:
            yield from _list_pieces(values, top * width, (top + 1) * width)
        else:
            block = range(top, min(top + together, height))
            yield _encode([values[y * width : (y + 1) * width].tolist() for y in block])[1:-1].encode()
    yield b"]"


def _list_pieces(values: Any, start: int, stop: int) -> Iterator[bytes]:
    yield b"["
    for low in range(start, stop, NUMBERS_PER_PIECE):
        text = _encode(values[low : min(low + NUMBERS_PER_PIECE, stop)].tolist())[1:-1].encode()
        yield text if low == start else b"," + text
    yield b"]"
