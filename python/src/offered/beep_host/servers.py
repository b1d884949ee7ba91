"""The servers of the host, this one among them."""

from typing import List, Optional

from ._control import ask
from ._models import Endpoint, Server, read_endpoint, read_server
from ._run import Check, OnProgress, run


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
    name: Optional[str] = None,
    transport: Optional[str] = None,
    environment: Optional[str] = None,
    *,
    port: Optional[int] = None,
    workers: Optional[int] = None,
    auth: Optional[str] = None,
    infrastructure: Optional[str] = None,
    restart: Optional[str] = None,
    progress: Optional[OnProgress] = None,
    check: Check = None,
) -> Server:
    """Starts a saved server by its name, or a new one with a transport: `http`, `pipe` or `rpc`. Scope `full`.

    No server is given more than it has been given by the user: `auth` and `infrastructure` can only be what its saved
    description says already, or `token` and `none`; else HostError `FORBIDDEN`. `restart` says what becomes of it
    when it dies: `on-failure` starts it again, `never` does not; else what is saved, or `on-failure`.
    """
    params = {
        "name": name,
        "transport": transport,
        "environment": environment,
        "port": port,
        "workers": workers,
        "auth": auth,
        "infrastructure": infrastructure,
        "restart": restart,
    }
    return read_server(run("servers.start", params, progress, check))


def stop(name: str, *, progress: Optional[OnProgress] = None, check: Check = None) -> Server:
    """Stops a server, and waits until it is gone. Scope `full`."""
    return read_server(run("servers.stop", {"name": name}, progress, check))


def restart(name: str, *, progress: Optional[OnProgress] = None, check: Check = None) -> Server:
    """Stops and starts a server. Scope `full`."""
    return read_server(run("servers.restart", {"name": name}, progress, check))
