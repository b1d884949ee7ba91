"""The environments of the host: virtual environments, each with packages of its own."""

import os
from typing import List, Optional, Sequence

from ._control import ask
from ._errors import HostError
from ._models import Environment, EnvironmentStatus, Package, read_environment, read_package
from ._run import Check, OnProgress, run


def list() -> "List[Environment]":
    """All of them, by name. Scope `read`."""
    return [read_environment(fields) for fields in ask("environments.list")]


def get(name: str) -> Environment:
    """One of them. Raises HostError `NOT_FOUND`. Scope `read`."""
    return read_environment(ask("environments.get", name=name))


def find(provider: str, model: Optional[str] = None) -> Optional[Environment]:
    """The environment of a provider, or of one of its models, or None where it has not been made. Scope `read`."""
    try:
        return read_environment(ask("environments.get", provider=provider, model=model))
    except HostError as error:
        if error.code == "NOT_FOUND":
            return None
        raise


def at(place: str) -> Environment:
    """The environment whose folder this is, or whose name, or the provider's that is called so. Scope `read`.

    Raises HostError `NOT_FOUND`.
    """
    folder = _same(place)
    for one in list():
        if one.name == place or (os.path.isabs(place) and _same(one.path) == folder):
            return one
    found = None if os.path.isabs(place) else find(place)
    if found is None:
        raise HostError("NOT_FOUND", f"there is no environment {place!r:.300}")
    return found


def _same(place: str) -> str:
    return os.path.normcase(os.path.realpath(place))


def packages(name: str) -> "List[Package]":
    """What is installed in it, by name. Scope `read`."""
    return [read_package(fields) for fields in ask("packages.list", name=name)]


def status(name: str) -> EnvironmentStatus:
    """The environment, and what is installed in it. Scope `read`."""
    return EnvironmentStatus(get(name), packages(name))


def ensure(
    provider: str,
    model: Optional[str] = None,
    *,
    gpu: Optional[str] = None,
    progress: Optional[OnProgress] = None,
    check: Check = None,
) -> Environment:
    """The environment of a provider, or of one of its models, made or completed if need be. Scope `full`.

    The packages are those of the profile that is for the provider, if there is one; each is imported once. Optional
    ones that cannot be had are in `skipped`. `gpu` is the back end to choose packages for, else what the machine has.
    Safe to repeat, and quick when nothing is left to do: calls at the same time share the work.
    """
    params = {"provider": provider, "model": model, "gpu": gpu}
    return read_environment(run("environments.ensure", params, progress, check))


def create(
    name: str,
    packages: Sequence[str] = (),
    *,
    profiles: Sequence[str] = (),
    runtime: Optional[str] = None,
    progress: Optional[OnProgress] = None,
    check: Check = None,
) -> Environment:
    """Makes one. `packages` are requirements such as `pandas>=2.2`, resolved together with those of the profiles.

    `runtime` is the id of the Python that it stands on, else the default one. Raises HostError `NAME_TAKEN`,
    `PACKAGES_FAILED` and others. Scope `full`.
    """
    params = {"name": name, "packages": [*packages], "profiles": [*profiles], "runtime": runtime}
    return read_environment(run("environments.create", params, progress, check))


def install(name: str, *requirements: str, progress: Optional[OnProgress] = None, check: Check = None) -> Environment:
    """Installs packages into it, in one resolve. Scope `full`."""
    params = {"name": name, "packages": [*requirements]}
    return read_environment(run("packages.install", params, progress, check))


def delete(name: str, *, permanent: bool = False, progress: Optional[OnProgress] = None, check: Check = None) -> None:
    """Deletes it; unless `permanent`, it can be brought back for a day. Scope `full`.

    Raises HostError `IN_USE` while servers run on it.
    """
    run("environments.remove", {"name": name, "permanent": permanent}, progress, check)
