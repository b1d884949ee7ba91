"""The gRPC front's server: its port, its event loop, and grpc.aio between them."""

import asyncio
import os
import signal
from functools import partial
from typing import Any, List, Mapping, Tuple

import grpc

from ... import PROTOCOL
from ...faults import Fault
from ..event_loop import new_event_loop, spare_the_collector
from ..front_config import FrontConfig
from ..front_process import Announce
from ..listening import HOST, listen
from ..session_pools import SessionPools
from ..worker_pools import WorkerPools
from .desk import Desk
from .gate import Gate
from .service import HOST_SERVICES, SERVICE, PythonService
from .standard_services import standard_services

# How long calls may go on after a polite stop, and how much longer until those that are left are cut off. Seconds.
GRACE = 5
FAREWELL = 2

# A call's message. It is in memory several times on its way; larger arrays come in pieces. Bytes.
MESSAGE_LIMIT = 256 * 1024 * 1024

OPTIONS: List[Tuple[str, Any]] = [
    ("grpc.max_receive_message_length", MESSAGE_LIMIT),
    # How much a caller takes is its own affair.
    ("grpc.max_send_message_length", -1),
    # A port that somebody else has is not shared with them.
    ("grpc.so_reuseport", 0),
    # Callers may look whether the connection still stands, at rest too, every ten seconds.
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
]


def serve_rpc(config: FrontConfig, announce: Announce) -> None:
    """Serves until SIGTERM or SIGINT; a fault when the port is taken or the pool cannot be reached."""
    spare_the_collector()
    loop = new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(_serve(config, announce))
    finally:
        loop.close()


def _host_handlers(desk: Desk, service: str) -> Mapping[str, grpc.RpcMethodHandler]:
    from .host_services import host_handlers

    return host_handlers(desk, service)


async def _serve(config: FrontConfig, announce: Announce) -> None:
    stop = _stop_signal()
    place = (config.pool_path, config.pool_token, config.workers)
    requests = WorkerPools.to(*place)
    control = WorkerPools.to(*place, beside=requests)
    sessions = SessionPools(requests, config.pool_token)
    desk = Desk(requests, sessions, config.cancel_on_disconnect)
    service = PythonService(desk, control)
    late = {f"/{path}": partial(_host_handlers, desk, name) for name, path in HOST_SERVICES.items()}
    late.update(standard_services(SERVICE.full_name, control))
    gate = Gate(config.token, service.handlers(), late)
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers((gate,))
    port = bind(server, config.port)
    try:
        await requests.open()
        await control.open()
        await server.start()
        ready = {"ready": True, "protocol": PROTOCOL, "role": "rpc", "address": f"{HOST}:{port}", "port": port}
        announce({**ready, "pid": os.getpid()})
        await stop.wait()
        # What does not end in time is told why; otherwise the library would only say that it was cancelled.
        asyncio.get_running_loop().call_later(GRACE, service.stop, "the server is stopping")
        await server.stop(GRACE + FAREWELL)
    finally:
        sessions.close()
        requests.close()
        control.close()
        await _end_all_but_this()


async def _end_all_but_this() -> None:
    """A call that has been answered may still have a step to take: were the loop closed before, the library would tell
    of it as of an error."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=FAREWELL)


def bind(server: grpc.aio.Server, port: int) -> int:
    """The port that the server has got, on loopback; a PORT_IN_USE fault when it is taken."""
    if port:
        # The library does not say why it has not got a port; this does, and costs nothing.
        listen(port).close()
    try:
        return server.add_insecure_port(f"{HOST}:{port}")
    except RuntimeError as error:
        listen(port).close()
        raise Fault("INTERNAL", f"cannot listen on port {port} of {HOST}: {error}") from error


def _stop_signal() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:
            # Windows: its loops know no signals.
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(stop.set))
    return stop
