"""beep.python.runtime.VenvService: the `venv_…` operations. Loaded with its first call."""

import json
from typing import Any, Dict, Mapping, Type

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from ...wire.text import to_json
from ..operations import OPERATIONS, mistake_in
from ._generated import python_service_pb2 as messages
from .desk import Desk
from .requests import read_message

VENV_SERVICE = messages.DESCRIPTOR.services_by_name["VenvService"]

COMMANDS = {
    "EnsureVenv": "venv_ensure",
    "CreateVenv": "venv_create",
    "DeleteVenv": "venv_delete",
    "ListVenvs": "venv_list",
    "InstallPackages": "venv_install",
    "GetVenvStatus": "venv_status",
}


def venv_handlers(desk: Desk) -> Mapping[str, grpc.RpcMethodHandler]:
    return {f"/{VENV_SERVICE.full_name}/{name}": _handler(desk, name) for name in COMMANDS}


def _handler(desk: Desk, name: str) -> grpc.RpcMethodHandler:
    from ...faults import bad_request
    from .service import guarded

    method = VENV_SERVICE.methods_by_name[name]
    request_type: Type[Message] = getattr(messages, method.input_type.name)
    reply_type: Type[Message] = getattr(messages, method.output_type.name)
    operation = next(one for one in OPERATIONS if one.command == COMMANDS[name])

    async def operate(sent: bytes, _context: Any) -> Message:
        # Fields that are empty are absent: neither names nor lists of packages mean anything then.
        payload: Dict[str, Any] = MessageToDict(read_message(request_type, sent))
        mistake = mistake_in(operation, payload)
        if mistake is not None:
            raise bad_request(mistake)
        reply = await desk.exchange(operation.command, to_json(payload))
        return ParseDict(json.loads(reply.text), reply_type(), ignore_unknown_fields=True)

    return grpc.unary_unary_rpc_method_handler(guarded(operate), response_serializer=reply_type.SerializeToString)
