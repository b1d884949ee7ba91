"""Arrays and tables as gRPC carries them: in pieces of bytes, or in the single precision of the two older calls."""

import array
import functools
import sys
from typing import Any, AsyncIterator, Dict, List, NamedTuple, Sequence

from ...faults import Fault, bad_request
from ...platform.freed_memory import keep_freed_memory
from ...wire.dtypes import KNOWN, width_of
from ...wire.limits import MAX_BODY
from ...wire.text import to_json
from ..attached import FloatArray, float_array
from ..pending_request import Reply
from ..transfer import Transfer
from ._generated.python_service_pb2 import ArrayChunk, TableChunk
from .requests import read_message

# Well below the 4 MiB that libraries take in one message if nobody tells them otherwise. Bytes.
PIECE = 1024 * 1024

# Tags of a packed field and of a message, both with the number 1.
_TAG = b"\x0a"
# Tags of bytes: the data of an ArrayChunk, which has the number 3, and that of a TableChunk.
_ARRAY_DATA, _TABLE_DATA = b"\x1a", b"\x0a"


def chunks(transfer: Transfer) -> AsyncIterator[bytes]:
    """The ArrayChunks of an array, encoded."""
    return _pieces(ArrayChunk(dtype=transfer.data["dtype"], shape=transfer.data["shape"]), _ARRAY_DATA, transfer)


def table_chunks(transfer: Transfer) -> AsyncIterator[bytes]:
    """The TableChunks of a table, encoded."""
    return _pieces(TableChunk(rows=transfer.data["rows"]), _TABLE_DATA, transfer)


async def _pieces(first: Any, tag: bytes, transfer: Transfer) -> AsyncIterator[bytes]:
    """The message that describes it with the beginning of the data, and others with the rest. Fields may stand in any
    order, so the data goes behind what the library has written, and is copied once."""
    head = first.SerializeToString()
    if transfer.length > PIECE:
        _keep_pieces()
    for start in range(0, transfer.length, PIECE) or (0,):
        size = min(PIECE, transfer.length - start)
        yield b"".join((head, tag, _varint(size), *await transfer.take(size)))
        head = b""


@functools.cache
def _keep_pieces() -> None:
    """Once, and not before there is one that is large: loading what it takes is no part of the start."""
    keep_freed_memory(16 * PIECE, largest=4 * PIECE)


def check_dimensions(shape: Sequence[int]) -> None:
    """Refuses an array that has not two."""
    if len(shape) != 2:
        raise bad_request(f"the array has {len(shape)} dimension(s), not two")


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


class Received(NamedTuple):
    """`payload` wraps the array or table whose bytes are `data`; the ids may be empty."""

    payload: bytes
    data: bytearray
    session_id: str
    request_id: str


async def received_array(sent: AsyncIterator[bytes]) -> Received:
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
    return Received(_payload(described, session_id), data, session_id, request_id)


async def received_table(sent: AsyncIterator[bytes]) -> Received:
    data, session_id, request_id = bytearray(), "", ""
    async for message in sent:
        piece = read_message(TableChunk, message)
        session_id, request_id = session_id or piece.session_id, request_id or piece.request_id
        if len(data) + len(piece.data) > MAX_BODY:
            raise Fault("TOO_LARGE", f"the table takes more than {MAX_BODY} bytes")
        data += piece.data
    return Received(_payload({"$type": "table", "attachment": 0}, session_id), data, session_id, request_id)


def _payload(described: Dict[str, Any], session_id: str) -> bytes:
    return to_json({"value": described, **({"sessionId": session_id} if session_id else {})})


def _size(dtype: str, shape: List[int]) -> int:
    """Bytes that an array takes; without a shape, the most it may."""
    width = width_of(dtype)
    if width is None:
        raise bad_request(f"the dtype is {dtype!r:.80}; it must be one of {KNOWN}")
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
