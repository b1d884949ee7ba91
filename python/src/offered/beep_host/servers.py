"""The servers of the host, this one among them."""

from typing import List, Optional

from ._control import ask
from ._models import Endpoint, Server, read_endpoint, read_server
from ._run import OnProgress, run


def list() -> "List[Server]":
    """All of them, running or not. Scope `read`."""
    return [read_server(fields) for fields in ask("servers.list")]


def get(name: str) -> Server:
    """One of them. Raises HostError `NOT_FOUND`. Scope `read`."""
    return read_server(ask("servers.get", name=name))


def endpoint(name: str) -> Endpoint:
    """Where a running server is reached, with its token. Scope `full`."""
    return read_endpoint(ask("servers.endpoint", name=name))


def start(
    name: str,
    transport: Optional[str] = None,
    environment: Optional[str] = None,
    *,
    progress: Optional[OnProgress] = None,
) -> Server:
    """Starts a saved server by its name, or a new one with a transport: `http`, `pipe` or `rpc`. Scope `full`."""
    params = {"name": name, "transport": transport, "environment": environment}
    return read_server(run("servers.start", params, progress))


def stop(name: str, *, progress: Optional[OnProgress] = None) -> Server:
    """Stops a server, and waits until it is gone. Scope `full`."""
    return read_server(run("servers.stop", {"name": name}, progress))


def restart(name: str, *, progress: Optional[OnProgress] = None) -> Server:
    """Stops and starts a server. Scope `full`."""
    return read_server(run("servers.restart", {"name": name}, progress))
