"""The requests of one connection that are under way, and the room for more of them."""

import sys
import threading
from typing import Dict, List, Optional, Set

from ..faults import bad_request
from ..slots import Slot
from ..wire.limits import MAX_FRAMES_IN_FLIGHT, MAX_LINES_IN_FLIGHT
from ..wire.requests import RequestId
from .intake import Intake
from .lanes import Lane
from .outbox import PAUSE_AT, Outbox
from .request import Request
from .stream import Stream

# Seconds between two looks whether a client that sends nothing more is still there for its replies.
LOOK_EVERY = 0.05


class InFlight:
    """What waits is for the reader thread; it raises ConnectionResetError when the client is gone. `queue`: how many
    requests may wait for the main thread, of all connections."""

    def __init__(self, stream: Stream, slot: Slot, intake: Intake, outbox: Outbox, lane: Lane, queue: int) -> None:
        self._stream = stream
        self._slot = slot
        self._intake = intake
        self._outbox = outbox
        self._lane = lane
        # One connection alone fills no more than half of the queue: it is read no further, and never BUSY.
        self._most = max(1, min(MAX_FRAMES_IN_FLIGHT, queue // 2))
        # By id, for cancel, until the result is there; and all of them, until the reply is on its way.
        self._by_id: Dict[RequestId, Request] = {}
        self._all: Set[Request] = set()
        self._less = threading.Condition()
        self._reader_waits = False
        # A line without an id is in flight: the next one is not read before its reply is out.
        self._line_is_out = False

    def all(self) -> List[Request]:
        return list(self._all)

    def named(self, request_id: RequestId) -> Optional[Request]:
        return self._by_id.get(request_id)

    def claim_id(self, request: Request) -> None:
        """Raises Fault when another has it."""
        if request.id in self._by_id:
            raise bad_request(f"id {request.id!r} is in flight already")
        self._by_id[request.id] = request

    def free_id(self, request: Request) -> None:
        if self._by_id.get(request.id) is request:
            del self._by_id[request.id]

    def add(self, request: Request) -> None:
        self._all.add(request)
        if self._intake.lines and request.id is None:
            self._line_is_out = True

    def remove(self, request: Request) -> None:
        self._all.discard(request)
        if request.id is None:
            self._line_is_out = False
        if self._reader_waits:
            with self._less:
                self._less.notify()

    @property
    def room(self) -> int:
        """How many more may come now."""
        if self._outbox.waiting > PAUSE_AT:
            return 0
        if self._intake.lines:
            return min(self._most_now, MAX_LINES_IN_FLIGHT, self._slot.journal_room + len(self._all)) - len(self._all)
        return self._most_now - len(self._all)

    def wait_for_room(self) -> int:
        """At least one."""
        while True:
            room = self.room
            if room > 0:
                self._reader_waits = False
                return room
            self._wait()

    def wait_for_line(self) -> None:
        while self._line_is_out:
            with self._less:
                self._reader_waits = True
                # Looked at once more: a reply that went out before the flag was set has told nobody.
                if self._line_is_out:
                    self._less.wait(LOOK_EVERY)
                self._reader_waits = False
            self._look()

    def wait_for_all(self) -> None:
        """Until each has its reply, and all of it is on its way."""
        while self._all or not self._outbox.idle:
            self._wait()

    @property
    def _most_now(self) -> int:
        return sys.maxsize if self._lane.refusable else self._most

    def _wait(self) -> None:
        with self._less:
            self._reader_waits = True
            self._less.wait(LOOK_EVERY)
        self._look()

    def _look(self) -> None:
        if not self._stream.peer_reads():
            raise ConnectionResetError
