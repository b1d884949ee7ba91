"""Replies of the worker to gRPC messages."""

import json
from typing import Any, Dict, Type, Union

from google.protobuf.message import Message

from ...wire.text import to_json
from ..attached import attachments_of
from ..pending_request import Reply
from ._generated.python_service_pb2 import (
    CallMethodResponse,
    CreateObjectResponse,
    EvaluateResponse,
    ExecuteResult,
    GetAttributeResponse,
    HandleResult,
    HealthResponse,
    ImportModuleResponse,
    IsModuleAvailableResponse,
    ListHandlesResponse,
    ListSessionsResponse,
    Session,
    WrapValueResponse,
)

AnyResult = Union[CallMethodResponse, GetAttributeResponse, EvaluateResponse, ExecuteResult]
AnyHandle = Union[HandleResult, CreateObjectResponse, WrapValueResponse]

# How the worker writes a result that is a value: the value's own JSON lies between the two.
_VALUE = b'{"value":'
_TYPE_NAME = b',"isHandle":false,"typeName":"'


class Failed(Exception):
    """The worker's answer is an error: `fields` is its flat form."""

    def __init__(self, fields: Dict[str, Any]) -> None:
        super().__init__(fields.get("message"))
        self.fields = fields


def checked(reply: Reply) -> Reply:
    """The reply, if it is no error."""
    if reply.may_fail():
        fields = json.loads(reply.text)
        if "error" in fields:
            raise Failed(fields)
    return reply


class ResultReader:
    """A value or a handle, into one of the messages that can be either."""

    def __init__(self, message: Type[AnyResult]) -> None:
        self._message = message

    def __call__(self, reply: Reply) -> Any:
        text = reply.text
        if text.startswith(_VALUE) and not reply.body:
            # The last such place: inside of a string its quotes would be escaped.
            end = text.rfind(_TYPE_NAME)
            name = text[end + len(_TYPE_NAME) : -2]
            if end > 0 and b'"' not in name and b"\\" not in name and text.endswith(b'"}'):
                return self._message(value_json=text[len(_VALUE) : end].decode(), type_name=name.decode())
        fields = json.loads(text)
        if fields.get("isHandle") is True:
            return self._message(handle=filled(HandleResult(), fields))
        attachments = map(bytes, attachments_of(reply.body, fields.get("attachments", [])))
        value = to_json(fields["value"]).decode()
        return self._message(value_json=value, type_name=fields["typeName"], attachments=attachments)


def filled(message: AnyHandle, fields: Dict[str, Any]) -> AnyHandle:
    """A message that holds a handle, with what the reply's fields say of it."""
    message.handle_id = fields["handleId"]
    message.type_name = fields["typeName"]
    message.repr = fields.get("repr", "")
    if "dtype" in fields:
        message.dtype = fields["dtype"]
        message.shape.extend(fields["shape"])
    if isinstance(message, HandleResult):
        message.module_name = fields.get("moduleName", "")
    return message


def read_handle(reply: Reply) -> HandleResult:
    return filled(HandleResult(), json.loads(reply.text))


def read_created(reply: Reply) -> CreateObjectResponse:
    return filled(CreateObjectResponse(), json.loads(reply.text))


def read_wrapped(reply: Reply) -> WrapValueResponse:
    return filled(WrapValueResponse(), json.loads(reply.text))


def read_module(reply: Reply) -> ImportModuleResponse:
    fields = json.loads(reply.text)
    return ImportModuleResponse(
        handle_id=fields["handleId"], type_name=fields["typeName"], module_name=fields["moduleName"]
    )


class SuccessReader:
    """Into one of the messages that say whether it was done."""

    def __init__(self, message: Type[Message]) -> None:
        self._message: Any = message

    def __call__(self, reply: Reply) -> Any:
        return self._message(success=json.loads(reply.text)["success"])


def read_available(reply: Reply) -> IsModuleAvailableResponse:
    return IsModuleAvailableResponse(available=json.loads(reply.text)["available"])


def read_handles(reply: Reply) -> ListHandlesResponse:
    fields = json.loads(reply.text)
    handles = [filled(HandleResult(), listed) for listed in fields["handles"]]
    return ListHandlesResponse(handles=handles, count=fields["count"])


def read_session(reply: Reply) -> Session:
    return _session(json.loads(reply.text))


def read_sessions(reply: Reply) -> ListSessionsResponse:
    return ListSessionsResponse(sessions=map(_session, json.loads(reply.text)["sessions"]))


def _session(described: Dict[str, Any]) -> Session:
    """The message has the names that JSON has, in other letters; what is null is absent in it."""
    known = ((field.name, described.get(field.json_name)) for field in Session.DESCRIPTOR.fields)
    return Session(**{name: value for name, value in known if value is not None})


def read_health(reply: Reply) -> HealthResponse:
    fields = json.loads(reply.text)
    names = ("status", "protocol", "pid", "python", "epoch", "worker", "workers")
    return HealthResponse(**{name: fields[name] for name in names if name in fields})
