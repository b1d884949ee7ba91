"""The Pythons that environments stand on."""

from typing import List, Optional

from ._control import ask
from ._errors import HostError
from ._models import Runtime, read_runtime
from ._run import Check, OnProgress, run


def list() -> "List[Runtime]":
    """All that this machine has. Scope `read`."""
    return [read_runtime(fields) for fields in ask("runtimes.list")]


def get(id: str) -> Runtime:
    """One of them. Raises HostError `NOT_FOUND`. Scope `read`."""
    for one in list():
        if one.id == id:
            return one
    raise HostError("NOT_FOUND", f"there is no runtime {id!r:.200}", hint="runtimes.list() has their ids.")


def install(version: Optional[str] = None, *, progress: Optional[OnProgress] = None, check: Check = None) -> Runtime:
    """Downloads a Python such as `3.12`; the user's default stays as it is. Scope `full`."""
    return read_runtime(run("runtimes.install", {"version": version, "makeDefault": False}, progress, check))
