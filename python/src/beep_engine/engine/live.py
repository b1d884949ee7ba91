"""The wire's values to Python values (docs/wire.md §3), handles resolved."""

import binascii
import re
from typing import Any, Callable, Dict, List, Optional

from ..faults import Fault, bad_request
from .inputs import read_array
from .place import Place

MAX_INT_DIGITS = 4300
# binascii skips what it does not know, and is told not to only since Python 3.11.
_BASE64 = r"[A-Za-z0-9+/]*={0,2}"


class Live:
    """Turns what stands in `args`, `kwargs`, `locals` and `value` into live objects.

    `place` has the handles that they may name. `attachments` are the request's; None in a dialect that has none.
    """

    def __init__(self, place: Place, attachments: Optional[List[memoryview]]) -> None:
        self.place = place
        self._attachments = attachments

    def value(self, form: Any) -> Any:
        try:
            return self._value(form)
        except RecursionError:
            raise bad_request("the value is nested too deeply") from None

    def _value(self, form: Any) -> Any:
        kind = type(form)
        if kind is list:
            return [self._value(item) for item in form]
        if kind is not dict:
            return form
        if "$type" in form:
            return self._typed(form)
        handle_id = form.get("handleId", form.get("HandleId"))
        if type(handle_id) is str:
            return self.place.handles.get(handle_id)
        return {key: self._value(item) for key, item in form.items()}

    def _typed(self, form: Dict[str, Any]) -> Any:
        tag = form["$type"]
        read = _READERS.get(tag) if type(tag) is str else None
        if read is None:
            raise bad_request(f"there is no $type {tag!r:.80}")
        try:
            return read(self, form)
        except Fault:
            raise
        except RecursionError:
            raise
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            problem = f"{error} is missing" if type(error) is KeyError else str(error)
            raise bad_request(f"the value of $type {tag} cannot be read: {problem}") from None

    def attachment(self, number: Any) -> memoryview:
        if self._attachments is None:
            raise bad_request("attachments need the frames dialect")
        if type(number) is not int or not 0 <= number < len(self._attachments):
            raise bad_request(f"there is no attachment {number!r:.40}; the frame has {len(self._attachments)}")
        return self._attachments[number]

    def _items(self, form: Dict[str, Any]) -> List[Any]:
        items = form["items"]
        if type(items) is not list:
            raise TypeError("items must be a list")
        return [self._value(item) for item in items]


def _text(form: Dict[str, Any]) -> str:
    text = form["value"]
    if type(text) is not str:
        raise TypeError("value must be a string")
    return text


def _decoded(form: Dict[str, Any]) -> bytes:
    text = form["base64"]
    if type(text) is not str or not re.fullmatch(_BASE64, text) or len(text) % 4:
        raise ValueError("base64 must be a string of base64 with its padding")
    return binascii.a2b_base64(text)


def _int(_: Live, form: Dict[str, Any]) -> int:
    text = _text(form)
    if len(text) > MAX_INT_DIGITS:
        raise ValueError(f"an int may have {MAX_INT_DIGITS} digits")
    return int(text)


def _number(form: Any) -> float:
    if type(form) is dict:
        return float(_text(form))
    if type(form) not in (int, float):
        raise TypeError("a number is expected")
    return float(form)


def _bytes(live: Live, form: Dict[str, Any]) -> bytes:
    return bytes(live.attachment(form["attachment"])) if "attachment" in form else _decoded(form)


def _attached_bytes(live: Live, form: Dict[str, Any]) -> memoryview:
    # Without attachments (lines, HTTP) the bytes stand in the JSON; as writable as an attachment would be.
    return live.attachment(form["attachment"]) if "attachment" in form else memoryview(bytearray(_decoded(form)))


def _dict(live: Live, form: Dict[str, Any]) -> Dict[Any, Any]:
    pairs = live._items(form)
    if not all(type(pair) is list and len(pair) == 2 for pair in pairs):
        raise TypeError("items must be pairs")
    return {key: value for key, value in pairs}


def _iso(kind: str) -> Callable[[Live, Dict[str, Any]], Any]:
    def read(_: Live, form: Dict[str, Any]) -> Any:
        import datetime

        text = _text(form)
        # Python reads a final Z since 3.11 only, and every JavaScript date ends with one.
        return getattr(datetime, kind).fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text)

    return read


def _timedelta(_: Live, form: Dict[str, Any]) -> Any:
    import datetime

    parts = {name: form.get(name, 0) for name in ("days", "seconds", "microseconds")}
    return datetime.timedelta(**parts)


def _decimal(_: Live, form: Dict[str, Any]) -> Any:
    import decimal

    return decimal.Decimal(_text(form))


def _uuid(_: Live, form: Dict[str, Any]) -> Any:
    import uuid

    return uuid.UUID(_text(form))


def _path(_: Live, form: Dict[str, Any]) -> Any:
    import pathlib

    return pathlib.Path(_text(form))


def _table(data: memoryview) -> Any:
    from .tables import read_table

    return read_table(data)


_READERS: Dict[str, Callable[[Live, Dict[str, Any]], Any]] = {
    "int": _int,
    "float": lambda _, form: float(_text(form)),
    "complex": lambda _, form: complex(_number(form["real"]), _number(form["imag"])),
    "bytes": _bytes,
    "str": lambda _, form: _decoded(form).decode("utf-8", "surrogatepass"),
    "tuple": lambda live, form: tuple(live._items(form)),
    "set": lambda live, form: set(live._items(form)),
    "frozenset": lambda live, form: frozenset(live._items(form)),
    "dict": _dict,
    "datetime": _iso("datetime"),
    "date": _iso("date"),
    "time": _iso("time"),
    "timedelta": _timedelta,
    "decimal": _decimal,
    "uuid": _uuid,
    "path": _path,
    "array": lambda live, form: read_array(_attached_bytes(live, form), form),
    "table": lambda live, form: _table(_attached_bytes(live, form)),
}
