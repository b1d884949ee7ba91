"""What user code raised, as the error that its caller gets."""

import os
import traceback
from typing import Any, Iterator, Optional

from ..faults import Fault
from .names import short_repr, type_name

# The folder of this package: its frames are ours, and no business of the caller.
OUR_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
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
    try:
        report = traceback.TracebackException(type(error), error, error.__traceback__)
        for part in _chain(report):
            part.stack = traceback.StackSummary.from_list([frame for frame in part.stack if not _is_ours(frame)])
        return _cut("".join(report.format()), MAX_TRACEBACK)
    except BaseException:
        return None


def _chain(report: traceback.TracebackException) -> Iterator[traceback.TracebackException]:
    waiting, seen = [report], set()
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        waiting += [other for other in (part.__cause__, part.__context__) if other is not None]
        waiting += getattr(part, "exceptions", None) or []


def _is_ours(frame: Any) -> bool:
    return frame.filename.startswith((OUR_FOLDER, "<frozen importlib"))


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]}\n[… {len(text) - limit} characters left out …]\n{text[-limit // 2 :]}"
