"""beep.python.runtime.VenvService and HostService: what the host is asked for. Loaded with the first call of either."""

import json
from typing import Any, Dict, Mapping, Type

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from ...faults import bad_request
from ...wire.text import to_json
from ..operations import OPERATIONS, mistake_in
from ._generated import python_service_pb2 as messages
from .desk import Desk
from .replies import checked
from .requests import read_message

SERVICES = {
    "VenvService": {
        "EnsureVenv": "venv_ensure",
        "CreateVenv": "venv_create",
        "DeleteVenv": "venv_delete",
        "ListVenvs": "venv_list",
        "InstallPackages": "venv_install",
        "GetVenvStatus": "venv_status",
    },
    "HostService": {
        "ListRuntimes": "runtime_list",
        "GetRuntime": "runtime_get",
        "InstallRuntime": "runtime_install",
        "ListServers": "server_list",
        "GetServerStatus": "server_status",
        "StartServer": "server_start",
        "StopServer": "server_stop",
        "RestartServer": "server_restart",
        "ListJobs": "job_list",
        "GetJob": "job_get",
        "CancelJob": "job_cancel",
    },
}
# In which field of a HostEvent the reply of an operation is.
_RESULTS = {"environment": "venv", "success": "deleted", "runtime": "runtime", "server": "server"}
_OPERATIONS = {operation.command: operation for operation in OPERATIONS}


def host_handlers(desk: Desk, service: str) -> Mapping[str, grpc.RpcMethodHandler]:
    """The calls of one of the services; those that take long are there as a stream, too."""
    described = messages.DESCRIPTOR.services_by_name[service]
    return {
        f"/{described.full_name}/{method.name}": _handler(desk, method, SERVICES[service])
        for method in described.methods
    }


def _handler(desk: Desk, method: Any, commands: Mapping[str, str]) -> grpc.RpcMethodHandler:
    from .service import guarded

    name = method.name.removesuffix("Stream")
    operation = _OPERATIONS[commands[name]]
    request_type: Type[Message] = getattr(messages, method.input_type.name)
    reply_type: Type[Message] = getattr(messages, method.output_type.name)

    def payload_of(sent: bytes) -> Dict[str, Any]:
        # Fields that are empty are absent: neither names nor lists of packages mean anything then.
        payload: Dict[str, Any] = MessageToDict(read_message(request_type, sent))
        mistake = mistake_in(operation, payload)
        if mistake is not None:
            raise bad_request(mistake)
        return payload

    async def operate(sent: bytes, _context: Any) -> Message:
        payload = payload_of(sent)
        call = payload.pop("requestId", "")
        reply = await desk.exchange(operation.command, to_json(payload), name=call)
        return ParseDict(json.loads(reply.text), reply_type(), ignore_unknown_fields=True)

    async def follow(sent: bytes, context: Any) -> None:
        payload = {**payload_of(sent), "progress": True}
        call = payload.pop("requestId", "")
        async with desk.execution(to_json(payload), (), "", call, command=operation.command) as work:
            while True:
                event = await work.next()
                if event is None:
                    break
                await context.write(_event("progress", json.loads(event)))
            await context.write(_event(_RESULTS[operation.reply], json.loads(checked(work.reply).text)))

    if method.server_streaming:
        return grpc.unary_stream_rpc_method_handler(guarded(follow))
    return grpc.unary_unary_rpc_method_handler(guarded(operate), response_serializer=reply_type.SerializeToString)


def _event(field: str, told: Dict[str, Any]) -> bytes:
    event = messages.HostEvent()
    # What is null is absent.
    known = {name: value for name, value in told.items() if value is not None}
    ParseDict(known, getattr(event, field), ignore_unknown_fields=True)
    getattr(event, field).SetInParent()
    encoded: bytes = event.SerializeToString()
    return encoded
