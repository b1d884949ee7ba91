"""A process that dies with another, even while its interpreter is stuck in native code."""

import fcntl
import os
import select
import signal
import sys


def die_with(lifeline: int) -> None:
    """Kills this process's group when the last write end of the pipe `lifeline` is closed.

    Linux sends the signal by itself: the read end is owned by our process group, and the signal that reports
    activity on it (fcntl(2), F_SETSIG) is SIGKILL. Nothing is ever written, so the only activity is the end.
    Elsewhere the thread that reads the control socket notices the same, once it gets the interpreter.
    """
    if not sys.platform.startswith("linux"):
        return
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(lifeline, fcntl.F_SETSIG, int(signal.SIGKILL))
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(lifeline, 0)
    if poll.poll(0):
        # The other side died before the pipe was armed.
        os.killpg(os.getpgrp(), signal.SIGKILL)
