"""The errors of docs/wire.md §5: one exception for what we refuse or report, one flat shape on every door."""

from typing import Any, Dict, Optional

# code -> the HTTP status a front answers with.
CODES = {
    "BAD_REQUEST": 400,
    "UNAUTHORIZED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "HANDLE_NOT_FOUND": 404,
    "SESSION_NOT_FOUND": 404,
    "WRONG_WORKER": 421,
    "METHOD_NOT_ALLOWED": 405,
    "TOO_LARGE": 413,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "PYTHON_ERROR": 422,
    "PYTHON_EXIT": 422,
    "HOST_FAILED": 409,
    "LIMIT_EXCEEDED": 429,
    "CANCELLED": 499,
    "WORKER_LOST": 502,
    "BUSY": 503,
    "INTERNAL": 500,
    "TIMEOUT": 504,
}


class Fault(Exception):
    """What a caller is told when a request does not succeed. `code` is one of CODES."""

    def __init__(
        self,
        code: str,
        message: str,
        hint: Optional[str] = None,
        details: Optional[Dict[str, Any]] = None,
        traceback: Optional[str] = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details
        self.traceback = traceback
        # Which request it is about, where nothing else knows it.
        self.request_id: Optional[int] = None

    def fields(self) -> Dict[str, Any]:
        """The reply. `error` and `detail` repeat the message for clients of the older servers."""
        fields: Dict[str, Any] = {
            "error": self.message,
            "detail": self.message,
            "code": self.code,
            "message": self.message,
        }
        for name in ("traceback", "hint", "details"):
            value = getattr(self, name)
            if value is not None:
                fields[name] = value
        return fields


def bad_request(message: str, hint: Optional[str] = None) -> Fault:
    return Fault("BAD_REQUEST", message, hint=hint)


def session_not_found(session_id: Any) -> Fault:
    return Fault(
        "SESSION_NOT_FOUND",
        f"there is no session {session_id!r:.80}",
        hint="it was closed, it expired because nobody used it, or it went with its worker process: open another one",
    )
