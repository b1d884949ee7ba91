"""Errors on their way to an HTTP client: their status, and the headers that some of them need."""

from typing import Any, Optional, Tuple

from ...faults import CODES, Fault

HeaderList = Tuple[Tuple[bytes, bytes], ...]


class Refused(Fault):
    """A fault whose answer needs headers, as 401 and 405 do."""

    def __init__(self, code: str, message: str, hint: Optional[str], headers: HeaderList) -> None:
        super().__init__(code, message, hint=hint)
        self.headers = headers


def headers_of(code: Any) -> HeaderList:
    """A request for which there was no room may be repeated, but not at once."""
    return ((b"retry-after", b"1"),) if code == "BUSY" else ()


def status_of(code: Any) -> int:
    """500 for a code that this version does not know: it is a failure in any case."""
    return CODES.get(code, 500)
