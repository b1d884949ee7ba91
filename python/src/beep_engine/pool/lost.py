"""Why a worker ended, in words and as data."""

import os
import signal
from typing import Any, Dict, List, NamedTuple, Optional

from ..faults import Fault

_MEANINGS = {
    "SIGSEGV": "it touched memory that is not its own",
    "SIGBUS": "it touched memory that is not its own",
    "SIGABRT": "it aborted itself",
    "SIGFPE": "an arithmetic fault in native code",
    "SIGILL": "a machine instruction this processor does not know",
    "SIGKILL": "killed from outside, perhaps by the system because memory ran out",
    "SIGTERM": "asked to end from outside",
}

# On Windows a process that breaks the rules ends with an NTSTATUS as its exit code.
_WINDOWS_MEANINGS = {
    0xC0000005: "an access violation: it touched memory that is not its own",
    0xC00000FD: "a stack overflow",
    0xC0000374: "damaged memory (heap corruption)",
    0xC0000409: "an abort",
    0xC000013A: "a control-C",
}


class Loss(NamedTuple):
    """`how` has either `signal` (its name) or `exitCode`. `reason`: why pool or worker have ended it on purpose."""

    pid: int
    how: Dict[str, Any]
    last_lines: List[str]
    reason: Optional[str] = None

    @property
    def evidence(self) -> Dict[str, Any]:
        """The details of the fault, and what the host is told."""
        reason = {} if self.reason is None else {"reason": self.reason}
        return {**self.how, **reason, "lastLines": self.last_lines}

    def fault(self, session: Optional[str] = None) -> Fault:
        """What each request that was in flight gets. `session` is the one that the worker was for."""
        if self.reason is not None:
            ended = f"was ended because {self.reason}"
        elif "signal" in self.how:
            name = self.how["signal"]
            meaning = f" ({_MEANINGS[name]})" if name in _MEANINGS else ""
            ended = f"was ended by {name}{meaning}"
        else:
            code = self.how["exitCode"]
            meaning = _WINDOWS_MEANINGS.get(code)
            ended = f"was ended by {meaning} ({code:#x})" if meaning else f"ended itself with exit code {code}"
        details = self.evidence
        if session is not None:
            message = f"the process {self.pid} of session {session} {ended}, and the session with it"
            return Fault("WORKER_LOST", message, hint="open another session", details=details)
        return Fault(
            "WORKER_LOST",
            f"the worker process {self.pid} {ended}; its handles and sessions are gone, and another one takes over",
            hint="import and create the objects again",
            details=details,
        )


def how_it_ended(status: int) -> Dict[str, Any]:
    """The meaning of a wait status."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return {"signal": signal.Signals(number).name}
        except ValueError:
            return {"signal": f"SIG{number}"}
    return {"exitCode": os.WEXITSTATUS(status)}
