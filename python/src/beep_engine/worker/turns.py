"""Whose turn it is among the lines of one connection.

A request without an id is answered before the next line is started, so that its caller may tell replies by their order.
"""

import threading
from collections import deque
from typing import Callable, Deque

from .request import Request


class Turns:
    """`start` is called for each request in order; it tells whether the request has been answered at once."""

    def __init__(self, start: Callable[[Request], bool]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._held = False
        self._waiting: Deque[Request] = deque()

    def take(self, request: Request) -> None:
        """The reader brings the next line."""
        with self._lock:
            if self._held or self._waiting:
                self._waiting.append(request)
                return
            self._held = request.id is None
        if self._start(request) and request.id is None:
            self.next()

    def next(self) -> None:
        """The request without an id that held the turn has been answered."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._held = False
                    return
                request = self._waiting.popleft()
                self._held = request.id is None
            if not self._start(request) and request.id is None:
                return
