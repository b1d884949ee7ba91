"""The thread that sends what code shows, so that no signal, and no finalizer, ever meets the code that writes."""

import threading
from _queue import SimpleQueue
from typing import Callable, Optional

from .out_of_memory import end_for_memory

# Seconds for which a short output is held back, for the case that more follows.
HOLD = 0.02


class Bell:
    """An event that may be rung from anywhere, even from within itself: threading.Event may not."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def ring(self) -> None:
        try:
            self._lock.release()
        except RuntimeError:
            # It rings already.
            pass

    def wait(self, seconds: float) -> None:
        """Until it is rung, or has been since the last wait."""
        self._lock.acquire(timeout=seconds)


class Delivery:
    """`bring` asks for one call of something that sends, in the thread of this worker for that."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._thread: Optional[threading.Thread] = None

    def start(self) -> None:
        """Raises RuntimeError when there can be no more threads."""
        if self._thread is None:
            thread = threading.Thread(target=self._work, name="beep-output", daemon=True)
            thread.start()
            self._thread = thread

    def bring(self, deliver: Callable[[], None]) -> None:
        self._queue.put(deliver)

    def _work(self) -> None:
        while True:
            try:
                self._queue.get()()
            except MemoryError:
                end_for_memory()
