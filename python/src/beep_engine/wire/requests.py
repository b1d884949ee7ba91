"""What a request must look like before anybody acts on it."""

from typing import Any, Dict, Union

from ..faults import Fault, bad_request
from .limits import MAX_ID_BYTES
from .text import to_json

# None only in the lines dialect: a request whose reply carries no id.
RequestId = Union[int, str, None]

EXACT = 2**53


def read_id(header: Dict[str, Any], lines: bool) -> RequestId:
    """The id that the reply will carry. An integer that JSON holds exactly; in lines also a short string, or none."""
    value = header.get("id")
    if type(value) is int and -EXACT < value < EXACT:
        return value
    if not lines:
        raise bad_request(f"a request in frames needs an integer id within ±(2^53-1), not {value!r:.80}")
    if value is None:
        return None
    if type(value) is str and len(to_json(value)) <= MAX_ID_BYTES:
        return value
    raise bad_request(f"an id is an integer, or a string of at most {MAX_ID_BYTES} bytes as JSON, not {value!r:.80}")


def read_command(header: Dict[str, Any]) -> str:
    command = header.get("command")
    if type(command) is not str:
        raise bad_request("a request needs a command (a string)", hint='for example {"command": "ping"}')
    return command


def read_payload(header: Dict[str, Any]) -> Dict[str, Any]:
    payload = header.get("payload")
    if payload is None:
        return {}
    if type(payload) is not dict:
        raise bad_request(f"the payload must be a JSON object, not {type(payload).__name__}")
    return payload


def with_id(request_id: RequestId, fields: Dict[str, Any]) -> Dict[str, Any]:
    """A reply's document: the id comes first, so that a client may route it without decoding the rest."""
    return {"id": request_id, **fields}


def wrong_dialect(opening: bytes) -> Fault:
    return bad_request(
        f"a connection begins with a frame (BPF1) or a JSON object, this one with {opening[:8]!r}",
        hint="docs/wire.md describes both dialects",
    )
