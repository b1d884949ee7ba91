"""What a worker tells its pool, and asks it."""

import socket
import threading
from typing import Callable, Dict

from ..control import QUESTION, Document, pack_record
from ..faults import Fault

Answered = Callable[[Document], None]


class NoPool:
    """On Windows a worker has nobody to ask."""

    def tell(self, kind: int, number: int = 0) -> None:
        pass

    def ask(self, question: Document, answered: Answered) -> None:
        if question["question"] == "list":
            return answered({"sessions": []})
        raise Fault("BAD_REQUEST", "sessions with a process of their own are not there on Windows yet")


class PoolTalk:
    """Any thread may tell and ask; the control thread brings the answers."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()
        self._waiting: Dict[int, Answered] = {}
        self._last = 0

    def tell(self, kind: int, number: int = 0) -> None:
        record = pack_record(kind, number)
        with self._lock:
            self._control.sendall(record)

    def ask(self, question: Document, answered: Answered) -> None:
        """`answered` is called by the control thread, with the fields of a reply."""
        with self._lock:
            self._last += 1
            self._waiting[self._last] = answered
            self._control.sendall(pack_record(QUESTION, self._last, question))

    def bring(self, number: int, answer: Document) -> None:
        answered = self._waiting.pop(number, None)
        if answered is not None:
            answered(answer)
