"""JSON from callers, checked before it becomes part of a frame: one document, not too deep for the worker."""

import json
from typing import Any, NoReturn

from ..faults import Fault

# The worker's Python may recurse less deeply than ours, and could then not say which request it failed to read.
NESTING_LIMIT = 400


def decoded(text: str, what: str) -> Any:
    """What `text` holds; a BAD_REQUEST that names `what` when it is not one JSON document, or nested too deeply."""
    try:
        value = _decode(text)
    except RecursionError:
        raise _too_deep(what) from None
    except ValueError as error:
        raise Fault("BAD_REQUEST", f"{what} is not JSON: {error}" if text else f"{what} is empty") from None
    if len(text) > NESTING_LIMIT and text.count("[") + text.count("{") > NESTING_LIMIT and _is_too_deep(value):
        raise _too_deep(what)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f'{name} is not JSON; write {{"$type":"float","value":"…"}}')


_decoder = json.JSONDecoder(parse_constant=_refuse_constant)


def _decode(text: str) -> Any:
    if text.startswith("{"):
        # Without white space around it, as nearly all are: this way skips looking for some.
        value, end = _decoder.raw_decode(text)
        if end == len(text):
            return value
    return _decoder.decode(text)


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(NESTING_LIMIT):
        level = [
            child
            for container in level
            for child in (container.values() if isinstance(container, dict) else container)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True


def _too_deep(what: str) -> Fault:
    return Fault("BAD_REQUEST", f"{what} is nested more than {NESTING_LIMIT} levels deep")
