"""What goes wrong with a call."""

from typing import Any, Dict, Optional


class ServerError(Exception):
    """`code` is made for programs (docs/wire.md §5), `hint` says what to do next, `details` hold the evidence."""

    def __init__(
        self, code: str, message: str, hint: Optional[str] = None, details: Optional[Dict[str, Any]] = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details or {}

    def __str__(self) -> str:
        return f"{self.message} ({self.code})" + (f". {self.hint}" if self.hint else "")


class PythonError(ServerError):
    """The code raised. `traceback` is Python's own, the frames of the caller's code only."""

    traceback: str = ""

    @property
    def exception_type(self) -> str:
        """Qualified name of the exception's class."""
        return str(self.details.get("exceptionType", ""))


class ConnectionFailed(ServerError):
    """No connection (`CONNECTION_FAILED`: nothing was sent), or it broke (`CONNECTION_LOST`: it may have been done)."""


def error_from(fields: Dict[str, Any]) -> ServerError:
    code = fields.get("code", "UNKNOWN")
    kind = PythonError if code in ("PYTHON_ERROR", "PYTHON_EXIT") else ServerError
    error = kind(code, fields.get("message") or str(fields.get("error")), fields.get("hint"), fields.get("details"))
    if isinstance(error, PythonError):
        error.traceback = fields.get("traceback", "")
    return error
