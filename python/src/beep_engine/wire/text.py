"""JSON as the wire wants it: compact UTF-8, no NaN, and a fault where a document is broken."""

import json
from typing import Any

from ..faults import bad_request


def _no_such_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_no_such_number).decode
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def to_json(value: Any) -> bytes:
    """Compact UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes `?` (values carry them as base64 instead)."""
    return _encode(value).encode("utf-8", "replace")


def from_json(data: bytes, what: str) -> Any:
    """The document in `data`; a BAD_REQUEST that names `what` when it is not JSON."""
    try:
        return _decode(str(data, "utf-8"))
    except UnicodeDecodeError as error:
        raise bad_request(f"{what} is not UTF-8: {error.reason} at byte {error.start}") from None
    except ValueError as error:
        raise bad_request(f"{what} is not JSON: {error}") from None
    except (RecursionError, MemoryError):
        raise bad_request(f"{what} is nested too deeply") from None
