"""The reply to a request that somebody wanted to end."""

from typing import Any, Dict

from ..faults import Fault
from .request import Request

# What an interrupt raises in code, and in code that awaits.
_INTERRUPTS = ("KeyboardInterrupt", "asyncio.exceptions.CancelledError")


def ending(request: Request, fields: Dict[str, Any]) -> Dict[str, Any]:
    """`fields` are what the code came to. One that was only interrupted may have caught that, and gone on."""
    details = fields.get("details") or {}
    cut = {"outputCut": True} if "outputCut" in fields else {}
    if request.cancelled:
        return {**Fault("CANCELLED", "the request was cancelled").fields(), **cut}
    traceback = fields.get("traceback")
    if request.timed_out:
        message = f"the code had not ended after {request.limit:g} s, and was interrupted"
        fault = Fault("TIMEOUT", message, details={**details, "timeoutSeconds": request.limit}, traceback=traceback)
        return {**fault.fields(), **cut}
    if details.get("exceptionType") in _INTERRUPTS:
        fault = Fault("CANCELLED", "the code was interrupted", details=details, traceback=traceback)
        return {**fault.fields(), **cut}
    return fields
