"""The Pythons that environments stand on."""

from typing import List, Optional

from ._control import ask
from ._models import Runtime, read_runtime
from ._run import OnProgress, run


def list() -> "List[Runtime]":
    """All that this machine has. Scope `read`."""
    return [read_runtime(fields) for fields in ask("runtimes.list")]


def install(version: Optional[str] = None, *, progress: Optional[OnProgress] = None) -> Runtime:
    """Downloads a Python such as `3.12`; the user's default stays as it is. Scope `full`."""
    return read_runtime(run("runtimes.install", {"version": version, "makeDefault": False}, progress))
