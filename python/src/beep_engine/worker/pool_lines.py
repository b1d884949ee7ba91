"""What a worker on Windows tells its pool: lines of stderr, since they share no socket."""

import json
import os
import threading
from typing import Callable, Dict, Optional

from ..control import Document
from ..faults import Fault, session_not_found
from ..platform.ready_line import WORKER_LINE
from .pool_talk import Answered


class PoolLines:
    """See PoolTalk. There are no sessions with a process of their own here."""

    def __init__(self, fd: int = 2) -> None:
        # A copy: user code may redirect the original.
        self._fd = os.dup(fd)
        self._lock = threading.Lock()

    def tell(self, kind: int, number: int = 0, document: Optional[Document] = None) -> None:
        self._write(_line(kind, number, document))

    def ready_to_tell(self, kind: int, document: Document) -> Callable[[], None]:
        line = _line(kind, 0, document)
        return lambda: self._write(line)

    def ask(self, question: Document, answered: Answered) -> None:
        if question["question"] == "list":
            return answered({"sessions": []})
        if question["question"] == "open":
            hint = "leave out ownProcess and memoryLimitBytes"
            raise Fault("BAD_REQUEST", "sessions have no process of their own on Windows", hint=hint)
        if question["question"] == "metrics":
            raise Fault("BAD_REQUEST", "a server on Windows does not measure itself yet")
        raise session_not_found(question.get("sessionId"))

    def bring(self, number: int, answer: Document) -> None:
        """Nothing is ever asked."""

    def _write(self, line: bytes) -> None:
        with self._lock:
            os.write(self._fd, line)


def _line(kind: int, number: int, document: Optional[Document]) -> bytes:
    # A line end before it: what the code has written may have none.
    fields: Dict[str, object] = {"kind": kind, "number": number, **(document or {})}
    return b"\n" + WORKER_LINE + json.dumps(fields).encode() + b"\n"
