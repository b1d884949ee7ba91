"""Anything that is an array, as it is: its dtype, its shape and its bytes (docs/wire.md §4, `toarray`)."""

import array
import sys
from typing import Any, Dict, List, NamedTuple, Optional

from ..faults import Fault, bad_request
from ..wire.dtypes import width_of
from ..wire.limits import MAX_BODY
from .floats import Shape, elements_of, flattened, float_items, native_code
from .names import element_name, type_name
from .outputs import Outputs, carried


class Stored(NamedTuple):
    """`data`: flat bytes, little-endian, in C order. `borrowed`: they are the object's own memory."""

    data: memoryview
    dtype: str
    shape: Shape
    borrowed: bool


def array_form(value: Any, outputs: Optional[Outputs]) -> Dict[str, Any]:
    """The `data` of a reply: a `$type` array."""
    data, dtype, shape, borrowed = stored(value)
    if data.nbytes > MAX_BODY:
        message = f"the array has {data.nbytes} bytes, the limit is {MAX_BODY}"
        raise Fault("TOO_LARGE", message, hint="fetch it in slices")
    return {"$type": "array", **carried(data, outputs, borrowed), "dtype": dtype, "shape": list(shape)}


def stored(value: Any) -> Stored:
    """Raises BAD_REQUEST for what is no array of numbers, bools or times."""
    found = elements_of(value)
    if isinstance(found, memoryview):
        return _from_buffer(found, value)
    if found is not None:
        return _from_numpy(sys.modules["numpy"], found)
    items, shape = flattened(value)
    return _from_items(items, shape)


def _from_numpy(numpy: Any, value: Any) -> Stored:
    if isinstance(value, getattr(getattr(numpy, "ma", None), "MaskedArray", ())):
        value = _filled(numpy, value)
    values = numpy.asarray(value)
    shape = tuple(values.shape)
    if values.dtype.kind == "O":
        return _from_items(values.ravel().tolist(), shape)
    name = values.dtype.name
    if width_of(name) is None:
        hint = (
            "fetch each field by its name" if values.dtype.names else "`.tolist()` gives a value, `.astype()` numbers"
        )
        raise bad_request(f"an array of {values.dtype} has no form as bytes", hint=hint)
    result = numpy.ascontiguousarray(values, values.dtype.newbyteorder("<"))
    borrowed = result is values or bool(numpy.may_share_memory(result, values))
    return Stored(memoryview(result.reshape(-1).view("u1")), name, shape, borrowed)


def _filled(numpy: Any, value: Any) -> Any:
    """Without its mask: what is masked is NaN or no time, where there is such a thing."""
    kind = value.dtype.kind
    if kind in "fc":
        return value.filled(numpy.nan)
    if kind in "mM":
        return value.filled("NaT")
    if numpy.ma.is_masked(value):
        raise bad_request(f"a masked array of {value.dtype} has no form as bytes", hint="fill it: `.filled(0)`")
    return value.data


def _from_buffer(view: memoryview, value: Any) -> Stored:
    code = native_code(view.format, view.itemsize)
    if code is None:
        raise bad_request(f"{type_name(type(value))} holds items of format {view.format!r}, not numbers")
    dtype, shape = element_name(code, view.itemsize), tuple(view.shape)
    if not view.nbytes:
        return Stored(memoryview(b""), dtype, shape, False)
    if view.c_contiguous and (sys.byteorder == "little" or view.itemsize == 1):
        return Stored(view.cast("B"), dtype, shape, True)
    # tobytes() writes C order for any strides.
    return Stored(_little_endian(view.tobytes(), view.itemsize), dtype, shape, False)


def _from_items(items: List[Any], shape: Shape) -> Stored:
    """All bools: bool. All whole: int64. With a complex number among them: complex128. Else float64."""
    kinds = set(map(id, map(type, items)))
    if kinds == {id(bool)}:
        return Stored(memoryview(bytes(items)), "bool", shape, False)
    if id(complex) in kinds:
        parts = [part for item in items for part in _parts_of(item)]
        return Stored(float_items(parts).cast("B"), "complex128", shape, False)
    if items and id(float) not in kinds:
        try:
            return Stored(_little_endian(array.array("q", items).tobytes(), 8), "int64", shape, False)
        except TypeError:
            pass
        except OverflowError:
            raise bad_request("an int among the items is beyond int64", hint="as floats: `tofloatarray`") from None
    return Stored(float_items(items).cast("B"), "float64", shape, False)


def _parts_of(item: Any) -> Any:
    if type(item) in (complex, float, int, bool):
        return item.real, item.imag
    raise bad_request(f"{type_name(type(item))} among complex numbers is not a number")


def _little_endian(data: bytes, size: int) -> memoryview:
    if sys.byteorder == "big" and size > 1:
        swapped = array.array({2: "H", 4: "I", 8: "Q"}[size], data)
        swapped.byteswap()
        data = swapped.tobytes()
    return memoryview(data)
