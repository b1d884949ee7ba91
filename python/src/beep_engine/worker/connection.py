"""One client: its requests in flight, and their replies. A reader thread lives here."""

import sys
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Union

from ..engine.operations import OPERATIONS
from ..engine.outputs import Outputs
from ..faults import Fault
from ..slots import Slot
from ..wire.frames import Message, encode_frame
from ..wire.lines import encode_line
from ..wire.requests import RequestId, read_command, read_id, read_payload, with_id
from ..wire.text import to_json
from .commands import Commands
from .hello import HelloGate
from .in_flight import InFlight
from .intake import Batch, Intake
from .lanes import CallerLanes, Lane
from .out_of_memory import end_for_memory
from .outbox import Outbox
from .reading import Reading
from .request import DONE, Request
from .services import Services
from .stream import Stream
from .turns import Turns

if TYPE_CHECKING:
    from .executions import Executions


class Connection:
    """`serve` is the reader thread's whole life. `finish` is called by the thread that has a request's result.

    With a `token`, the first request must be a `hello` that knows it.
    """

    def __init__(self, stream: Stream, slot: Slot, services: Services, token: Optional[str] = None) -> None:
        self.lane = Lane()
        # An earlier worker may have been told.
        self.lane.refusable = slot.refusable
        self._callers = CallerLanes()
        self._stream = stream
        self._slot = slot
        self._runner = services.runner
        self._services = services
        self._counters = services.counters
        # Every request is more than an operation on live objects: it is counted in a session, or its time is.
        self._none_is_plain = services.only_one or services.settings.timeout is not None
        self._commands = Commands(services, self)
        self._gate = HelloGate(token)
        self._intake = Intake(stream, slot)
        self._reading = Reading(stream, self._intake, self, services.runner.watch)
        self._outbox = Outbox(stream, slot, on_broken=stream.shut_down)
        self._turns = Turns(self._start)
        self._in_flight = InFlight(stream, slot, self._intake, self._outbox, self.lane, self._runner.limit)
        self._noted_work = False
        self._executions: Optional[Executions] = None
        self._sent_all = False

    def serve(self) -> None:
        """Reads until the client or the stream ends; then cancels what it still had in flight."""
        try:
            fault = self._intake.decide_dialect()
            if fault is not None:
                self._outbox.send(self._encode(None, fault.fields(), None))
                return
            self._reading.read_all()
            self._end_questions()
            # The client sends nothing more. If it still reads, it gets the replies it is waiting for.
            self._in_flight.wait_for_all()
        except (OSError, EOFError):
            pass
        except MemoryError:
            end_for_memory()
        finally:
            left_unread = self._stream.left_unread()
            self._stream.shut_down()
            self._outbox.close(left_unread)
            if self._services.settings.cancel_on_disconnect:
                self._abandon()
            self._stream.close()

    def _abandon(self) -> None:
        requests = self._in_flight.all()
        self._runner.abandon(requests)
        for request in requests:
            if request.session is not None and request.state == DONE:
                self._services.desk.done(request)

    def close_after_fork(self) -> None:
        self._reading.close_after_fork()
        self._stream.close_after_fork()

    def finish(self, request: Request, fields: Dict[str, Any], outputs: Optional[Outputs]) -> None:
        """Sends the reply of a request that ran."""
        self._reply(request, fields, outputs)
        if self._intake.lines and request.id is None:
            self._turns.next()

    # What reading asks for (reading.Taker).

    @property
    def room(self) -> int:
        return self._in_flight.room

    @property
    def queued(self) -> int:
        return self._runner.waiting

    def rest(self) -> None:
        self.lane.pause_reader()
        self._in_flight.wait_for_line()

    def accept(self, batch: Batch, fits: bool = False) -> None:
        """Starts them; unless it is known to fit, as many at a time as there is room for.

        A request counts as in flight before it, or any other of its batch, is started: from then on a pool can answer
        for it, whatever the first one does to this process.
        """
        now = monotonic()
        while True:
            room = len(batch) if fits or not batch else self._in_flight.wait_for_room()
            requests = [self._note(message, now) for message in batch[:room]]
            batch = batch[room:]
            if not batch:
                self._intake.noted()
            for request in requests:
                if self._intake.lines:
                    self._turns.take(request)
                else:
                    self._start(request)
            if not batch:
                return

    def _note(self, message: Union[Message, Fault], now: float) -> Request:
        request = Request(self, None, "", {})
        request.arrived = now
        try:
            self._read_request(request, message)
        except Fault as fault:
            request.fault = fault
        self._in_flight.add(request)
        if self._intake.lines:
            request.entry = self._slot.note(b"" if request.id is None else to_json(request.id))
        if not self._noted_work:
            self._noted_work = True
            self._slot.note_work()
        return request

    def _read_request(self, request: Request, message: Union[Message, Fault]) -> None:
        if isinstance(message, Fault):
            request.id = message.request_id
            raise message
        request.attachments = message.attachments
        request.id = read_id(message.header, self._intake.lines)
        request.command = read_command(message.header)
        request.payload = read_payload(message.header)
        if self.lane.refusable:
            request.lane = self._callers.of(message.header.get("caller"))
        if request.id is not None:
            self._in_flight.claim_id(request)
        if not self._gate.open:
            self._gate.check(request)

    def _start(self, request: Request) -> bool:
        """Answers it, or hands it to the main thread. True if it has been answered."""
        if request.state == DONE:
            # Cancelled, and answered, before its turn came.
            return True
        payload = request.payload
        is_plain = "sessionId" not in payload and "timeoutSeconds" not in payload and not self._none_is_plain
        if is_plain and request.command in OPERATIONS and request.fault is None:
            try:
                self._runner.submit(request)
                return False
            except Fault as fault:
                request.fault = fault
        return self._commands.start(request)

    # What commands ask for (commands.Client).

    def reply(self, request: Request, fields: Dict[str, Any]) -> None:
        self._reply(request, fields)

    def named_by(self, asking: Request) -> Optional[Request]:
        request_id = asking.payload.get("requestId")
        return self._in_flight.named(request_id) if type(request_id) in (int, str) else None

    def tell(self, request: Request, event: Dict[str, Any]) -> None:
        self._emit(request, event)

    def start_execution(self, request: Request) -> None:
        # Not at the start of the worker: most never see one.
        from .executions import Executions

        if self._executions is None:
            self._executions = Executions(self._runner, self._outbox, self._emit)
        # A line without an id has no name by which to answer it.
        self._executions.start(request, may_ask=request.id is not None and not self._sent_all)

    def refuse_what_does_not_fit(self) -> None:
        self.lane.refusable = self._slot.refusable = True

    def shut_down(self) -> None:
        self._stream.shut_down()

    # Inside.

    def _end_questions(self) -> None:
        """The client sends nothing more, answers neither."""
        self._sent_all = True
        for request in self._in_flight.all():
            if request.caller is not None:
                request.caller.end_input()

    def _emit(self, request: Request, event: Dict[str, Any]) -> None:
        self._outbox.send(self._encode(request.id, event, None))

    def _reply(self, request: Request, fields: Dict[str, Any], outputs: Optional[Outputs] = None) -> None:
        if request.session is not None:
            self._services.desk.done(request)
        # The id is free again before the client can see the reply.
        self._in_flight.free_id(request)
        unread = None
        if fields.get("isHandle") is True:
            unread = partial(self._services.forget_handle, fields["handleId"])
        try:
            buffers = self._encode(request.id, fields, outputs)
        except Exception as error:
            print(f"beep: a reply could not be encoded: {error!r}", file=sys.__stderr__)
            if unread is not None:
                unread()
            fields = Fault("INTERNAL", f"the reply could not be encoded: {type(error).__name__}").fields()
            buffers = self._encode(request.id, fields, None)
        # Before the client can see the reply, and ask.
        if request.ran:
            self._counters.ran(monotonic() - request.arrived, fields)
        elif "error" in fields:
            self._counters.failed(fields)
        self._outbox.send(buffers, request.entry, outputs is not None and outputs.borrowed, unread)
        self._in_flight.remove(request)

    def _encode(self, request_id: RequestId, fields: Dict[str, Any], outputs: Optional[Outputs]) -> List[Any]:
        if self._intake.lines:
            return [encode_line(fields if request_id is None else with_id(request_id, fields))]
        return encode_frame(with_id(request_id, fields), outputs.items if outputs is not None else ())
