"""What surrounds code while `execute` runs it: its own stdout, stderr and stdin, `input`, `getpass`."""

import builtins
import sys
import threading
from typing import Any, Dict, Optional

from .audience import Audience
from .late_patches import LatePatches
from .streams import AskedText, ShownText

# How the names of the worker's own threads begin: a finalizer of the user's may run in any of them.
OUR_THREADS = "beep-"
# The attribute of a thread that tells whose it is.
MARK = "_beep_owner"


class Console:
    """`enter` and `leave` belong to the thread that runs the code, which must be out of reach for interrupts meanwhile.

    Output belongs to the run when the code's own thread writes it, or a thread that came up while it runs, or during an
    earlier run of the same owner. All other threads write where the process does: into the server's log.
    """

    def __init__(self, patches: LatePatches) -> None:
        self._audience: Optional[Audience] = None
        self._runner: Optional[int] = None
        # The threads that are none of the owner's, by identity: a class of the user's need not be hashable.
        self._strangers: Dict[int, Any] = {}
        self._owner: object = None
        self._stdout = ShownText("stdout", self.audience, sys.__stdout__)
        self._stderr = ShownText("stderr", self.audience, sys.__stderr__)
        self._stdin = AskedText(self.audience, sys.__stdin__)
        self._own_input = builtins.input
        self._before: Any = None
        self._patches = patches
        patches.add("getpass", self._patch_getpass)

    def audience(self) -> Optional[Audience]:
        """Who sees what the calling thread writes; None: nobody but the log."""
        audience = self._audience
        if audience is None or threading.get_ident() == self._runner:
            return audience
        thread = threading.current_thread()
        return None if id(thread) in self._strangers or thread.name.startswith(OUR_THREADS) else audience

    def enter(self, audience: Audience, owner: object) -> None:
        """`owner` is what the run has in common with others, or None."""
        self._runner = threading.get_ident()
        self._owner = object() if owner is None else owner
        threads = threading.enumerate()
        self._strangers = {id(thread): thread for thread in threads if getattr(thread, MARK, None) != self._owner}
        self._before = (sys.stdout, sys.stderr, sys.stdin, builtins.input)
        self._stdin.forget()
        self._patches.enter()
        self._audience = audience
        sys.stdout, sys.stderr, sys.stdin = self._stdout, self._stderr, self._stdin
        builtins.input = self._input

    def leave(self) -> None:
        """Everything is as it was before, whatever the code has put in its place."""
        self.forget_audience()
        sys.stdout, sys.stderr, sys.stdin, builtins.input = self._before
        self._patches.leave()

    def forget_audience(self) -> None:
        self._audience = None
        for thread in threading.enumerate():
            if id(thread) not in self._strangers and thread.ident != self._runner:
                setattr(thread, MARK, self._owner)
        self._strangers = {}

    def _input(self, prompt: object = "", /) -> str:
        if self.audience() is None or sys.stdin is not self._stdin:
            return self._own_input(prompt)
        line = self._stdin.line(str(prompt), False)
        if not line:
            raise EOFError("EOF when reading a line")
        return line[:-1] if line.endswith("\n") else line

    def _patch_getpass(self, module: Any) -> None:
        own = module.getpass

        def getpass(prompt: str = "Password: ", stream: Any = None, **options: Any) -> Any:
            # Its own would read from the terminal of the host, if there is one.
            if self.audience() is None or sys.stdin is not self._stdin:
                return own(prompt, stream, **options)
            line = self._stdin.line(str(prompt), True)
            if not line:
                raise EOFError
            return line[:-1] if line.endswith("\n") else line

        module.getpass = getpass
