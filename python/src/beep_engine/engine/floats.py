"""Anything that is an array of numbers, as float64 values in C order."""

import array
import sys
from math import isfinite
from typing import Any, List, Optional, Tuple

from ..faults import Fault, bad_request
from ..wire.limits import MAX_BODY
from .inputs import CODES
from .names import type_name
from .outputs import Outputs

NUMBERS = "bhilqBHILQ?efd"
Shape = Tuple[int, ...]


def float_array(value: Any, outputs: Optional[Outputs], two_dimensional: bool) -> Any:
    """The `data` of a reply: a `$type` array with an attachment, or lists of JSON numbers where there are none."""
    view, shape, borrowed = floats(value)
    if two_dimensional and len(shape) != 2:
        raise bad_request(f"{type_name(type(value))} has {len(shape)} dimension(s), not two: use tofloatarray")
    if view.nbytes > MAX_BODY:
        message = f"the array has {view.nbytes} bytes as float64, the limit is {MAX_BODY}"
        raise Fault("TOO_LARGE", message, hint="fetch it in slices")
    if outputs is not None:
        number = outputs.add(view, borrowed)
        return {"$type": "array", "attachment": number, "dtype": "float64", "shape": list(shape)}
    numbers: List[float] = view.tolist()
    if not all(map(isfinite, numbers)):
        raise bad_request(
            "the array holds NaN or an infinity, for which JSON has no number",
            hint="ask for it over frames, or over HTTP with Accept: application/octet-stream",
        )
    if not two_dimensional:
        return numbers
    width = shape[1]
    return [numbers[start * width : (start + 1) * width] for start in range(shape[0])]


def floats(value: Any) -> Tuple[memoryview, Shape, bool]:
    """A flat view of little-endian float64 values, their shape, and whether the view is the object's own memory."""
    found = elements_of(value)
    if isinstance(found, memoryview):
        return _from_buffer(found, value)
    if found is not None:
        return _from_numpy(sys.modules["numpy"], found)
    items, shape = flattened(value)
    return float_items(items), shape, False


def elements_of(value: Any) -> Any:
    """A view of a buffer; the value itself where numpy makes an array of it; None for what can only be a sequence."""
    kind = type(value)
    if issubclass(kind, str):
        raise bad_request("text is not an array of numbers")
    if "numpy" in sys.modules and hasattr(kind, "__array__"):
        return value
    try:
        return memoryview(value)
    except TypeError:
        return None


def _from_numpy(numpy: Any, value: Any) -> Tuple[memoryview, Shape, bool]:
    masked = getattr(getattr(numpy, "ma", None), "MaskedArray", ())
    if isinstance(value, masked):
        value = value.astype("float64").filled(numpy.nan)
    values = numpy.asarray(value)
    if values.dtype.kind == "O":
        return float_items(values.ravel().tolist()), tuple(values.shape), False
    if values.dtype.kind not in "biuf":
        raise bad_request(f"an array of {values.dtype} is not an array of real numbers")
    result = numpy.ascontiguousarray(values, "<f8")
    borrowed = bool(numpy.shares_memory(result, values)) if result is not values else True
    return memoryview(result.reshape(-1)).cast("B").cast("d"), tuple(values.shape), borrowed


def _from_buffer(view: memoryview, value: Any) -> Tuple[memoryview, Shape, bool]:
    code = native_code(view.format, view.itemsize)
    if code is None:
        raise bad_request(f"{type_name(type(value))} holds items of format {view.format!r}, not numbers")
    shape = tuple(view.shape)
    if code == "d" and view.c_contiguous and sys.byteorder == "little":
        return view.cast("B").cast("d") if view.nbytes else memoryview(b"").cast("d"), shape, True
    # tobytes() writes C order for any strides.
    flat = memoryview(view.tobytes()).cast(code)
    return _little_endian(array.array("d", flat)), shape, False


def native_code(form: str, size: int) -> Optional[str]:
    """The native struct code of a buffer's format; None for what is no number, or not in this machine's byte order."""
    code = form
    if form[:1] in ("@", "=", "<" if sys.byteorder == "little" else ">"):
        code = form[1:]
    if code in ("n", "N"):
        code = "q" if code == "n" else "Q"
    if len(code) != 1 or code not in NUMBERS:
        return None
    if code in "efd?":
        return code
    # `<l` has 4 bytes where the native `l` has 8: the size tells which integer it is.
    signed = code.islower()
    return CODES.get(f"{'int' if signed else 'uint'}{size * 8}")


def flattened(value: Any) -> Tuple[List[Any], Shape]:
    """The items of a sequence, or of its rows, and its shape; BAD_REQUEST for what is none."""
    kind = type(value)
    if issubclass(kind, (dict, set, frozenset)) or not (hasattr(kind, "__len__") and hasattr(kind, "__iter__")):
        raise bad_request(f"{type_name(kind)} is not an array or a sequence of numbers")
    items = list(value)
    if items and all(issubclass(type(item), (list, tuple)) for item in items):
        widths = {len(item) for item in items}
        if len(widths) > 1:
            raise bad_request("the rows differ in length")
        return [number for item in items for number in item], (len(items), widths.pop())
    return items, (len(items),)


def float_items(items: List[Any]) -> memoryview:
    """The items as float64; BAD_REQUEST names the first that is no such number."""
    try:
        return _little_endian(array.array("d", items))
    except (TypeError, OverflowError):
        for index, item in enumerate(items):
            try:
                array.array("d", [item])
            except (TypeError, OverflowError) as error:
                kind = type_name(type(item))
                raise bad_request(f"item {index} ({kind}) is not a float64 number: {error}") from None
        raise


def _little_endian(items: "array.array[float]") -> memoryview:
    if sys.byteorder == "big":
        items.byteswap()
    return memoryview(items)
