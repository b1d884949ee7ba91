"""The services that every gRPC tool knows: health and reflection. Loaded when somebody first asks for them."""

import asyncio
from typing import Any, Callable, Dict, Mapping

import grpc

from ...faults import Fault
from ..worker_pools import WorkerPools

HEALTH = "grpc.health.v1.Health"
REFLECTION = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")

Handlers = Mapping[str, grpc.RpcMethodHandler]


def standard_services(service: str, control: WorkerPools) -> Dict[str, Callable[[], Handlers]]:
    """How each is loaded, by the beginning of its paths. `service` is the one that they tell of."""
    loaders: Dict[str, Callable[[], Handlers]] = {f"/{HEALTH}": lambda: _health(service, control)}
    for name in REFLECTION:
        loaders[f"/{name}"] = lambda name=name: _reflection(name, service)
    return loaders


def _health(service: str, control: WorkerPools) -> Handlers:
    from grpc_health.v1 import health_pb2

    Status = health_pb2.HealthCheckResponse

    async def check(request: Any, context: Any) -> Any:
        if request.service not in ("", service):
            await context.abort(grpc.StatusCode.NOT_FOUND, f"there is no service {request.service}")
        return Status(status=Status.SERVING if await _answers(control) else Status.NOT_SERVING)

    async def watch(request: Any, context: Any) -> None:
        if request.service not in ("", service):
            await context.write(Status(status=Status.SERVICE_UNKNOWN))
            # It may come into being, as the protocol has it: the caller decides how long to wait.
            await asyncio.get_running_loop().create_future()
        told = None
        while True:
            changed = control.changed()
            status = Status.SERVING if control.is_live else Status.NOT_SERVING
            if status != told:
                await context.write(Status(status=status))
                told = status
            await asyncio.wait(changed, return_when=asyncio.FIRST_COMPLETED)

    serialize = Status.SerializeToString
    read = health_pb2.HealthCheckRequest.FromString
    return {
        f"/{HEALTH}/Check": grpc.unary_unary_rpc_method_handler(check, read, serialize),
        f"/{HEALTH}/Watch": grpc.unary_stream_rpc_method_handler(watch, read, serialize),
    }


async def _answers(control: WorkerPools) -> bool:
    """Whether the worker answers, while code runs too."""
    try:
        client = control.any()
        connection = client.live() or await client.connection()
    except Fault:
        return False
    reply = await connection.send(b"ping", b"{}").reply
    return not reply.may_fail()


def _reflection(name: str, service: str) -> Handlers:
    from grpc_health.v1 import health_pb2
    from grpc_reflection.v1alpha import reflection, reflection_pb2

    from .service import HOST_SERVICES

    health = health_pb2.DESCRIPTOR.services_by_name["Health"].full_name
    known = (service, *HOST_SERVICES.values(), health, reflection.SERVICE_NAME)
    servicer = reflection.aio.ReflectionServicer(known)
    # The two versions of it differ in their name only.
    handler = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        reflection_pb2.ServerReflectionRequest.FromString,
        reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    return {f"/{name}/ServerReflectionInfo": handler}
