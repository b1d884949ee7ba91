"""beep.python.runtime.PythonService: each call is one request to the worker, and its reply."""

import asyncio
import logging
from typing import Any, AsyncContextManager, AsyncIterator, Awaitable, Callable, Dict, Optional, Type

import grpc
from google.protobuf.message import Message

from ...faults import Fault, bad_request
from ..operations import OPERATIONS
from ..pool_connection import CALLER
from ..transfer import Transfer
from ..worker_pools import WorkerPools, read_wish
from . import arrays, events, replies
from ._generated import python_service_pb2 as messages
from .desk import Desk
from .refusal import refuse
from .requests import PayloadWriter, checked_attachments, read_message
from .unary import UNARY, Unary

SERVICE = messages.DESCRIPTOR.services_by_name["PythonService"]
# Those of the host, see host_services.py, by their names.
HOST_SERVICES = {name: messages.DESCRIPTOR.services_by_name[name].full_name for name in ("VenvService", "HostService")}

# The metadata by which a caller says which worker it would rather have.
WORKER_KEY = "beep-worker"

Context = Any
Operate = Callable[[Any, Context], Awaitable[Any]]

log = logging.getLogger("beep.rpc")


class PythonService:
    """`control` is a connection of its own to the desk's pool: Health does not queue behind a long transfer."""

    def __init__(self, desk: Desk, control: WorkerPools) -> None:
        self._desk = desk
        self._control = control
        self._writers = {operation.command: PayloadWriter(operation) for operation in OPERATIONS}
        self.stop = desk.stop

    def handlers(self) -> Dict[str, grpc.RpcMethodHandler]:
        """A handler for each call, by its path. They read the messages, too: what is none is the caller's error."""
        found = {name: self._unary(name, call) for name, call in UNARY.items()}
        for name, operate in (
            ("Health", self._health),
            ("AnswerInput", self._answer_input),
            ("Cancel", self._cancel),
            ("Interrupt", self._interrupt),
        ):
            serialize = _message(SERVICE.methods_by_name[name].output_type).SerializeToString
            found[name] = grpc.unary_unary_rpc_method_handler(guarded(operate), response_serializer=serialize)
        found["Execute"] = grpc.unary_stream_rpc_method_handler(guarded(self._execute))
        found["GetArray"] = grpc.unary_stream_rpc_method_handler(guarded(self._get_array))
        found["GetTable"] = grpc.unary_stream_rpc_method_handler(guarded(self._get_table))
        for name, receive in (("PutArray", arrays.received_array), ("PutTable", arrays.received_table)):
            found[name] = grpc.stream_unary_rpc_method_handler(
                guarded(self._keeping(receive)), response_serializer=messages.HandleResult.SerializeToString
            )
        return {f"/{SERVICE.full_name}/{name}": handler for name, handler in found.items()}

    def _unary(self, name: str, call: Unary) -> grpc.RpcMethodHandler:
        method = SERVICE.methods_by_name[name]
        request_type, reply_type = _message(method.input_type), _message(method.output_type)
        fields = method.input_type.fields_by_name
        attaches, is_placed, is_named = (field in fields for field in ("attachments", "session_id", "request_id"))
        write, exchange = self._writers[call.command], self._desk.exchange
        command, read, wish_of = call.command, call.read, self._wish_of

        async def operate(sent: bytes, context: Context) -> Any:
            request: Any = read_message(request_type, sent)
            payload = write(request)
            attachments = checked_attachments(payload, request.attachments) if attaches else ()
            session_id = request.session_id if is_placed else ""
            name = request.request_id if is_named else ""
            return read(await exchange(command, payload, attachments, session_id, name, wish_of(context)))

        serialize = None if call.encoded else reply_type.SerializeToString
        return grpc.unary_unary_rpc_method_handler(guarded(operate), response_serializer=serialize)

    async def _health(self, _sent: bytes, _context: Context) -> messages.HealthResponse:
        control = self._control.any()
        connection = control.live() or await control.connection()
        return replies.read_health(replies.checked(await connection.send(b"ping", b"{}").reply))

    async def _execute(self, sent: bytes, context: Context) -> None:
        request = read_message(messages.ExecuteRequest, sent)
        payload = self._writers["execute"](request)
        attachments = checked_attachments(payload, request.attachments)
        place = (request.session_id, request.request_id, self._wish_of(context))
        async with self._desk.execution(payload, attachments, *place) as execution:
            while True:
                event = await execution.next()
                if event is None:
                    break
                # Goes on when there is room for more on the way to the caller.
                await context.write(events.read_event(event))
            result = events.read_result(replies.checked(execution.reply))
            try:
                await context.write(result)
            except asyncio.CancelledError:
                # A caller may read it and go at once, before that write has come to its end: what it holds must stay.
                execution.delivered()
                raise
            execution.delivered()

    async def _answer_input(self, sent: bytes, _context: Context) -> messages.AnswerInputResponse:
        request = read_message(messages.AnswerInputRequest, sent)
        has_text = request.WhichOneof("answer") == "text"
        if not request.request_id or not (has_text or request.eof):
            raise bad_request("an answer needs a request_id, and a text, or eof as true")
        text = request.text if has_text else None
        return messages.AnswerInputResponse(success=await self._desk.answer(request.request_id, text))

    async def _cancel(self, sent: bytes, _context: Context) -> messages.CancelResponse:
        request = read_message(messages.CancelRequest, sent)
        self._writers["cancel"](request)
        return messages.CancelResponse(success=await self._desk.cancel(request.request_id, _grace_of(request)))

    async def _interrupt(self, sent: bytes, _context: Context) -> messages.InterruptResponse:
        request = read_message(messages.InterruptRequest, sent)
        payload = self._writers["interrupt"](request)
        if request.request_id:
            success = await self._desk.interrupt(request.request_id, _grace_of(request))
            return messages.InterruptResponse(success=success)
        if request.session_id:
            control = self._control.of_session(request.session_id)
            connection = control.live() or await control.connection()
            reply = replies.checked(await connection.send(b"interrupt", payload).reply)
        else:
            reply = replies.checked(await self._control.interrupt(payload))
        return replies.SuccessReader(messages.InterruptResponse)(reply)

    async def _get_array(self, sent: bytes, context: Context) -> None:
        request = read_message(messages.GetArrayRequest, sent)
        floats = "tofloatarray2d" if request.two_dimensional else "tofloatarray"
        async with self._fetch("toarray" if request.own_dtype else floats, request, context) as transfer:
            if request.own_dtype and request.two_dimensional:
                arrays.check_dimensions(transfer.data["shape"])
            async for chunk in arrays.chunks(transfer):
                # Goes on when there is room for more on the way to the caller.
                await context.write(chunk)

    async def _get_table(self, sent: bytes, context: Context) -> None:
        async with self._fetch("totable", read_message(messages.GetTableRequest, sent), context) as transfer:
            async for chunk in arrays.table_chunks(transfer):
                await context.write(chunk)

    def _fetch(self, command: str, request: Any, context: Context) -> AsyncContextManager[Transfer]:
        payload = self._writers[command](request)
        return self._desk.transfer(command, payload, request.session_id, request.request_id, self._wish_of(context))

    def _keeping(self, receive: Callable[[AsyncIterator[bytes]], Awaitable[arrays.Received]]) -> Operate:
        async def keep(sent: AsyncIterator[bytes], context: Context) -> messages.HandleResult:
            payload, data, session_id, request_id = await receive(sent)
            place = (session_id, request_id, self._wish_of(context))
            return replies.read_handle(await self._desk.exchange("wrap", payload, (data,), *place))

        return keep

    def _wish_of(self, context: Context) -> Optional[int]:
        if not self._desk.has_choice:
            return None
        return read_wish(dict(context.invocation_metadata() or ()).get(WORKER_KEY))


def _grace_of(request: Any) -> Optional[float]:
    return request.grace_seconds if request.HasField("grace_seconds") else None


def _message(described: Any) -> Type[Message]:
    found: Type[Message] = getattr(messages, described.name)
    return found


def guarded(operate: Operate) -> Operate:
    """The same, with what it raises as a gRPC status."""

    async def answer(request: Any, context: Context) -> Any:
        # One channel may have a thousand calls under way; they take turns with those of others.
        CALLER.set(hash(context.peer()) & 0x7FFFFFFF)
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
