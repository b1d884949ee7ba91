"""The exceptions that interrupt the code of a request, and how those are noticed that Python ignores.

What is raised in a finalizer, or in a callback of the collector, reaches no code: Python hands it to
`sys.unraisablehook`, which prints it, and goes on. An interrupt that ends there is nothing to print, and not done.
"""

import sys
from itertools import count
from typing import Any, Callable, Optional

MARK = "_beep_interruption"


class Interruptions:
    """Those of the request that runs. It all belongs to the main thread."""

    def __init__(self, on_ignored: Callable[[], None]) -> None:
        self._on_ignored = on_ignored
        self._numbers = count(1)
        # What the exceptions of this request are marked with: to keep one would keep all that its code has left.
        self._mark: Optional[int] = None

    def watch(self) -> None:
        """To be called again before each that is raised: the code may have put a hook of its own there."""
        hook = getattr(sys, "unraisablehook", None)
        if type(hook) is not _Hook:
            sys.unraisablehook = _Hook(self, hook or sys.__unraisablehook__)

    def new(self) -> KeyboardInterrupt:
        """To be raised at once."""
        self.watch()
        if self._mark is None:
            self._mark = next(self._numbers)
        error = KeyboardInterrupt()
        setattr(error, MARK, self._mark)
        return error

    def forget(self) -> None:
        """The request has ended."""
        self._mark = None

    def take_back(self, error: Any) -> bool:
        """Python has ignored this one; whether it was one of ours."""
        if self._mark is None or type(error) is not KeyboardInterrupt or vars(error).get(MARK) != self._mark:
            return False
        self._on_ignored()
        return True


class _Hook:
    """A new one each time, so that one that hands on to another never comes back to itself."""

    def __init__(self, interruptions: Interruptions, before: Callable[[Any], Any]) -> None:
        self._interruptions = interruptions
        self._before = before

    def __call__(self, unraisable: Any) -> None:
        if self._interruptions.take_back(unraisable.exc_value):
            return
        try:
            self._before(unraisable)
        except KeyboardInterrupt as error:
            # It came while that was printing.
            if not self._interruptions.take_back(error):
                raise
