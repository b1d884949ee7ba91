"""Arrays and tables that come as the bytes of a body, without JSON around them, and stay in Python as a handle."""

from typing import Any, Dict, NamedTuple, Tuple

from ...faults import bad_request
from ...wire.text import to_json
from .gate import BYTES, Headers

# Arrow's name for its IPC stream.
ARROW = b"application/vnd.apache.arrow.stream"

_SESSION = ("X-Beep-Session", "The session that keeps it.")


class Upload(NamedTuple):
    """Where it goes (with PUT, or POST), what it must say that it is, and the headers that describe it."""

    path: str
    media_type: bytes
    about: str
    headers: Tuple[Tuple[str, str], ...]


UPLOADS = (
    Upload(
        "/arrays",
        BYTES,
        "Keeps an array: little-endian, in C order.",
        (
            ("X-Beep-Dtype", "As in int16; without it, float64."),
            ("X-Beep-Shape", "The lengths, as in 1000,1000; empty: a single number; absent: one dimension."),
            _SESSION,
        ),
    ),
    Upload("/tables", ARROW, "Keeps a table: an Arrow IPC stream becomes a pyarrow.Table.", (_SESSION,)),
)


def upload_payload(upload: Upload, headers: Headers) -> Tuple[bytes, Dict[str, Any]]:
    """The text of the payload that wraps the bytes, and what it holds."""
    form: Dict[str, Any] = {"$type": "table" if upload.media_type == ARROW else "array", "attachment": 0}
    if upload.media_type != ARROW:
        form["dtype"] = headers.get(b"x-beep-dtype", b"float64").decode("latin-1")
        if b"x-beep-shape" in headers:
            form["shape"] = _shape(headers[b"x-beep-shape"])
    payload = {"value": form}
    if b"x-beep-session" in headers:
        payload["sessionId"] = headers[b"x-beep-session"].decode("latin-1")
    return to_json(payload), payload


def _shape(text: bytes) -> "list[int]":
    parts = [part.strip() for part in text.split(b",")] if text.strip() else []
    if not all(part.isdigit() and len(part) < 20 for part in parts):
        raise bad_request(f"X-Beep-Shape must be lengths, as in 1000,1000, not {text[:80].decode('latin-1')!r}")
    return [int(part) for part in parts]
