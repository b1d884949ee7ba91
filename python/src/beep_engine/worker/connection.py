"""One client: its dialect, its requests in flight, its replies. A reader thread lives here."""

import sys
import threading
from typing import Any, Dict, List, Optional, Set, Union

from ..engine.operations import OPERATIONS
from ..engine.outputs import Outputs
from ..faults import Fault, bad_request
from ..slots import Slot
from ..wire.dialect import FRAMES, LINES, UNDECIDED, detect
from ..wire.frames import FrameParser, Message, encode_frame
from ..wire.limits import MAX_FRAMES_IN_FLIGHT, MAX_LINES_IN_FLIGHT
from ..wire.lines import LineParser, encode_line
from ..wire.requests import RequestId, read_command, read_id, read_payload, with_id, wrong_dialect
from ..wire.text import to_json
from .outbox import PAUSE_AT, Outbox
from .request import DONE, WAITING, Request
from .runner import Runner
from .stream import Stream
from .turns import Turns

# Seconds between two looks whether a client that sends nothing more is still there for its replies.
LOOK_EVERY = 0.05


class Connection:
    """`serve` is the reader thread's whole life. `finish` is called by the thread that has a request's result.

    `identity` are the fields that answer `ping`. With a `token`, the first request must be a `hello` that knows it.
    """

    def __init__(
        self,
        stream: Stream,
        slot: Slot,
        runner: Runner,
        identity: Dict[str, Any],
        token: Optional[str] = None,
    ) -> None:
        self._stream = stream
        self._slot = slot
        self._runner = runner
        self._identity = identity
        self._token = token
        self._lines = False
        self._outbox = Outbox(stream, slot, on_broken=stream.shut_down)
        self._parser: Union[FrameParser, LineParser, None] = None
        # By id, for cancel, until the result is there; and all of them, until the reply is on its way.
        self._by_id: Dict[RequestId, Request] = {}
        self._in_flight: Set[Request] = set()
        self._limit = MAX_FRAMES_IN_FLIGHT
        self._room = threading.Condition()
        self._reader_waits = False
        self._turns = Turns(self._start)
        self._noted_work = False

    def serve(self) -> None:
        """Reads until the client or the stream ends; then cancels what it still had in flight."""
        try:
            if self._decide_dialect():
                self._read()
                self._stay_for_replies()
        except OSError:
            pass
        finally:
            self._stream.shut_down()
            self._outbox.close()
            self._runner.abandon(list(self._in_flight))
            self._stream.close()

    def close_after_fork(self) -> None:
        self._stream.close_after_fork()

    def finish(self, request: Request, fields: Dict[str, Any], outputs: Optional[Outputs]) -> None:
        """Sends the reply of a request that ran."""
        self._reply(request, fields, outputs)
        if self._lines and request.id is None:
            self._turns.next()

    def _decide_dialect(self) -> bool:
        dialect, rest = self._slot.dialect, b""
        while dialect == UNDECIDED:
            chunk = self._stream.read()
            if not chunk:
                return False
            dialect, rest = detect(rest + chunk)
        self._lines = dialect != FRAMES
        if dialect not in (FRAMES, LINES):
            self._outbox.send(self._encode(None, wrong_dialect(rest).fields(), None))
            return False
        self._slot.dialect = dialect
        self._limit = MAX_LINES_IN_FLIGHT if self._lines else MAX_FRAMES_IN_FLIGHT
        self._parser = LineParser() if self._lines else FrameParser()
        if rest:
            self._slot.reading = True
            self._accept_all(self._parser.feed(rest))
        return not self._parser.broken

    def _read(self) -> None:
        parser, stream, slot = self._parser, self._stream, self._slot
        if parser is None:
            return
        while not parser.broken:
            space = parser.space()
            if space is not None:
                count = stream.receive_into(space)
                if not count:
                    return
                messages = parser.filled(count)
            else:
                chunk = stream.read()
                if not chunk:
                    return
                slot.reading = True
                messages = parser.feed(chunk)
            self._accept_all(messages)
            # What has been read belongs to the requests alone: a gigabyte must not live on until the next one comes.
            del messages, space

    def _accept_all(self, messages: List[Union[Message, Fault]]) -> None:
        """Starts them, as many at a time as there is room for.

        A request counts as in flight before it, or any other of its batch, is started: from then on a pool can answer
        for it, whatever the first one does to this process.
        """
        while True:
            room = self._wait_for_room() if messages else 0
            requests = [self._note(message) for message in messages[:room]]
            messages = messages[room:]
            if not messages and self._parser is not None and not self._parser.pending:
                self._slot.reading = False
            for request in requests:
                if self._lines:
                    self._turns.take(request)
                else:
                    self._start(request)
            if not messages:
                return

    def _stay_for_replies(self) -> None:
        """The client sends nothing more. If it still reads, it gets the replies it is waiting for."""
        if isinstance(self._parser, LineParser):
            self._accept_all(self._parser.finish())
        while self._in_flight or not self._outbox.idle:
            self._wait_a_little()

    def _wait_for_room(self) -> int:
        """How many requests may come in flight now; at least one."""
        while True:
            room = 0
            if self._outbox.waiting <= PAUSE_AT:
                room = self._limit - len(self._in_flight)
                if self._lines:
                    room = min(room, self._slot.journal_room)
            if room > 0:
                self._reader_waits = False
                return room
            self._wait_a_little()

    def _wait_a_little(self) -> None:
        with self._room:
            self._reader_waits = True
            self._room.wait(LOOK_EVERY)
        if not self._stream.peer_reads():
            raise ConnectionResetError

    def _note(self, message: Union[Message, Fault]) -> Request:
        request = self._request(message)
        self._in_flight.add(request)
        if self._lines:
            request.entry = self._slot.note(b"" if request.id is None else to_json(request.id))
        if not self._noted_work:
            self._noted_work = True
            self._slot.note_work()
        return request

    def _request(self, message: Union[Message, Fault]) -> Request:
        request = Request(self, None, "", {})
        try:
            if isinstance(message, Fault):
                request.id = message.request_id
                raise message
            request.attachments = message.attachments
            request.id = read_id(message.header, self._lines)
            request.command = read_command(message.header)
            request.payload = read_payload(message.header)
            if request.id is not None:
                if request.id in self._by_id:
                    raise bad_request(f"id {request.id!r} is in flight already")
                self._by_id[request.id] = request
            if self._token is not None:
                self._check_hello(request)
        except Fault as fault:
            request.fault = fault
        return request

    def _check_hello(self, request: Request) -> None:
        # Only Windows comes here, and the module takes its time to import.
        from hmac import compare_digest

        token = request.payload.get("token")
        known = self._token or ""
        # Once refused, always refused: what came along behind a wrong hello must not be run.
        self._token = ""
        if request.command != "hello" or type(token) is not str or not known:
            raise Fault("UNAUTHORIZED", "the first request must be a hello with the server's token")
        if not compare_digest(token.encode("utf-8", "replace"), known.encode()):
            raise Fault("UNAUTHORIZED", "this is not the server's token")
        self._token = None

    def _start(self, request: Request) -> bool:
        """Answers it, or hands it to the main thread. True if it has been answered."""
        command = request.command
        if request.state == DONE:
            # Cancelled, and answered, before its turn came.
            return True
        if request.fault is not None:
            self._reply(request, request.fault.fields())
            if request.fault.code == "UNAUTHORIZED":
                self._stream.shut_down()
        elif command in OPERATIONS:
            self._runner.submit(request)
            return False
        elif command in ("ping", "hello"):
            self._reply(request, self._identity)
        elif command == "cancel":
            self._reply(request, {"success": self._cancel(request)})
        else:
            known = ", ".join(["ping", *OPERATIONS, "cancel"])
            self._reply(request, bad_request(f"there is no command {command!r:.80}", hint=f"one of {known}").fields())
        return True

    def _cancel(self, asking: Request) -> bool:
        request_id = asking.payload.get("requestId")
        target = self._by_id.get(request_id) if type(request_id) in (int, str) else None
        if target is None or target is asking:
            return False
        was = self._runner.cancel(target)
        if was == WAITING:
            self._reply(target, Fault("CANCELLED", "the request was cancelled before it ran").fields())
        return was is not None

    def _reply(self, request: Request, fields: Dict[str, Any], outputs: Optional[Outputs] = None) -> None:
        # The id is free again before the client can see the reply.
        if self._by_id.get(request.id) is request:
            del self._by_id[request.id]
        buffers = self._encode(request.id, fields, outputs)
        self._outbox.send(buffers, request.entry, outputs is not None and outputs.borrowed)
        self._in_flight.discard(request)
        if self._reader_waits:
            with self._room:
                self._room.notify()

    def _encode(self, request_id: RequestId, fields: Dict[str, Any], outputs: Optional[Outputs]) -> List[Any]:
        document = fields if self._lines and request_id is None else with_id(request_id, fields)
        try:
            if self._lines:
                return [encode_line(document)]
            return encode_frame(document, outputs.items if outputs is not None else ())
        except Exception as error:
            print(f"beep: a reply could not be encoded: {error!r}", file=sys.__stderr__)
            fault = Fault("INTERNAL", f"the reply could not be encoded: {type(error).__name__}")
            return self._encode(request_id, fault.fields(), None)
