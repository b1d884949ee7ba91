"""Tracebacks for callers, without what is ours in them.

A module of its own, since what it stands on takes long to load: a worker is ready before that (see worker/rest.py).
"""

import linecache
import os
import traceback
from typing import Any, Iterator, Optional

__all__ = ["linecache", "traceback", "traceback_text"]

# The folder of this package: its frames are ours, and no business of the caller.
OUR_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def traceback_text(error: BaseException) -> Optional[str]:
    """None for an exception that cannot be shown."""
    try:
        report = traceback.TracebackException(type(error), error, error.__traceback__)
        for part in _chain(report):
            part.stack = traceback.StackSummary.from_list([frame for frame in part.stack if not _is_ours(frame)])
        return "".join(report.format())
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
