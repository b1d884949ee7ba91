"""A single thread that waits for whatever happens next."""

import selectors
from typing import Callable, Optional, Set

from .agenda import Agenda


class Loop:
    def __init__(self) -> None:
        self.agenda = Agenda()
        self._selector = selectors.DefaultSelector()
        self._watched: Set[object] = set()

    def watch(self, source: object, action: Callable[[], None], on: bool = True) -> None:
        """Calls `action` whenever there is something to read."""
        if (source in self._watched) == on:
            return
        if not on:
            self._selector.unregister(source)
            self._watched.remove(source)
            return
        try:
            self._selector.register(source, selectors.EVENT_READ, action)
            self._watched.add(source)
        except PermissionError:
            # A regular file as stdin, which epoll does not watch: there is nobody who could close it.
            pass

    def turn(self, timeout: Optional[float]) -> None:
        for key, _ in self._selector.select(timeout):
            # What an action before it has taken away is no longer of interest.
            if key.fileobj in self._watched:
                key.data()
        self.agenda.run_due()

    def close(self) -> None:
        self._selector.close()
