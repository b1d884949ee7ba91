"""How a value is told: as it is where JSON holds it, else as a handle with what is known of it."""

from typing import Any, Dict, Optional

from .names import array_facts, short_repr, type_name
from .outputs import Outputs
from .place import Place
from .plain import NotPlain, plain

Reply = Dict[str, Any]


def result(value: Any, place: Place, outputs: Optional[Outputs], shown: Optional[str] = None) -> Reply:
    try:
        form = plain(value, outputs)
    except (NotPlain, RuntimeError):
        # RuntimeError: nested too deeply, or changed by another thread in the meantime.
        return handle(value, place, shown)
    return {"value": form, "isHandle": False, "typeName": type_name(type(value))}


def handle(value: Any, place: Place, shown: Optional[str] = None) -> Reply:
    """`shown` is its repr where that is known."""
    told = facts(value, shown)
    return {"isHandle": True, "handleId": place.handles.add(value), **told}


def facts(value: Any, shown: Optional[str]) -> Reply:
    return {
        "typeName": type_name(type(value)),
        "repr": short_repr(value) if shown is None else shown,
        **array_facts(value),
    }
