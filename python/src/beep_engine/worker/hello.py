"""The first request on a pipe that cannot tell who is at its other end (Windows)."""

from typing import Optional

from ..faults import Fault
from .request import Request


class HelloGate:
    """Without a token it is open. With one, it opens for a `hello` that knows it, and else stays shut for good."""

    def __init__(self, token: Optional[str]) -> None:
        self.open = token is None
        self._token = token
        self._refused = False

    def check(self, request: Request) -> None:
        # Only Windows comes here, and the module takes its time to import.
        from hmac import compare_digest

        token = request.payload.get("token")
        if self._refused or request.command != "hello" or type(token) is not str:
            self._refused = True
            raise Fault("UNAUTHORIZED", "the first request must be a hello with the server's token")
        if not compare_digest(token.encode("utf-8", "replace"), (self._token or "").encode()):
            self._refused = True
            raise Fault("UNAUTHORIZED", "this is not the server's token")
        self.open = True
