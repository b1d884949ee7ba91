"""What code asks its caller, one question at a time, and the answers that come for them."""

import threading
from typing import Callable, Optional

from .delivery import Bell

# Seconds between two looks at what may not have rung.
LOOK_EVERY = 0.05


class Questions:
    """`ask` belongs to the threads of the code, `answer` and `end` to the reader of the connection.

    `put` sends a question; `check` raises in a thread that shall wait no longer. The main thread may meet an exception
    of some signal handler at any point of `ask`; so no lock is held there but by a `with` of its own.
    """

    def __init__(self, put: Callable[[str, bool], None], check: Callable[[], None]) -> None:
        self._put = put
        self._check = check
        self._lock = threading.RLock()
        self._bell = Bell()
        # The one that waits for its answer.
        self._asked: Optional[object] = None
        self._answered = False
        self._text: Optional[str] = None
        self._over = False

    def ask(self, prompt: str, password: bool) -> Optional[str]:
        mine = object()
        try:
            while not self._begin(mine):
                self._check()
                self._bell.wait(LOOK_EVERY)
            if not self._over:
                self._put(prompt, password)
            while not self._answered and not self._over:
                self._check()
                self._bell.wait(LOOK_EVERY)
            return self._text
        finally:
            if self._asked is mine:
                self._asked = None
                self._bell.ring()

    def answer(self, text: Optional[str]) -> bool:
        """None ends the input. False when nothing was asked."""
        with self._lock:
            if self._asked is None or self._answered:
                return False
            self._text, self._answered = text, True
        self._bell.ring()
        return True

    def end(self) -> None:
        """Nobody will answer any more."""
        self._over = True
        self._bell.ring()

    def wake(self) -> None:
        """Has a thread that waits look at `check`."""
        self._bell.ring()

    def _begin(self, mine: object) -> bool:
        with self._lock:
            if self._asked is not None and not self._over:
                return False
            self._asked, self._answered, self._text = mine, False, None
            return True
