"""Failures on their way to a gRPC client: a status for every library, and all that we know in its details."""

import json
from typing import Any, Dict, NoReturn, Optional, Tuple

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage

from ._generated.python_service_pb2 import CallError, CallStatus

_Code = grpc.StatusCode

# docs/wire.md §5. An unknown handle is NOT_FOUND, a Python error INTERNAL since long before this project.
STATUS = {
    "BAD_REQUEST": _Code.INVALID_ARGUMENT,
    "UNAUTHORIZED": _Code.UNAUTHENTICATED,
    "FORBIDDEN": _Code.PERMISSION_DENIED,
    "NOT_FOUND": _Code.NOT_FOUND,
    "HANDLE_NOT_FOUND": _Code.NOT_FOUND,
    "SESSION_NOT_FOUND": _Code.NOT_FOUND,
    "WRONG_WORKER": _Code.FAILED_PRECONDITION,
    "METHOD_NOT_ALLOWED": _Code.UNIMPLEMENTED,
    "TOO_LARGE": _Code.RESOURCE_EXHAUSTED,
    "PYTHON_ERROR": _Code.INTERNAL,
    "PYTHON_EXIT": _Code.INTERNAL,
    "HOST_FAILED": _Code.FAILED_PRECONDITION,
    "LIMIT_EXCEEDED": _Code.RESOURCE_EXHAUSTED,
    "CANCELLED": _Code.CANCELLED,
    "TIMEOUT": _Code.DEADLINE_EXCEEDED,
    # Not UNAVAILABLE: libraries may repeat a call on that, and this one may have had its effect.
    "WORKER_LOST": _Code.ABORTED,
    # It was not begun: here libraries may repeat.
    "BUSY": _Code.UNAVAILABLE,
    "INTERNAL": _Code.INTERNAL,
}

DETAILS_KEY = "grpc-status-details-bin"
# By this a caller says how many bytes of details it can take.
ROOM_KEY = "beep-error-bytes"

# Clients take 8 KiB of metadata if they say nothing else; details grow by a third on their way.
USUAL_ROOM = 4096
MOST_ROOM = 48 * 1024
# Bytes of the message in the status itself, where some take the place of three.
MESSAGE_ROOM = 340

_TYPE_URL = "type.googleapis.com/" + CallError.DESCRIPTOR.full_name


async def refuse(context: "grpc.aio.ServicerContext[Any, Any]", fields: Dict[str, Any]) -> NoReturn:
    """Ends the call with the error in `fields`, the flat form that it has on every door."""
    status = STATUS.get(fields.get("code", ""), _Code.UNKNOWN)
    message, _ = _cut(str(fields.get("message") or fields.get("error")), MESSAGE_ROOM)
    error = call_error(fields, _room_of(context))
    details = AnyMessage(type_url=_TYPE_URL, value=error.SerializeToString())
    whole = CallStatus(code=status.value[0], message=message, details=[details])
    await context.abort(status, message, ((DETAILS_KEY, whole.SerializeToString()),))
    raise AssertionError("abort returns")


def call_error(fields: Dict[str, Any], room: int) -> CallError:
    """The error within `room` bytes. A traceback keeps its end, which tells the most, and so do last lines."""
    message, cut_message = _cut(str(fields.get("message") or fields.get("error")), room // 4)
    hint, cut_hint = _cut(fields.get("hint") or "", room // 8)
    details, cut_details = _details(fields.get("details"), room // 4)
    error = CallError(code=str(fields.get("code")), message=message, hint=hint, details_json=details)
    # 32: the numbers and lengths of the fields that are still to come.
    traceback, cut_traceback = _last_lines(fields.get("traceback") or "", room - error.ByteSize() - 32)
    error.traceback = traceback
    error.shortened = cut_message or cut_hint or cut_details or cut_traceback
    return error


def _room_of(context: "grpc.aio.ServicerContext[Any, Any]") -> int:
    for name, value in context.invocation_metadata() or ():
        if name == ROOM_KEY and isinstance(value, str) and value.isascii() and value.isdigit():
            return max(USUAL_ROOM, min(int(value[:9]), MOST_ROOM))
    return USUAL_ROOM


def _details(details: Optional[Dict[str, Any]], room: int) -> Tuple[str, bool]:
    """As JSON; the longest of its parts go first."""
    if not details:
        return "", False
    text = _json(details)
    if _length(text) <= room:
        return text, False
    kept = dict(details)
    lines = kept.get("lastLines")
    if isinstance(lines, list):
        rest = room - _length(_json({**kept, "lastLines": []}))
        while lines and _length(_json(lines)) > rest:
            lines = lines[len(lines) // 2 :] if len(lines) > 1 else []
        kept["lastLines"] = lines
    while kept and _length(_json(kept)) > room:
        del kept[max(kept, key=lambda name: _length(_json(kept[name])))]
    return _json(kept), True


def _cut(text: str, room: int) -> Tuple[str, bool]:
    """The beginning of `text` within `room` bytes, and whether anything is missing."""
    data = text.encode("utf-8", "replace")
    if len(data) <= room:
        return data.decode(), False
    return data[: room - len("…".encode())].decode("utf-8", "ignore") + "…", True


def _last_lines(text: str, room: int) -> Tuple[str, bool]:
    """The whole lines at the end of `text` within `room` bytes, and whether anything is missing."""
    data = text.encode("utf-8", "replace")
    if len(data) <= room:
        return data.decode(), False
    end = data[-(room - len("…\n".encode())) :].decode("utf-8", "ignore")
    return "…\n" + (end.partition("\n")[2] or end), True


def _length(text: str) -> int:
    return len(text.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()
