"""How an object is shown to a caller: its type's name, a short repr, shape and dtype of arrays."""

import array
import reprlib
import sys
from typing import Any, Dict

REPR_LIMIT = 200

# Reading these through `type` itself keeps a metaclass from having a say.
_module_of = type.__dict__["__module__"].__get__
_qualname_of = type.__dict__["__qualname__"].__get__

# repr() of a list of ten million items builds a text of a gigabyte to show 200 characters of it.
_short = reprlib.Repr()
_short.maxlevel = 4
_short.maxlist = _short.maxtuple = _short.maxset = _short.maxfrozenset = _short.maxdict = _short.maxdeque = 40
_short.maxarray = 40
_short.maxstring = _short.maxlong = _short.maxother = REPR_LIMIT
# By id, because comparing classes asks their metaclass.
_SHORTENED = frozenset(map(id, (list, tuple, dict, set, frozenset, str, int, array.array)))

_TYPECODE_NAMES = {"e": "float16", "f": "float32", "d": "float64", "?": "bool"}


def type_name(kind: type) -> str:
    """`module.qualname`, without `builtins.`"""
    name = _qualname_of(kind)
    try:
        module = _module_of(kind)
    except AttributeError:
        return name
    if module == "builtins" or type(module) is not str:
        return name
    return f"{module}.{name}"


def short_repr(value: Any) -> str:
    """At most REPR_LIMIT characters, also where the object's own `__repr__` fails."""
    try:
        text = _short.repr(value) if id(type(value)) in _SHORTENED else repr(value)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        text = f"<{type_name(type(value))} object; its repr raised {type_name(type(error))}>"
    if len(text) > REPR_LIMIT:
        text = text[: REPR_LIMIT - 3] + "..."
    return text


def array_facts(value: Any) -> Dict[str, Any]:
    """`shape` and `dtype` where `value` is an array; empty for everything else."""
    # Not isinstance: that asks an object for its `__class__`, which may raise, or lie.
    kind = type(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, getattr(numpy, "ndarray", ())):
        return {"shape": list(value.shape), "dtype": str(value.dtype)}
    if issubclass(kind, array.array):
        return {"shape": [len(value)], "dtype": element_name(value.typecode, value.itemsize)}
    if kind is memoryview:
        return {"shape": list(value.shape), "dtype": element_name(value.format, value.itemsize)}
    return {}


def element_name(code: str, size: int) -> str:
    """The dtype of a struct or array type code, e.g. `float64`, `uint8`."""
    if code in _TYPECODE_NAMES:
        return _TYPECODE_NAMES[code]
    if len(code) == 1 and code in "bhilqn":
        return f"int{size * 8}"
    if len(code) == 1 and code in "BHILQN":
        return f"uint{size * 8}"
    return code
