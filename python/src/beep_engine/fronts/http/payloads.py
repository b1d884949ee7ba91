"""What a request asks for: its operation, its payload, and the worker that it wishes."""

from typing import Any, Dict, Optional, Tuple

from ..operation import Operation
from ..worker_pools import read_wish
from .body import checked_object
from .gate import check_content_type
from .routes import HttpRequest


def operation_of(request: HttpRequest) -> Operation:
    operation = request.route.operation
    if operation is None:
        raise RuntimeError(f"{request.scope['path']} is no operation")
    return operation


def wish_of(request: HttpRequest) -> Optional[int]:
    return read_wish(request.headers.get(b"x-beep-worker", b"").decode("latin-1"))


async def payload_of(request: HttpRequest) -> Tuple[bytes, Dict[str, Any]]:
    """Its text and what it holds. A path that names a session says enough without a body."""
    given, body = None, b"{}"
    if request.session_id is not None:
        given = {"sessionId": request.session_id}
    if request.scope["method"] == "POST":
        may_be_empty = given is not None and b"content-type" not in request.headers
        if not may_be_empty:
            check_content_type(request.headers)
        body = await request.body.read(request.headers) or (b"{}" if given else b"")
        if may_be_empty and body != b"{}":
            # It has one after all.
            check_content_type(request.headers)
    return checked_object(operation_of(request), body, given)
