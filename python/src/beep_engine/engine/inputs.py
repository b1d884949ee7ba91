"""Arrays in arguments: the bytes of an attachment as a numpy array, or as what Python has without numpy."""

import array
import sys
from math import prod
from typing import Any, Dict, List

from ..faults import bad_request
from ..wire.dtypes import KNOWN, width_of

# dtype on the wire -> struct code, which array.array and memoryview share (array has no bool).
CODES = {
    "float64": "d",
    "float32": "f",
    "int8": "b",
    "int16": "h",
    "int32": "i",
    "int64": "q",
    "uint8": "B",
    "uint16": "H",
    "uint32": "I",
    "uint64": "Q",
    "bool": "?",
}
MAX_DIMENSIONS = 32


def read_array(data: memoryview, form: Dict[str, Any]) -> Any:
    """`data` is little-endian in C order, and writable. The array shares its memory where alignment allows."""
    dtype = form.get("dtype")
    size = width_of(dtype)
    if size is None or type(dtype) is not str:
        raise bad_request(f"an array's dtype is one of {KNOWN}, not {dtype!r:.40}")
    shape = _read_shape(form.get("shape"), len(data) // size)
    if prod(shape) * size != len(data):
        raise bad_request(f"an array of {dtype} with shape {shape} has {prod(shape) * size} bytes, not {len(data)}")
    numpy = _numpy()
    if numpy is not None:
        kind = numpy.dtype(dtype)
        if sys.byteorder == "big":
            kind = kind.newbyteorder("<")
        flat = numpy.frombuffer(data, kind) if len(data) else numpy.empty(0, kind)
        return (flat if flat.flags.aligned else flat.copy()).reshape(shape)
    code = CODES.get(dtype)
    if code is None:
        raise bad_request(f"an array of {dtype} needs numpy in this environment")
    if len(shape) == 1 and code != "?":
        items = array.array(code)
        items.frombytes(data)
        if sys.byteorder == "big":
            items.byteswap()
        return items
    if 0 in shape:
        raise bad_request(f"an empty array with shape {shape} needs numpy in this environment")
    return data.cast(code, shape) if shape else data.cast(code, [1])


def _read_shape(shape: Any, length: int) -> List[int]:
    if shape is None:
        return [length]
    if type(shape) is not list or not all(type(side) is int and side >= 0 for side in shape):
        raise bad_request("an array's shape must be a list of lengths")
    if len(shape) > MAX_DIMENSIONS:
        raise bad_request(f"an array may have {MAX_DIMENSIONS} dimensions, not {len(shape)}")
    return shape


def _numpy() -> Any:
    """numpy where it is installed; a broken installation counts as none."""
    try:
        import numpy
    except Exception:
        return None
    return numpy if hasattr(numpy, "frombuffer") else None
