"""What a single-threaded loop has to do at a later moment."""

import time
from typing import Callable, Dict, Optional

Action = Callable[[], None]


class Agenda:
    """An action is on it once: adding it again moves it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moments: Dict[Action, float] = {}

    def add(self, delay: float, action: Action) -> None:
        """`delay` in seconds."""
        self._moments[action] = self._clock() + delay

    def remove(self, action: Action) -> None:
        self._moments.pop(action, None)

    def clear(self) -> None:
        self._moments.clear()

    def until_next(self) -> Optional[float]:
        """Seconds until something is due; None when nothing is planned."""
        return max(0.0, min(self._moments.values()) - self._clock()) if self._moments else None

    def run_due(self) -> None:
        now = self._clock()
        for action in [action for action, moment in self._moments.items() if moment <= now]:
            # One that is due at the same time may have taken it off.
            if self._moments.pop(action, None) is not None:
                action()
