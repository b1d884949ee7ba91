"""An action at a later moment, in a thread of its own."""

import math
import threading
from time import monotonic
from typing import Callable, Optional


class Deadline:
    """There is one at a time. Setting and clearing it, again and again, wakes nobody as long as none comes earlier."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due = math.inf
        self._action: Optional[Callable[[], None]] = None
        # When the thread looks next.
        self._wakes = math.inf
        self._thread: Optional[threading.Thread] = None

    def start(self) -> None:
        """Raises RuntimeError when there can be no more threads."""
        if self._thread is None:
            thread = threading.Thread(target=self._work, name="beep-deadline", daemon=True)
            thread.start()
            self._thread = thread

    def set(self, seconds: float, action: Callable[[], None]) -> None:
        """An action whose moment has just come may still be called after the next has been set."""
        with self._changed:
            self._due, self._action = monotonic() + seconds, action
            if self._due < self._wakes:
                self._changed.notify()

    def clear(self) -> None:
        with self._changed:
            self._due, self._action = math.inf, None

    def _work(self) -> None:
        while True:
            with self._changed:
                while self._due > monotonic():
                    self._wakes = self._due
                    self._changed.wait(None if math.isinf(self._due) else self._due - monotonic())
                action, self._due, self._action = self._action, math.inf, None
            if action is not None:
                action()
            # Nothing of it may live on while the thread waits for the next.
            del action
