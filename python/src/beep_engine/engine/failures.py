"""What user code raised, as the error that its caller gets."""

from typing import Optional

from ..faults import Fault
from .names import short_repr, type_name

# Tracebacks beyond this many characters lose their middle.
MAX_TRACEBACK = 64 * 1024
MAX_MESSAGE = 16 * 1024


def failure(error: BaseException) -> Fault:
    """Never raises, whatever the exception is made of."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, SystemExit):
        return _exit(error)
    name = type_name(type(error))
    shown = name[len("__main__.") :] if name.startswith("__main__.") else name
    text = _text(error)
    message = f"{shown}: {text}" if text else shown
    return Fault("PYTHON_ERROR", message, details={"exceptionType": shown}, traceback=_traceback(error) or message)


def _exit(error: SystemExit) -> Fault:
    code = error.code
    if code is None:
        code = 0
    elif type(code) is not int:
        return Fault("PYTHON_EXIT", f"the code called exit({short_repr(code)})", details={"exitCode": 1})
    return Fault("PYTHON_EXIT", f"the code called exit({code})", details={"exitCode": code})


def _text(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException as broken:
        return f"<its message cannot be shown: {type_name(type(broken))}>"
    return _cut(text, MAX_MESSAGE)


def _traceback(error: BaseException) -> Optional[str]:
    from .tracebacks import traceback_text

    text = traceback_text(error)
    return None if text is None else _cut(text, MAX_TRACEBACK)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]}\n[… {len(text) - limit} characters left out …]\n{text[-limit // 2 :]}"
