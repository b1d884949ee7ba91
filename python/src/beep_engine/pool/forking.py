"""A child process of the pool, forked from it."""

import os
import sys
from typing import Callable

from .signals import restore_defaults

# What a worker exits with that could not even start (sysexits.h: EX_SOFTWARE).
FAILED_TO_RUN = 70


def fork_process(life: Callable[[], None]) -> int:
    """The pid of a process of its own group that lives `life`, with nothing to read on stdin."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        _own_group(pid)
        return pid
    try:
        restore_defaults()
        _own_group(0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        life()
    except BaseException:
        import traceback

        traceback.print_exc(file=sys.__stderr__)
    finally:
        # Never back into the pool's frames.
        os._exit(FAILED_TO_RUN)


def _own_group(pid: int) -> None:
    """Done on both sides, so that it holds whichever runs first."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        pass
