"""What a worker attaches to its replies, taken apart."""

import array
import json
import sys
from itertools import accumulate
from typing import Any, List, NamedTuple, Tuple

from .pool_connection import Reply


class FloatArray(NamedTuple):
    """float64 values in C order: `raw` little-endian, `values` as numbers."""

    raw: memoryview
    values: "memoryview | array.array[float]"
    shape: Tuple[int, ...]


def float_array(reply: Reply) -> FloatArray:
    """The array of a `tofloatarray` reply."""
    document = json.loads(reply.text)
    described = document["data"]
    raw = attachments_of(reply.body, document.get("attachments", []))[described["attachment"]]
    if described["dtype"] != "float64":
        raise ValueError(f"the worker answered with {described['dtype']} where float64 was asked for")
    return FloatArray(raw, _native(raw), tuple(described["shape"]))


def attachments_of(body: memoryview, lengths: List[int]) -> List[memoryview]:
    """The attachments that a body is made of, by their lengths in bytes."""
    return [body[stop - length : stop] for length, stop in zip(lengths, accumulate(lengths))]


def _native(raw: memoryview) -> Any:
    if sys.byteorder == "little":
        return raw.cast("d")
    swapped = array.array("d", raw.tobytes())
    swapped.byteswap()
    return swapped
