"""What a worker does to its interpreter, and tells about it."""

import faulthandler
import os
import sys
from typing import Any, Dict

from .. import PROTOCOL
from ..platform.garbage import begin_collecting
from ..posts import ALONE, Post

# How long, in seconds, a thread may keep the interpreter from the others. At Python's 5 ms, a ping waits that long
# for each step while pure Python code runs.
SWITCH_INTERVAL = 0.0005
# The same while the worker loads what it is ready without: the host asks it meanwhile whether it answers.
SWITCH_INTERVAL_OF_LOADING = 0.00005


def prepare_interpreter() -> None:
    # A copy of stderr, so that a crash is reported even where user code has redirected fd 2.
    faulthandler.enable(os.dup(2), all_threads=False)
    sys.setswitchinterval(SWITCH_INTERVAL)


def load_rest() -> None:
    """Once the worker is ready, and before it runs anything of the user's."""
    sys.setswitchinterval(SWITCH_INTERVAL_OF_LOADING)
    from . import rest as _  # noqa: F401

    sys.setswitchinterval(SWITCH_INTERVAL)
    begin_collecting()


def identity(epoch: int, post: Post = ALONE) -> Dict[str, Any]:
    """The answer to `ping`. `epoch` counts the workers of a pool, one after the other, at this place."""
    return {
        "status": "ok",
        "protocol": PROTOCOL,
        "pid": os.getpid(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "epoch": epoch,
        **post.facts(),
    }


def give_up() -> None:
    """User code has closed files that are not its own. No client could be answered, so let the pool start afresh."""
    try:
        os.write(2, b"beep: the code has closed the worker's own files\n")
    finally:
        os._exit(70)
