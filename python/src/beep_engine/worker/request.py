"""One request on its way through the worker."""

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from ..faults import Fault
from ..wire.requests import RequestId

if TYPE_CHECKING:
    from ..engine.sessions import Session
    from .caller import Caller
    from .connection import Connection
    from .lanes import Lane

WAITING = 0
RUNNING = 1
DONE = 2


class Request:
    """`fault` is set when it cannot be run at all. `state` and what follows belong to the Runner's lock."""

    __slots__ = (
        "arrived",
        "asked",
        "attachments",
        "caller",
        "cancelled",
        "command",
        "connection",
        "due",
        "ends",
        "entry",
        "fault",
        "id",
        "interrupted",
        "lane",
        "limit",
        "payload",
        "queued",
        "ran",
        "session",
        "signalled",
        "state",
        "timed_out",
        "watches",
    )

    def __init__(self, connection: "Connection", request_id: RequestId, command: str, payload: Dict[str, Any]) -> None:
        self.connection = connection
        self.id = request_id
        self.command = command
        self.payload = payload
        self.attachments: Optional[List[memoryview]] = None
        # In which it waits, if that is not its connection's.
        self.lane: Optional[Lane] = None
        # By the monotonic clock, in seconds; whether it has been handed to the main thread, and has come to run there.
        self.arrived = 0.0
        self.queued = False
        self.ran = False
        self.entry: Optional[int] = None
        self.fault: Optional[Fault] = None
        # Of an `execute`: who sees what it shows.
        self.caller: Optional[Caller] = None
        # In which it takes place, as long as it is counted there.
        self.session: Optional[Session] = None
        self.state = WAITING
        # Somebody wants it to end: whatever comes of it, the answer is that it was cancelled, or took too long.
        self.asked = False
        self.cancelled = False
        self.timed_out = False
        # A signal has been sent for that; the signal has raised KeyboardInterrupt in the user's code.
        self.signalled = False
        self.interrupted = False
        # Seconds that it may run. By the monotonic clock, when they are over, and when its process ends if it has not
        # ended before; what the pool must be told when it has.
        self.limit: Optional[float] = None
        self.ends: Optional[float] = None
        self.due: Optional[float] = None
        self.watches: Tuple[int, ...] = ()

    def ask(self) -> None:
        """Somebody wants it to end, perhaps once more. In this order: the main thread reads both without the lock, and
        whatever it has been told since must stand."""
        self.interrupted = False
        self.asked = True

    def end_unrun(self) -> None:
        """It will not run: what it brought along is not kept until its turn in the queue comes."""
        self.state = DONE
        self.payload = {}
        self.attachments = None
