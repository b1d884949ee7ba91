"""The end of a worker that has no memory left for what it does itself: its callers are told, not left waiting."""

import os
from typing import Callable, Optional

# What such a worker exits with (sysexits.h: EX_OSERR).
OUT_OF_MEMORY = 71

_last_words: Optional[Callable[[], None]] = None


def prepare_last_words(say: Callable[[], None]) -> None:
    """`say` must not need memory worth mentioning."""
    global _last_words
    _last_words = say


def end_for_memory() -> None:
    """Where memory is limited; elsewhere the one who has asked for too much may be the only one who has."""
    if _last_words is not None:
        try:
            _last_words()
        finally:
            os._exit(OUT_OF_MEMORY)
