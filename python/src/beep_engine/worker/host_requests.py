"""What clients ask of the host through this server: `venv_…`. Loaded with the first such request.

Each runs in a thread of its own, beside the user's code, over a `beep_host` that is ours alone: the user's may be
another one. What the host is asked is decided there, by the scope of this server.
"""

import importlib.util
import os
import sys
import threading
from typing import Any, Callable, Dict, List

from ..faults import Fault, bad_request
from ..modules_of_ours import FOLDER
from .request import Request
from .runner import Runner

Fields = Dict[str, Any]
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

    def start(self, request: Request, finish: Callable[[Fields], None]) -> None:
        """`finish` gets the fields of the reply, in another thread; unless the request is cancelled meanwhile."""
        arguments = (request, dict(request.payload), finish)
        threading.Thread(target=self._answer, args=arguments, name="beep-host", daemon=True).start()

    def _answer(self, request: Request, payload: Fields, finish: Callable[[Fields], None]) -> None:
        def check() -> None:
            if request.cancelled:
                raise Cancelled

        host = self._host
        try:
            fields = COMMANDS[request.command](host, payload, check)
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


# The commands.


def _ensure(host: Any, payload: Fields, check: Callable[[], None]) -> Fields:
    provider = _text(payload, "providerName", needed=True)
    return _made(host.environments.ensure(provider, _text(payload, "modelId"), check=check))


def _create(host: Any, payload: Fields, check: Callable[[], None]) -> Fields:
    """Of a provider: as ensure, since that keeps what is there. By a name: it must be free."""
    name, packages = _text(payload, "name"), _texts(payload, "packages")
    if name is not None:
        return _made(host.environments.create(name, packages, check=check))
    made = _ensure(host, payload, check)
    if packages:
        made = _made(host.environments.install(made["name"], *packages, check=check))
    return made


def _delete(host: Any, payload: Fields, check: Callable[[], None]) -> Fields:
    found = _named(host, payload)
    host.environments.delete(found.name, permanent=payload.get("permanent") is True, check=check)
    return {"success": True, "path": found.path, "name": found.name}


def _list(host: Any, _payload: Fields, _check: Callable[[], None]) -> Fields:
    return {"success": True, "environments": [_described(one) for one in host.environments.list()]}


def _install(host: Any, payload: Fields, check: Callable[[], None]) -> Fields:
    packages = _texts(payload, "packages")
    if not packages:
        raise bad_request("`venv_install` needs the field `packages`, an array of strings")
    return _made(host.environments.install(_named(host, payload).name, *packages, check=check))


def _status(host: Any, payload: Fields, _check: Callable[[], None]) -> Fields:
    found = _named(host, payload)
    packages = [{"name": one.name, "version": one.version} for one in host.environments.packages(found.name)]
    return {**_made(found), "packages": packages}


COMMANDS: Dict[str, Callable[[Any, Fields, Callable[[], None]], Fields]] = {
    "venv_ensure": _ensure,
    "venv_create": _create,
    "venv_delete": _delete,
    "venv_list": _list,
    "venv_install": _install,
    "venv_status": _status,
}


def _made(environment: Any) -> Fields:
    return {"success": True, **_described(environment)}


def _described(environment: Any) -> Fields:
    return {
        "path": environment.path,
        "name": environment.name,
        "executable": environment.executable,
        "python": environment.python,
        "state": environment.state,
        "requirements": environment.requirements,
        "usedBy": environment.used_by,
        "sizeBytes": environment.size_bytes,
    }


def _named(host: Any, payload: Fields) -> Any:
    """The environment that the payload is about, by its path, its name, or its provider."""
    place = _text(payload, "venvPath")
    if place is not None:
        return host.environments.at(place)
    name = _text(payload, "name")
    if name is not None:
        return host.environments.get(name)
    provider, model = _text(payload, "providerName"), _text(payload, "modelId")
    if provider is None:
        raise bad_request("which environment? It needs one of the fields `venvPath`, `name` and `providerName`")
    found = host.environments.find(provider, model)
    if found is None:
        raise Fault("NOT_FOUND", f"the environment of {provider!r:.100} has not been made")
    return found


def _text(payload: Fields, field: str, needed: bool = False) -> Any:
    value = payload.get(field)
    if value is None and not needed:
        return None
    if type(value) is not str or not value:
        raise bad_request(f"the field `{field}` must be a string, and not empty")
    return value


def _texts(payload: Fields, field: str) -> List[str]:
    value = payload.get(field)
    if value is None:
        return []
    if type(value) is not list or any(type(one) is not str for one in value):
        raise bad_request(f"the field `{field}` must be an array of strings")
    return value
