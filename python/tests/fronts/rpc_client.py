"""A gRPC client of the front, for tests: it knows docs/wire.md and the .proto, and nothing else of ours."""

import itertools
import json
from base64 import b64encode

import grpc
import pytest
from fronts.harness import DEADLINE, TOKEN
from pools.harness import Evaluates, Run

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

SERVICE = messages.DESCRIPTOR.services_by_name["PythonService"]

# Command to call, and the call's fields where they are not the command's own in other letters.
CALLS = {
    "ping": "Health",
    "import": "ImportModule",
    "create": "CreateObject",
    "call": "CallMethod",
    "getattr": "GetAttribute",
    "setattr": "SetAttribute",
    "eval": "Evaluate",
    "dispose": "DisposeHandle",
    "module_available": "IsModuleAvailable",
    "wrap": "WrapValue",
    "session_open": "OpenSession",
    "session_reset": "ResetSession",
    "session_close": "CloseSession",
}


class RpcClient(Evaluates):
    """`call` and its kin speak messages. `ask` has the words and answers of the pipe, so that one test fits both."""

    def __init__(self, address, token=TOKEN, **metadata):
        self.address = address
        self.channel = grpc.insecure_channel(address, _OPTIONS)
        bearer = () if token is None else (("authorization", f"Bearer {token}"),)
        self.metadata = (*bearer, *((name.replace("_", "-"), value) for name, value in metadata.items()))
        self.attachments = []
        self._runs = itertools.count()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.channel.close()

    def method(self, name, service=SERVICE):
        """The call of that name: messages in, messages out."""
        method = service.methods_by_name[name]
        request, reply = (getattr(messages, of.name) for of in (method.input_type, method.output_type))
        channel = self.channel
        streams = {
            **dict.fromkeys(("Execute", "GetArray", "GetTable"), channel.unary_stream),
            **dict.fromkeys(("PutArray", "PutTable"), channel.stream_unary),
        }
        made = streams.get(name, channel.unary_unary)
        return made(f"/{service.full_name}/{name}", request.SerializeToString, reply.FromString)

    def call(self, name, /, **fields):
        request = getattr(messages, SERVICE.methods_by_name[name].input_type.name)(**fields)
        return self.method(name)(request, metadata=self.metadata, timeout=DEADLINE)

    def future(self, name, /, timeout=DEADLINE, **fields):
        request = getattr(messages, SERVICE.methods_by_name[name].input_type.name)(**fields)
        return self.method(name).future(request, metadata=self.metadata, timeout=timeout)

    def get_array(self, handle_id, **fields):
        """The chunks of an array."""
        request = messages.GetArrayRequest(handle_id=handle_id, **fields)
        return list(self.method("GetArray")(request, metadata=self.metadata, timeout=DEADLINE))

    def put_array(self, *chunks):
        pieces = iter([messages.ArrayChunk(**chunk) for chunk in chunks])
        return self.method("PutArray")(pieces, metadata=self.metadata, timeout=DEADLINE)

    def put_table(self, *pieces):
        chunks = iter([messages.TableChunk(data=piece) for piece in pieces])
        return self.method("PutTable")(chunks, metadata=self.metadata, timeout=DEADLINE)

    def ask(self, command, **payload):
        try:
            fields = dict(_fields(payload))
            if command == "totable":
                return self._ask_table(**fields)
            if command == "toarray":
                return self._ask_array(**fields, own_dtype=True)
            if command.startswith("tofloatarray"):
                return self._ask_array(**fields, two_dimensional=command.endswith("2d"))
            reply = self.call(CALLS[command], **fields)
        except grpc.RpcError as error:
            return flat_error(error)
        return self._flat_reply(reply)

    def stream(self, request):
        """The events of an ExecuteRequest."""
        return self.method("Execute")(request, metadata=self.metadata, timeout=DEADLINE)

    def execute(self, code, answers=(), **payload):
        name = f"run {next(self._runs)}"
        request = messages.ExecuteRequest(code=code, request_id=name, **dict(_fields(payload)))
        return Run(self._messages(request), answers, lambda given: self.call("AnswerInput", request_id=name, **given))

    def _messages(self, request):
        try:
            for event in self.stream(request):
                yield self._flat_event(event)
        except grpc.RpcError as error:
            yield flat_error(error)

    def _flat_event(self, event):
        kind = event.WhichOneof("event")
        shown = getattr(event, kind)
        if kind == "output":
            return {"event": kind, "stream": shown.stream, "text": shown.text, **_if(cut=shown.cut)}
        if kind == "display":
            data = {form.media_type: form.text or b64encode(form.data).decode() for form in shown.forms}
            return {"event": kind, "data": data, **_if(isResult=shown.is_result)}
        if kind == "input":
            return {"event": kind, "prompt": shown.prompt, "password": shown.password}
        return {**self._flat_reply(shown), "repr": shown.repr, **_if(outputCut=shown.output_cut)}

    def _ask_table(self, **fields):
        request = messages.GetTableRequest(**fields)
        chunks = list(self.method("GetTable")(request, metadata=self.metadata, timeout=DEADLINE))
        self.attachments = [memoryview(b"".join(chunk.data for chunk in chunks))]
        return {"data": {"$type": "table", "attachment": 0, "format": "arrow", "rows": chunks[0].rows}}

    def _ask_array(self, **fields):
        chunks = self.get_array(**fields)
        self.attachments = [memoryview(b"".join(chunk.data for chunk in chunks))]
        shape = list(chunks[0].shape)
        return {"data": {"$type": "array", "attachment": 0, "dtype": chunks[0].dtype, "shape": shape}}

    def _flat_reply(self, reply):
        if getattr(reply, "attachments", None):
            self.attachments = [memoryview(attachment) for attachment in reply.attachments]
        if "result" in reply.DESCRIPTOR.oneofs_by_name:
            if reply.WhichOneof("result") == "handle":
                return _flat_handle(reply.handle)
            return {"value": json.loads(reply.value_json), "isHandle": False, "typeName": reply.type_name}
        names = {field.name: field.camelcase_name for field in reply.DESCRIPTOR.fields}
        if "handle_id" in names:
            return _flat_handle(reply)
        return {camel: getattr(reply, name) for name, camel in names.items()}


_OPTIONS = (
    ("grpc.enable_http_proxy", 0),
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    # A connection of its own for each channel.
    ("grpc.use_local_subchannel_pool", 1),
)


def _fields(payload):
    for name, value in payload.items():
        snake = "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
        if name == "environmentVariables":
            value = [messages.EnvironmentVariable(name=key, value=text) for key, text in value.items()]
        in_json = name in ("value", "args", "kwargs", "locals")
        yield (f"{snake}_json", json.dumps(value)) if in_json else (snake, value)


def _if(**flags):
    """Those that are true."""
    return {name: True for name, is_so in flags.items() if is_so}


def _flat_handle(handle):
    flat = {"isHandle": True, "handleId": handle.handle_id, "typeName": handle.type_name}
    if getattr(handle, "repr", ""):
        flat["repr"] = handle.repr
    if getattr(handle, "dtype", ""):
        flat.update(shape=list(handle.shape), dtype=handle.dtype)
    if getattr(handle, "module_name", ""):
        flat["moduleName"] = handle.module_name
    return flat


def details_of(error):
    """The CallError in the details of a status."""
    status = messages.CallStatus.FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    assert status.code == error.code().value[0]
    (packed,) = status.details
    details = messages.CallError()
    assert packed.Unpack(details)
    return details


def flat_error(error):
    """The error of a call in the form that it has on the other doors."""
    details = details_of(error)
    flat = {"error": details.message, "detail": details.message, "code": details.code, "message": details.message}
    flat.update({name: getattr(details, name) for name in ("traceback", "hint") if getattr(details, name)})
    if details.details_json:
        flat["details"] = json.loads(details.details_json)
    return flat


def refused(status, code, operate, *arguments, **fields):
    """Calls what must be refused, and gives the details of the refusal."""
    with pytest.raises(grpc.RpcError) as caught:
        operate(*arguments, **fields)
    assert caught.value.code() is status, caught.value
    details = details_of(caught.value)
    assert details.code == code, details
    assert details.message.startswith(caught.value.details()[:300].rstrip("…"))
    return details
