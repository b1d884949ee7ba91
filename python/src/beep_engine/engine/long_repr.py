"""The repr of a result for people to read: Python's own, cut where it is long."""

import array
import reprlib
from itertools import islice
from typing import Any, Dict

from .names import type_name

LONG = 10_000
# Items of one container that are shown of what is too large to be shown as a whole.
MOST_ITEMS = 500

# By id, because comparing classes asks their metaclass.
_TEXTS = frozenset(map(id, (str, bytes, bytearray)))
_LISTS = frozenset(map(id, (list, tuple, set, frozenset)))
_BUILT_IN = _TEXTS | _LISTS | {id(dict), id(int), id(array.array)}


def long_repr(value: Any) -> str:
    """At most LONG characters, also where the object's own `__repr__` fails, or its text would fill the memory."""
    try:
        text = repr(value) if id(type(value)) not in _BUILT_IN or _is_small(value) else _Bounded().repr(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return f"<{type_name(type(value))} object; its repr raised {type_name(type(error))}>"
    return text if len(text) <= LONG else text[: LONG - 3] + "..."


def _is_small(value: Any) -> bool:
    left, waiting = LONG, [value]
    while waiting:
        item = waiting.pop()
        kind = id(type(item))
        if kind in _TEXTS:
            left -= len(item)
        elif kind == id(int):
            left -= item.bit_length() // 3
        elif kind in _LISTS or kind == id(dict):
            left -= len(item)
            if left >= 0:
                waiting += item.items() if kind == id(dict) else item
        elif kind == id(array.array):
            left -= len(item)
        left -= 1
        if left < 0:
            return False
    return True


class _Bounded(reprlib.Repr):
    """reprlib bounds each container; this bounds the whole, and leaves a dict's keys in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 100
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdict = MOST_ITEMS
        self.maxdeque = self.maxarray = MOST_ITEMS
        self.maxstring = self.maxlong = self.maxother = LONG
        self._left = LONG

    def repr1(self, x: Any, level: int) -> str:
        if self._left <= 0:
            return "..."
        kind = id(type(x))
        if kind in _LISTS or kind == id(dict):
            # Its brackets; its items count themselves.
            self._left -= 2
            return super().repr1(x, level)
        text = super().repr1(x, level)
        self._left -= len(text)
        return text

    def repr_dict(self, x: Dict[Any, Any], level: int) -> str:
        pairs = [f"{self.repr1(k, level - 1)}: {self.repr1(v, level - 1)}" for k, v in islice(x.items(), MOST_ITEMS)]
        return "{" + ", ".join(pairs + (["..."] if len(x) > MOST_ITEMS else [])) + "}"
