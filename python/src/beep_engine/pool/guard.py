"""Whether a worker that died is replaced at once, later, or not at all."""

from typing import Optional

# A worker that lived this long (seconds), or that has read a request, is no sign of a broken environment.
STABLE_AFTER = 5.0
MAX_QUICK_DEATHS = 5
FIRST_DELAY = 0.1


class RestartGuard:
    def __init__(self) -> None:
        self.quick_deaths = 0

    def after(self, lifetime: float, worked: bool) -> Optional[float]:
        """Seconds to wait before the next start; None when it is time to give up."""
        if worked or lifetime >= STABLE_AFTER:
            self.quick_deaths = 0
            return 0.0
        self.quick_deaths += 1
        if self.quick_deaths > MAX_QUICK_DEATHS:
            return None
        return FIRST_DELAY * 2 ** (self.quick_deaths - 1)
