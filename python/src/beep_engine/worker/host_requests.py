"""What clients ask of the host through this server. Loaded with the first such request.

Each runs in a thread of its own, beside the user's code, over a `beep_host` that is ours alone: the user's may be
another one. What the host is asked is decided there, by the scope of this server.
"""

import importlib.util
import os
import sys
import threading
from typing import Any, Callable, Dict

from ..faults import Fault
from ..modules_of_ours import FOLDER
from .host_fields import Fields, Following, HostCommand, flag_in
from .host_machines import MACHINES
from .host_venvs import VENVS
from .request import Request
from .runner import Runner

COMMANDS: Dict[str, HostCommand] = {**VENVS, **MACHINES}

# Each has a thread here, and a connection to the host.
MOST = 64

_NAME = "_beep_engine_host"
# What the host says, in the words of docs/wire.md §5.
_CODES = {"INVALID_PARAMS": "BAD_REQUEST"}
_SAME = ("FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "CANCELLED", "TIMEOUT", "INTERNAL")


class Cancelled(Exception):
    """Nobody waits for the answer any more."""


class HostRequests:
    def __init__(self, runner: Runner, host: Dict[str, Any]) -> None:
        self._runner = runner
        self._host = _load(host)
        self._under_way = 0
        self._lock = threading.Lock()

    def start(self, request: Request, tell: Callable[[Fields], None], finish: Callable[[Fields], None]) -> None:
        """`finish` gets the reply, in another thread, and `tell` each event before it, if the caller wants them.

        Neither is called once the request has been cancelled.
        """
        with self._lock:
            if self._under_way >= MOST:
                hint = "Try again in a moment, with fewer at once."
                raise Fault("BUSY", f"{MOST} requests to the host are under way", hint=hint, details={"limit": MOST})
            self._under_way += 1

        def answer() -> None:
            try:
                self._answer(request, dict(request.payload), tell, finish)
            finally:
                self._over()

        try:
            threading.Thread(target=answer, name="beep-host", daemon=True).start()
        except RuntimeError as error:
            self._over()
            raise Fault("INTERNAL", f"there is no thread left to ask the host: {error}") from None

    def _over(self) -> None:
        with self._lock:
            self._under_way -= 1

    def _answer(
        self, request: Request, payload: Fields, tell: Callable[[Fields], None], finish: Callable[[Fields], None]
    ) -> None:
        def check() -> None:
            if request.cancelled:
                raise Cancelled

        def progress(step: Any) -> None:
            self._runner.while_wanted(request, lambda: tell({"event": "progress", **step._asdict()}))

        host = self._host
        try:
            following = Following(check, progress if flag_in(payload, "progress") else None)
            fields = COMMANDS[request.command](host, payload, following)
        except Cancelled:
            return
        except Fault as fault:
            fields = fault.fields()
        except host.HostError as error:
            fields = _fault(error).fields()
        except Exception as error:
            fields = Fault("INTERNAL", f"asking the host failed: {type(error).__name__}: {error}").fields()
        if self._runner.settle(request):
            finish(fields)


def _load(way: Dict[str, Any]) -> Any:
    folder = os.path.join(FOLDER, "beep_host")
    spec = importlib.util.spec_from_file_location(
        _NAME, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    if spec is None or spec.loader is None:
        raise Fault("INTERNAL", f"there is nothing in {folder}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    spec.loader.exec_module(module)
    sys.modules[_NAME + "._control"].reach_by(way)  # type: ignore[attr-defined]
    return module


def _fault(error: Any) -> Fault:
    code = _CODES.get(error.code, error.code)
    if code in _SAME:
        return Fault(code, error.message, hint=error.hint, details=error.details)
    return Fault("HOST_FAILED", error.message, hint=error.hint, details={**error.details, "hostCode": error.code})
