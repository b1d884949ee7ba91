"""Who is to wait where more wants to run than there are processors."""

import os
import sys
from typing import Optional

# With less between them, Linux lets a thread that wakes up wait until the other's slice ends, which takes milliseconds.
BACK = 10


def can_stand_back() -> bool:
    """Only Linux has a niceness for each thread: what serves a process stays as it is, when its code stands back."""
    return sys.platform.startswith("linux")


def wanted_seconds(pid: int) -> Optional[float]:
    """How long the main thread of a process has run, or waited for its turn, so far; None where nobody knows."""
    try:
        with open(f"/proc/{pid}/schedstat") as file:
            ran, waited, _ = file.read().split()
        return (int(ran) + int(waited)) / 1e9
    except (OSError, ValueError):
        return None


def stand_back(pid: int) -> Optional[int]:
    """The main thread of a process lets others go first. Its niceness before; None where nothing had to change."""
    try:
        before = os.getpriority(os.PRIO_PROCESS, pid)
        if before >= BACK:
            return None
        os.setpriority(os.PRIO_PROCESS, pid, BACK)
        return before
    except OSError:
        return None


def come_forward(pid: int, before: int) -> None:
    """As it was. Where users may not have that (RLIMIT_NICE), it stays behind."""
    try:
        os.setpriority(os.PRIO_PROCESS, pid, before)
    except OSError:
        pass
