"""Arrays as gRPC carries them: in pieces of bytes, or as the single-precision numbers of the two older calls."""

import array
import sys
from typing import Any, AsyncIterator, Dict, Iterator, List, NamedTuple

from ...faults import Fault, bad_request
from ...wire.limits import MAX_BODY
from ...wire.text import to_json
from ..attached import FloatArray, float_array
from ..pool_connection import Reply
from ._generated.python_service_pb2 import ArrayChunk
from .requests import read_message

# Well below the 4 MiB that libraries take in one message if nobody tells them otherwise. Bytes.
PIECE = 1024 * 1024

WIDTHS = {
    **{"float64": 8, "int64": 8, "uint64": 8, "float32": 4, "int32": 4, "uint32": 4},
    **{"int16": 2, "uint16": 2, "int8": 1, "uint8": 1, "bool": 1},
}

# Tags of a packed field and of a message, both with the number 1.
_TAG = b"\x0a"


def chunks(reply: Reply) -> Iterator[bytes]:
    """The ArrayChunks of a float array, encoded."""
    floats = float_array(reply)
    yield ArrayChunk(dtype="float64", shape=floats.shape, data=bytes(floats.raw[:PIECE])).SerializeToString()
    for start in range(PIECE, len(floats.raw), PIECE):
        yield ArrayChunk(data=bytes(floats.raw[start : start + PIECE])).SerializeToString()


def single_precision(reply: Reply) -> bytes:
    """A ToFloatArrayResponse, encoded."""
    floats = float_array(reply)
    return _packed(floats, 0, len(floats.values))


def single_precision_rows(reply: Reply) -> bytes:
    """A ToFloatArray2DResponse, encoded: each row is a FloatArray."""
    floats = float_array(reply)
    height, width = floats.shape
    rows = (_packed(floats, row * width, (row + 1) * width) for row in range(height))
    return b"".join(part for row in rows for part in (_TAG, _varint(len(row)), row))


def _packed(floats: FloatArray, start: int, stop: int) -> bytes:
    """A message whose only field is these numbers. What is too large becomes an infinity, as a cast in C makes it."""
    if start == stop:
        return b""
    numbers = array.array("f", floats.values[start:stop])
    if sys.byteorder == "big":
        numbers.byteswap()
    return b"".join((_TAG, _varint(4 * len(numbers)), numbers.tobytes()))


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


class ReceivedArray(NamedTuple):
    """`payload` wraps the array whose bytes are `data`; the ids may be empty."""

    payload: bytes
    data: bytearray
    session_id: str
    request_id: str


async def received_array(sent: AsyncIterator[bytes]) -> ReceivedArray:
    """What a caller sends piece by piece."""
    dtype, shape, data, session_id, request_id = "", [], bytearray(), "", ""
    expected = MAX_BODY
    first = True
    async for message in sent:
        piece = read_message(ArrayChunk, message)
        if first:
            first = False
            dtype, shape = piece.dtype, list(piece.shape)
            session_id, request_id = piece.session_id, piece.request_id
            expected = _size(dtype, shape)
        if len(data) + len(piece.data) > expected:
            raise _too_much(dtype, shape, expected)
        data += piece.data
    if first:
        raise bad_request("an array needs at least one chunk, which tells its dtype")
    described: Dict[str, Any] = {"$type": "array", "attachment": 0, "dtype": dtype}
    if shape:
        described["shape"] = shape
        if len(data) != expected:
            raise bad_request(f"{dtype} {shape} takes {expected} bytes, and {len(data)} came")
    payload = {"value": described, **({"sessionId": session_id} if session_id else {})}
    return ReceivedArray(to_json(payload), data, session_id, request_id)


def _size(dtype: str, shape: List[int]) -> int:
    """Bytes that an array takes; without a shape, the most it may."""
    width = WIDTHS.get(dtype)
    if width is None:
        raise bad_request(f"the dtype is {dtype!r}; it must be one of {' '.join(WIDTHS)}")
    if any(length < 0 for length in shape):
        raise bad_request(f"the shape {shape} has a negative length")
    size = width if shape else MAX_BODY
    for length in shape:
        size *= length
    if size > MAX_BODY:
        raise Fault("TOO_LARGE", f"an array of {dtype} {shape} takes {size} bytes, {MAX_BODY} are the limit")
    return size


def _too_much(dtype: str, shape: List[int], expected: int) -> Any:
    if shape:
        return bad_request(f"{dtype} {shape} takes {expected} bytes, and more came")
    return Fault("TOO_LARGE", f"the array takes more than {expected} bytes")
