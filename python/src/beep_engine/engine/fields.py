"""The fields of a payload, checked one by one; each failure names the field."""

from typing import Any, Dict, List

from ..faults import bad_request
from .live import Live

Payload = Dict[str, Any]


def text(payload: Payload, field: str) -> str:
    value = payload.get(field)
    if type(value) is not str or not value:
        found = "it is missing" if value is None else "it is empty" if value == "" else f"not {type(value).__name__}"
        raise bad_request(f"{field} must be a string: {found}")
    return value


def arguments(payload: Payload, live: Live) -> List[Any]:
    args = payload.get("args")
    if args is None:
        return []
    if type(args) is not list:
        raise bad_request(f"args must be a list, not {type(args).__name__}")
    return live.value(args)


def names(payload: Payload, field: str, live: Live) -> Dict[str, Any]:
    """`kwargs` or `locals`: an object whose keys are names, whatever they are called."""
    value = payload.get(field)
    if value is None:
        return {}
    if type(value) is not dict:
        raise bad_request(f"{field} must be an object, not {type(value).__name__}")
    return {name: live.value(item) for name, item in value.items()}
