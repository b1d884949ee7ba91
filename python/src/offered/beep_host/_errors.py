"""What goes wrong between this code and its host."""

from typing import Any, Dict, Optional


class HostError(Exception):
    """`code` is stable and made for programs (docs/errors.md), `hint` says what to do next."""

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


def from_answer(error: Dict[str, Any]) -> HostError:
    return HostError(error["code"], error["message"], error.get("hint"), error.get("details"))
