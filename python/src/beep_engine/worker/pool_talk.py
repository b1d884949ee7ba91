"""What a worker tells its pool, and asks it."""

import socket
import threading
from typing import Callable, Dict, Optional, Protocol

from ..control import QUESTION, Document, pack_record

Answered = Callable[[Document], None]


class Pool(Protocol):
    """As a worker knows it."""

    def tell(self, kind: int, number: int = 0, document: Optional[Document] = None) -> None:
        """A record that nobody answers."""

    def ready_to_tell(self, kind: int, document: Document) -> Callable[[], None]:
        """As `tell` with number 0, for a moment in which there is no memory: nobody is waited for."""

    def ask(self, question: Document, answered: Answered) -> None:
        """`answered` is called with the fields of a reply, by this thread or another. Raises Fault."""

    def bring(self, number: int, answer: Document) -> None:
        """The answer to a question has come."""


class PoolTalk:
    """Any thread may tell and ask; the control thread brings the answers."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._lock = threading.Lock()
        self._waiting: Dict[int, Answered] = {}
        self._last = 0

    def tell(self, kind: int, number: int = 0, document: Optional[Document] = None) -> None:
        record = pack_record(kind, number, document)
        with self._lock:
            self._control.sendall(record)

    def ready_to_tell(self, kind: int, document: Document) -> Callable[[], None]:
        record = pack_record(kind, 0, document)
        return lambda: self._control.sendall(record)

    def ask(self, question: Document, answered: Answered) -> None:
        with self._lock:
            self._last += 1
            self._waiting[self._last] = answered
            self._control.sendall(pack_record(QUESTION, self._last, question))

    def bring(self, number: int, answer: Document) -> None:
        answered = self._waiting.pop(number, None)
        if answered is not None:
            answered(answer)
