"""What a worker attaches to its replies, taken apart."""

import array
import json
import sys
from itertools import accumulate
from typing import Any, Dict, List, NamedTuple, Tuple

from .pending_request import Reply


class FloatArray(NamedTuple):
    """float64 values in C order: `raw` little-endian, `values` as numbers."""

    raw: memoryview
    values: "memoryview | array.array[float]"
    shape: Tuple[int, ...]


def float_array(reply: Reply) -> FloatArray:
    """The array of a `tofloatarray` reply."""
    described, raw = attached_form(reply)
    if described["dtype"] != "float64":
        raise ValueError(f"the worker answered with {described['dtype']} where float64 was asked for")
    return FloatArray(raw, _native(raw), tuple(described["shape"]))


def attached_form(reply: Reply) -> Tuple[Dict[str, Any], memoryview]:
    """The `data` of a `toarray` or `totable` reply, and its bytes."""
    document = json.loads(reply.text)
    described = document["data"]
    return described, attachments_of(reply.body, document.get("attachments", []))[described["attachment"]]


def attachments_of(body: memoryview, lengths: List[int]) -> List[memoryview]:
    """The attachments that a body is made of, by their lengths in bytes."""
    return [body[stop - length : stop] for length, stop in zip(lengths, accumulate(lengths))]


def _native(raw: memoryview) -> Any:
    if sys.byteorder == "little":
        return raw.cast("d")
    swapped = array.array("d", raw.tobytes())
    swapped.byteswap()
    return swapped
