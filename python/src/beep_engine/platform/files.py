"""How many files a process may have open."""

import resource
from typing import Optional

from ..slots import MAX_CONNECTIONS

# A connection costs pool and worker one descriptor each; the rest is for what user code opens.
WANTED = MAX_CONNECTIONS + 3096


def raise_file_limit(workers: int = 1) -> None:
    """As far as the system allows. macOS starts with 256, many a Linux with 1024. Children inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = wanted_limit(soft, hard, resource.RLIM_INFINITY, WANTED + (workers - 1) * MAX_CONNECTIONS)
    if wanted is None:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        # The system has a limit of its own below the one it names; then this is what there is.
        pass


def wanted_limit(soft: int, hard: int, infinity: int, wanted: int = WANTED) -> Optional[int]:
    """The new soft limit; None when it is high enough, or cannot rise."""
    target = wanted if hard == infinity else min(wanted, hard)
    return None if soft == infinity or soft >= target else target
