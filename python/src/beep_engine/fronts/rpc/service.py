"""beep.python.runtime.PythonService: each call is one request to the worker, and its reply."""

import asyncio
import logging
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, NamedTuple, Sequence, Set, Type

import grpc
from google.protobuf.message import Message

from ...faults import Fault, bad_request
from ..execution import Execution
from ..named_requests import NamedRequests
from ..operations import OPERATIONS
from ..pool_client import PoolClient
from ..pool_connection import Buffer, Reply
from . import arrays, events, replies
from ._generated import python_service_pb2 as messages
from .refusal import refuse
from .requests import PayloadWriter, checked_attachments, read_message

SERVICE = messages.DESCRIPTOR.services_by_name["PythonService"]

Context = Any
Reader = Callable[[Reply], Any]

log = logging.getLogger("beep.rpc")


class Unary(NamedTuple):
    """A call that stands for one operation. `encoded`: what `read` gives is the message's bytes."""

    command: str
    read: Reader
    encoded: bool = False


UNARY: Dict[str, Unary] = {
    "ImportModule": Unary("import", replies.read_module),
    "CreateObject": Unary("create", replies.read_created),
    "CallMethod": Unary("call", replies.ResultReader(messages.CallMethodResponse)),
    "GetAttribute": Unary("getattr", replies.ResultReader(messages.GetAttributeResponse)),
    "SetAttribute": Unary("setattr", replies.read_set),
    "Evaluate": Unary("eval", replies.ResultReader(messages.EvaluateResponse)),
    "DisposeHandle": Unary("dispose", replies.read_disposed),
    "ToFloatArray": Unary("tofloatarray", arrays.single_precision, encoded=True),
    "ToFloatArray2D": Unary("tofloatarray2d", arrays.single_precision_rows, encoded=True),
    "IsModuleAvailable": Unary("module_available", replies.read_available),
    "WrapValue": Unary("wrap", replies.read_wrapped),
}


class PythonService:
    """`requests` and `control` are connections to the same pool: Health does not queue behind a long transfer."""

    def __init__(self, requests: PoolClient, control: PoolClient) -> None:
        self._requests = requests
        self._control = control
        self._named = NamedRequests()
        self._executions: Set[Execution] = set()
        self._writers = {operation.command: PayloadWriter(operation) for operation in OPERATIONS}

    def stop(self, why: str) -> None:
        """Ends what is under way; its callers are told why."""
        self._requests.close(why)
        for execution in self._executions:
            execution.close(why)

    def handlers(self) -> Dict[str, grpc.RpcMethodHandler]:
        """A handler for each call, by its path. They read the messages, too: what is none is the caller's error."""
        found = {name: self._unary(name, call) for name, call in UNARY.items()}
        health = messages.HealthResponse.SerializeToString
        found["Health"] = grpc.unary_unary_rpc_method_handler(_guarded(self._health), response_serializer=health)
        found["Execute"] = grpc.unary_stream_rpc_method_handler(_guarded(self._execute))
        found["AnswerInput"] = grpc.unary_unary_rpc_method_handler(
            _guarded(self._answer_input), response_serializer=messages.AnswerInputResponse.SerializeToString
        )
        found["GetArray"] = grpc.unary_stream_rpc_method_handler(_guarded(self._get_array))
        found["PutArray"] = grpc.stream_unary_rpc_method_handler(
            _guarded(self._put_array), response_serializer=messages.HandleResult.SerializeToString
        )
        return {f"/{SERVICE.full_name}/{name}": handler for name, handler in found.items()}

    def _unary(self, name: str, call: Unary) -> grpc.RpcMethodHandler:
        method = SERVICE.methods_by_name[name]
        request_type: Type[Message] = getattr(messages, method.input_type.name)
        reply_type: Type[Message] = getattr(messages, method.output_type.name)
        attaches = "attachments" in method.input_type.fields_by_name
        write = self._writers[call.command]
        command, read = call.command.encode(), call.read

        async def operate(sent: bytes, _context: Context) -> Any:
            request: Any = read_message(request_type, sent)
            payload = write(request)
            attachments = checked_attachments(payload, request.attachments) if attaches else ()
            return read(await self._exchange(command, payload, attachments))

        serialize = None if call.encoded else reply_type.SerializeToString
        return grpc.unary_unary_rpc_method_handler(_guarded(operate), response_serializer=serialize)

    async def _health(self, _sent: bytes, _context: Context) -> messages.HealthResponse:
        connection = self._control.live() or await self._control.connection()
        return replies.read_health(replies.checked(await connection.send(b"ping", b"{}").reply))

    async def _execute(self, sent: bytes, context: Context) -> None:
        request = read_message(messages.ExecuteRequest, sent)
        payload = self._writers["execute"](request)
        attachments = checked_attachments(payload, request.attachments)
        execution = await Execution.start(self._requests, payload, attachments)
        name = request.request_id.encode()
        self._named.add(name, execution)
        self._executions.add(execution)
        try:
            while True:
                event = await execution.next()
                if event is None:
                    break
                # Goes on when there is room for more on the way to the caller.
                await context.write(events.read_event(event))
            await context.write(events.read_result(replies.checked(execution.reply)))
        finally:
            self._executions.discard(execution)
            self._named.remove(name, execution)
            execution.close()

    async def _answer_input(self, sent: bytes, _context: Context) -> messages.AnswerInputResponse:
        request = read_message(messages.AnswerInputRequest, sent)
        has_text = request.WhichOneof("answer") == "text"
        if not request.request_id or not (has_text or request.eof):
            raise bad_request("an answer needs a request_id, and a text, or eof as true")
        text = request.text if has_text else None
        return messages.AnswerInputResponse(success=await self._named.answer(request.request_id.encode(), text))

    async def _get_array(self, sent: bytes, context: Context) -> None:
        request = read_message(messages.GetArrayRequest, sent)
        command = "tofloatarray2d" if request.two_dimensional else "tofloatarray"
        reply = await self._exchange(command.encode(), self._writers[command](request))
        for chunk in arrays.chunks(reply):
            # Goes on when there is room for more on the way to the caller.
            await context.write(chunk)

    async def _put_array(self, sent: AsyncIterator[bytes], _context: Context) -> messages.HandleResult:
        payload, data = await arrays.received_array(sent)
        return replies.read_handle(await self._exchange(b"wrap", payload, (data,)))

    async def _exchange(self, command: bytes, payload: bytes, attachments: Sequence[Buffer] = ()) -> Reply:
        """Sends an operation to the worker and waits for its reply, for as long as the caller does."""
        connection = self._requests.live() or await self._requests.connection()
        pending = connection.send(command, payload, attachments)
        try:
            return replies.checked(await pending.reply)
        except asyncio.CancelledError:
            # The caller has gone, or its deadline is over.
            pending.abandon()
            raise


def _guarded(operate: Callable[[Any, Context], Awaitable[Any]]) -> Callable[[Any, Context], Awaitable[Any]]:
    """The same, with what it raises as a gRPC status."""

    async def answer(request: Any, context: Context) -> Any:
        try:
            return await operate(request, context)
        except replies.Failed as failed:
            fields = failed.fields
        except Fault as fault:
            fields = fault.fields()
        except (asyncio.CancelledError, grpc.aio.AbortError):
            raise
        except Exception:
            log.exception("a call failed")
            fields = Fault("INTERNAL", "the gRPC front failed", hint="The server's log has the details.").fields()
        await refuse(context, fields)

    return answer
