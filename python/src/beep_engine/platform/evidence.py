"""Having a process that does not answer say where it is."""

import faulthandler
import os
import signal
import sys
from typing import Any, Callable

# Nobody else's, as far as we know. Other systems have no signals to spare, and go without the evidence.
EVIDENCE_SIGNAL = signal.SIGRTMAX - 3 if sys.platform.startswith("linux") else None


def give_evidence_on(fd: int, then: Callable[[int, Any], None]) -> None:
    """From now on the signal writes the stack of the main thread there, even while that holds the interpreter.

    `then` is a signal handler, called when Python comes to it. To be called by the main thread."""
    if EVIDENCE_SIGNAL is not None:
        signal.signal(EVIDENCE_SIGNAL, then)
        faulthandler.register(EVIDENCE_SIGNAL, fd, all_threads=False, chain=True)


def ask_for_evidence(pid: int) -> None:
    if EVIDENCE_SIGNAL is not None:
        try:
            os.kill(pid, EVIDENCE_SIGNAL)
        except OSError:
            pass
