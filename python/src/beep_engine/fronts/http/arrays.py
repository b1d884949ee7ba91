"""What a worker attaches to its replies, as JSON text: an HTTP body has no attachments."""

import array
import base64
import json
import sys
from itertools import accumulate
from math import isfinite
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from ..pool_connection import Reply

# About 5 ms of work: the event loop serves others between two pieces.
NUMBERS_PER_PIECE = 8192

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


class FloatArray(NamedTuple):
    """float64 values in C order: `raw` little-endian, `values` as numbers."""

    raw: memoryview
    values: "memoryview | array.array[float]"
    shape: Tuple[int, ...]


def with_bytes_inline(reply: Reply) -> bytes:
    """The reply's text with every attached `bytes` as base64 in its place."""
    attached: List[Dict[str, Any]] = []

    def remember(fields: Dict[str, Any]) -> Dict[str, Any]:
        if "attachment" in fields and fields.get("$type") == "bytes":
            attached.append(fields)
        return fields

    document = json.loads(reply.text, object_hook=remember)
    parts = _split(reply.body, document.pop("attachments", []))
    for fields in attached:
        fields["base64"] = base64.b64encode(parts[fields.pop("attachment")]).decode("ascii")
    return json.dumps(document, separators=(",", ":")).encode()


def float_array(reply: Reply) -> FloatArray:
    """The array of a `tofloatarray` reply."""
    document = json.loads(reply.text)
    described = document["data"]
    raw = _split(reply.body, document.get("attachments", []))[described["attachment"]]
    if described["dtype"] != "float64":
        raise ValueError(f"the worker answered with {described['dtype']} where float64 was asked for")
    return FloatArray(raw, _native(raw), tuple(described["shape"]))


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


def _split(body: memoryview, lengths: List[int]) -> List[memoryview]:
    return [body[stop - length : stop] for length, stop in zip(lengths, accumulate(lengths))]


def _native(raw: memoryview) -> Any:
    if sys.byteorder == "little":
        return raw.cast("d")
    swapped = array.array("d", raw.tobytes())
    swapped.byteswap()
    return swapped
