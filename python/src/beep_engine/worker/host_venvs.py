"""The environments of the host: `venv_…` of docs/wire.md §2.5."""

from typing import Any, Dict

from ..faults import Fault, bad_request
from .host_fields import Fields, Following, HostCommand, flag_in, text_in, texts_in


def _ensure(host: Any, payload: Fields, following: Following) -> Fields:
    provider = text_in(payload, "providerName", needed=True)
    return _made(host.environments.ensure(provider, text_in(payload, "modelId"), **following.options()))


def _create(host: Any, payload: Fields, following: Following) -> Fields:
    """Of a provider: as ensure, since that keeps what is there. By a name: it must be free."""
    name, packages = text_in(payload, "name"), texts_in(payload, "packages")
    if name is not None:
        return _made(host.environments.create(name, packages, **following.options()))
    made = _ensure(host, payload, following)
    if packages:
        made = _made(host.environments.install(made["name"], *packages, **following.options()))
    return made


def _delete(host: Any, payload: Fields, following: Following) -> Fields:
    permanent = flag_in(payload, "permanent")
    found = _named(host, payload)
    host.environments.delete(found.name, permanent=permanent, **following.options())
    return {"success": True, "path": found.path, "name": found.name}


def _list(host: Any, _payload: Fields, _following: Following) -> Fields:
    return {"success": True, "environments": [_described(one) for one in host.environments.list()]}


def _install(host: Any, payload: Fields, following: Following) -> Fields:
    packages = texts_in(payload, "packages")
    if not packages:
        raise bad_request("`venv_install` needs the field `packages`, an array of strings")
    return _made(host.environments.install(_named(host, payload).name, *packages, **following.options()))


def _status(host: Any, payload: Fields, _following: Following) -> Fields:
    found = _named(host, payload)
    packages = [{"name": one.name, "version": one.version} for one in host.environments.packages(found.name)]
    return {**_made(found), "packages": packages}


VENVS: Dict[str, HostCommand] = {
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
    place = text_in(payload, "venvPath")
    if place is not None:
        return host.environments.at(place)
    name = text_in(payload, "name")
    if name is not None:
        return host.environments.get(name)
    provider, model = text_in(payload, "providerName"), text_in(payload, "modelId")
    if provider is None:
        raise bad_request("which environment? It needs one of the fields `venvPath`, `name` and `providerName`")
    found = host.environments.find(provider, model)
    if found is None:
        raise Fault("NOT_FOUND", f"the environment of {provider!r:.100} has not been made")
    return found
