"""JSON as the wire wants it: compact UTF-8, no NaN, and a fault where a document is broken."""

import json
from typing import Any, Callable

from ..faults import bad_request


def _no_such_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_no_such_number)
_encoder = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False)


def _quick_encode() -> Callable[[Any], str]:
    """What `_encoder` does, without making its C part anew for every document, where there is one."""
    if json.encoder.c_make_encoder is None:
        return _encoder.encode
    make = json.encoder.c_make_encoder
    parts = make(None, _encoder.default, json.encoder.encode_basestring, None, ":", ",", False, False, False)
    return lambda value: "".join(parts(value, 0))


_encode = _quick_encode()


def to_json(value: Any) -> bytes:
    """Compact UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes `?` (values carry them as base64 instead)."""
    return _encode(value).encode("utf-8", "replace")


def from_json(data: bytes, what: str) -> Any:
    """The document in `data`; a BAD_REQUEST that names `what` when it is not JSON."""
    try:
        text = str(data, "utf-8")
        if text.startswith("{"):
            # Without white space around it, as nearly all are: this way skips looking for some.
            value, end = _decoder.raw_decode(text)
            if end == len(text):
                return value
        return _decoder.decode(text)
    except UnicodeDecodeError as error:
        raise bad_request(f"{what} is not UTF-8: {error.reason} at byte {error.start}") from None
    except ValueError as error:
        raise bad_request(f"{what} is not JSON: {error}") from None
    except (RecursionError, MemoryError):
        raise bad_request(f"{what} is nested too deeply") from None
