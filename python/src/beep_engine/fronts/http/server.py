"""The HTTP front's server: its socket, its event loop, and uvicorn between them."""

import asyncio
import importlib.util
import os
import signal
import socket
from typing import Callable, List, Optional, Type

import uvicorn

from ... import PROTOCOL
from ..event_loop import new_event_loop, spare_the_collector
from ..front_config import FrontConfig
from ..front_process import Announce
from ..listening import BACKLOG, HOST, listen
from ..session_pools import SessionPools
from ..worker_pools import WorkerPools
from .app import HttpApp
from .direct import end_all, with_the_short_way
from .gate import Gate
from .joined_writes import with_joined_writes
from .measuring import Measuring
from .no_upgrades import with_no_upgrades

# How long requests may go on after a polite stop. Seconds.
GRACE = 5
# Longer than clients keep an idle connection (.NET 60 s, curl 118 s), so that the client closes first: a server that
# closes can cross a request which is already on its way. Seconds.
KEEP_ALIVE = 300


class FrontServer(uvicorn.Server):
    """uvicorn that says when it really listens."""

    def __init__(self, config: uvicorn.Config, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_listening = on_listening

    async def startup(self, sockets: Optional[List[socket.socket]] = None) -> None:
        await super().startup(sockets)
        self._on_listening()


def serve_http(config: FrontConfig, announce: Announce) -> None:
    """Serves until SIGTERM or SIGINT; a fault when the port is taken or the pool cannot be reached."""
    listener = listen(config.port)
    spare_the_collector()
    # uvicorn raises the signal again once it has stopped. It has been obeyed by then, and the exit is a clean one.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    loop = new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(_serve(config, listener, announce))
    finally:
        listener.close()
        loop.close()


async def _serve(config: FrontConfig, listener: socket.socket, announce: Announce) -> None:
    port = listener.getsockname()[1]
    place = (config.pool_path, config.pool_token, config.workers)
    requests = WorkerPools.to(*place)
    control = WorkerPools.to(*place, beside=requests)
    sessions = SessionPools(requests, config.pool_token)
    try:
        await requests.open()
        await control.open()
        measuring, cancels = Measuring(config.name, control), config.cancel_on_disconnect
        app = HttpApp(Gate(port, config.token), requests, control, sessions, measuring, cancels)
        ready = {"ready": True, "protocol": PROTOCOL, "role": "http", "url": f"http://{HOST}:{port}", "port": port}
        server = FrontServer(uvicorn_config(app), lambda: announce({**ready, "pid": os.getpid()}))
        await server.serve(sockets=[listener])
        # uvicorn has cancelled what outlasted the grace; those requests still have an answer to send.
        end_all(server.server_state.connections, "the server is stopping")
        if server.server_state.tasks:
            await asyncio.wait(set(server.server_state.tasks), timeout=1)
    finally:
        sessions.close()
        requests.close()
        control.close()


def uvicorn_config(app: HttpApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=http_protocol(app),
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        # On by default, and it believes what X-Forwarded-For says when it comes from loopback, as all requests do.
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )


def http_protocol(app: HttpApp) -> Type[asyncio.Protocol]:
    """uvicorn's protocol on the fast parser where that is installed, else on the one that is always there."""
    if importlib.util.find_spec("httptools"):
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

        return with_no_upgrades(with_the_short_way(with_joined_writes(HttpToolsProtocol), app.short_way))
    from uvicorn.protocols.http.h11_impl import H11Protocol

    return with_joined_writes(H11Protocol)
