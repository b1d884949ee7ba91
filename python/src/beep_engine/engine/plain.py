"""Python values to the wire's values (docs/wire.md §3). What has no such form raises NotPlain and becomes a handle."""

import binascii
import sys
from math import isfinite
from typing import Any, Callable, Dict, List, Optional

from ..wire.limits import MAX_BODY, MAX_HEADER
from ..wire.text import to_json
from .outputs import Outputs
from .typed_text import typed_text

EXACT_INT = 2**53 - 1
# Python refuses to turn longer integers into decimal text (sys.int_info.default_max_str_digits is 4300 digits).
MAX_INT_BITS = 14_000
# JSON parsers give up on deeper nesting; a container that holds itself is found this way too.
MAX_DEPTH = 100
# Bytes from this size on travel as attachments where there are any: base64 would cost a third more, twice copied.
ATTACH_FROM = 64 * 1024
# A value weighs its nodes and characters: no more than 12.5 bytes of JSON for each unit of weight. So up to
# UNMEASURED_WEIGHT it fits into a header for certain; beyond, it is measured; beyond MAX_WEIGHT it is a handle.
# A node weighs what its encoding costs in time too, so that lists that hold each other twice, twice, twice … end soon.
NODE_WEIGHT = 32
NUMBER_WEIGHT = 2
UNMEASURED_WEIGHT = 4_000_000
MAX_WEIGHT = MAX_HEADER
# Room in the header for the other fields of a reply.
RESERVE = 64 * 1024

RESERVED_KEYS = frozenset(("$type", "handleId", "HandleId"))


class NotPlain(Exception):
    """The value has no form of its own on the wire."""


def plain(value: Any, outputs: Optional[Outputs]) -> Any:
    """The JSON form of `value`. Long bytes go into `outputs`, where the dialect has attachments."""
    scalar = _SCALARS.get(id(type(value)))
    if scalar is not None:
        return scalar(value)
    walk = _Walk(outputs)
    mark = len(outputs.items) if outputs is not None else 0
    try:
        form = walk.encode(value)
        if walk.weight > UNMEASURED_WEIGHT and len(to_json(form)) > MAX_HEADER - RESERVE:
            raise NotPlain
    except BaseException:
        if outputs is not None:
            outputs.cut(mark)
        raise
    return form


def _same(value: Any) -> Any:
    return value


def _int(value: int) -> Any:
    if -EXACT_INT <= value <= EXACT_INT:
        return value
    if value.bit_length() > MAX_INT_BITS:
        raise NotPlain
    try:
        return {"$type": "int", "value": str(value)}
    except ValueError:
        # User code has lowered the limit on digits.
        raise NotPlain from None


def _float(value: float) -> Any:
    if isfinite(value):
        return value
    return {"$type": "float", "value": "nan" if value != value else "inf" if value > 0 else "-inf"}


def _complex(value: complex) -> Any:
    return {"$type": "complex", "real": _float(value.real), "imag": _float(value.imag)}


def _str(value: str) -> Any:
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return {"$type": "str", "base64": _base64(value.encode("utf-8", "surrogatepass"))}
    return value


def _base64(data: Any) -> str:
    return binascii.b2a_base64(data, newline=False).decode("ascii")


# Exact types only: a subclass may mean something else. By id, because a class may have a metaclass that cannot be
# hashed or compared; the ids of built-in types never change.
_SCALARS: Dict[int, Callable[[Any], Any]] = {
    id(type(None)): _same,
    id(bool): _same,
    id(int): _int,
    id(float): _float,
    id(complex): _complex,
}


class _Walk:
    """One value's way to the wire. It adds up the value's weight, so that no value can exhaust the worker."""

    def __init__(self, outputs: Optional[Outputs]) -> None:
        self.weight = 0
        self._outputs = outputs
        self._depth = 0

    def encode(self, value: Any) -> Any:
        kind = type(value)
        scalar = _SCALARS.get(id(kind))
        if scalar is not None:
            return scalar(value)
        composite = _COMPOSITES.get(id(kind))
        if composite is not None:
            return composite(self, value)
        form = typed_text(kind, value)
        if form is not None:
            return form
        numpy = sys.modules.get("numpy")
        # Not isinstance: that asks an object for its `__class__`, which may raise, or lie.
        if numpy is not None and issubclass(kind, getattr(numpy, "generic", ())):
            return self._numpy_scalar(value)
        raise NotPlain

    def _spend(self, weight: int) -> None:
        self.weight += weight
        if self.weight > MAX_WEIGHT:
            raise NotPlain

    def _text(self, value: str) -> Any:
        self._spend(len(value))
        return _str(value)

    def _bytes(self, value: Any) -> Any:
        outputs = self._outputs
        if outputs is None or len(value) < ATTACH_FROM:
            self._spend(len(value) * 4 // 3)
            return {"$type": "bytes", "base64": _base64(value)}
        if outputs.size + len(value) > MAX_BODY:
            raise NotPlain
        return {"$type": "bytes", "attachment": outputs.add(bytes(value))}

    def _items(self, items: Any) -> List[Any]:
        self._spend(len(items) * NUMBER_WEIGHT)
        kinds = set(map(id, map(type, items)))
        if kinds == _ONLY_FLOATS and all(map(isfinite, items)):
            return list(items)
        if kinds == _ONLY_INTS and min(items) >= -EXACT_INT and max(items) <= EXACT_INT:
            return list(items)
        self._spend(len(items) * (NODE_WEIGHT - NUMBER_WEIGHT))
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotPlain
        forms = [self.encode(item) for item in items]
        self._depth -= 1
        return forms

    def _tuple(self, value: Any) -> Any:
        return {"$type": "tuple", "items": self._items(value)}

    def _set(self, value: Any) -> Any:
        return {"$type": "set", "items": self._items(value)}

    def _frozenset(self, value: Any) -> Any:
        return {"$type": "frozenset", "items": self._items(value)}

    def _dict(self, value: Dict[Any, Any]) -> Any:
        keys = list(value)
        forms = self._items(list(value.values()))
        if all(type(key) is str and type(self._text(key)) is str for key in keys) and RESERVED_KEYS.isdisjoint(keys):
            return dict(zip(keys, forms))
        return {"$type": "dict", "items": [list(pair) for pair in zip(self._items(keys), forms)]}

    def _numpy_scalar(self, value: Any) -> Any:
        kind = value.dtype.kind
        # A structure gives a tuple, which does not say what its fields are.
        item = value if kind == "V" else value.item()
        # datetime64 with nanoseconds gives a bare int, NaT gives None, longdouble gives itself: none says what it is.
        if item is value or type(item) is type(value) or (kind in "mM" and (item is None or type(item) is int)):
            raise NotPlain
        return self.encode(item)


_ONLY_FLOATS = {id(float)}
_ONLY_INTS = {id(int)}
_COMPOSITES: Dict[int, Callable[[_Walk, Any], Any]] = {
    id(str): _Walk._text,
    id(bytes): _Walk._bytes,
    id(bytearray): _Walk._bytes,
    id(list): _Walk._items,
    id(tuple): _Walk._tuple,
    id(set): _Walk._set,
    id(frozenset): _Walk._frozenset,
    id(dict): _Walk._dict,
}
