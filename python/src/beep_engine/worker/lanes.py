"""Requests that wait for the main thread: a lane for each connection, and the lanes take turns.

So a thousand requests of one client keep another one waiting no longer than one request does.
"""

from _queue import SimpleQueue
from collections import deque
from typing import Any, Deque, Dict, Iterable, Optional, Union

from ..faults import Fault
from .delivery import Bell
from .request import WAITING, Request
from .watch import Watch

# These make room, or keep what a client has: they are never refused.
_ALWAYS = frozenset(("session_close", "session_reset"))

# Callers of one connection that are remembered although they wait for nothing.
_MOST_CALLERS = 1000

# Seconds for which a reader lets the main thread work off what it has read, before it reads on.
_PAUSE = 0.001


class Lane:
    """`refusable`: the connection speaks for many, who want to be told at once when there is no room. On any other,
    whoever waits for nothing else may always wait."""

    __slots__ = ("has_turn", "refusable", "requests", "watched", "worked_off")

    def __init__(self) -> None:
        self.requests: Deque[Request] = deque()
        self.refusable = False
        # A turn of it is to come.
        self.has_turn = False
        # Its reader waits until its last request has its turn.
        self.watched = False
        self.worked_off = Bell()

    def pause_reader(self) -> None:
        """By the reader, before it reads on. While several of its requests wait, their replies bring more of them: to
        read each by itself would take the interpreter from the main thread each time, and that costs the most."""
        if len(self.requests) > 1:
            self.watched = True
            # Looked at once more: the main thread may have taken the last one before it could see the flag.
            if self.requests:
                self.worked_off.wait(_PAUSE)
            self.watched = False


class CallerLanes:
    """Those of one connection that speaks for many; each request names its caller by a number. For whoever reads it."""

    def __init__(self) -> None:
        self._lanes: Dict[int, Lane] = {}

    def of(self, caller: Any) -> Optional[Lane]:
        if type(caller) is not int:
            return None
        lane = self._lanes.get(caller)
        if lane is None:
            if len(self._lanes) >= _MOST_CALLERS:
                self._lanes = {number: lane for number, lane in self._lanes.items() if lane.requests}
            lane = self._lanes[caller] = Lane()
            lane.refusable = True
        return lane


class Lanes:
    """All but `next_turn` and `wake` under the lock of requests' states."""

    def __init__(self, limit: int, watch: Optional[Watch] = None) -> None:
        self.limit = limit
        self.waiting = 0
        self._turns: Union[SimpleQueue[Optional[Lane]], Watch] = watch or SimpleQueue()

    def put(self, request: Request) -> None:
        """Raises a BUSY fault when there is no room for it."""
        lane = _lane_of(request)
        if self.waiting >= self.limit and (lane.requests or lane.refusable) and request.command not in _ALWAYS:
            raise Fault(
                "BUSY",
                f"{self.waiting} requests wait for this server already",
                hint="try again in a moment, with fewer requests at once; this one was not begun",
                details={"limit": self.limit},
            )
        lane.requests.append(request)
        self.waiting += 1
        if not lane.has_turn:
            lane.has_turn = True
            self._turns.put(lane)

    def next_turn(self) -> Optional[Lane]:
        """Waits for it; None after `end`. Only the main thread calls this."""
        lane: Optional[Lane] = self._turns.get()
        return lane

    def wake(self) -> None:
        """A turn of nobody's. From any thread, without the lock."""
        self._turns.put(Lane())

    def take(self, lane: Lane) -> Optional[Request]:
        """The request whose turn it is; None if it has been dropped meanwhile."""
        request = lane.requests.popleft() if lane.requests else None
        if request is not None:
            self.waiting -= 1
        lane.has_turn = bool(lane.requests)
        if lane.has_turn:
            self._turns.put(lane)
        elif lane.watched:
            lane.worked_off.ring()
        return request

    def drop(self, requests: Iterable[Request]) -> None:
        """They wait no more: their state says so."""
        for lane in set(map(_lane_of, requests)):
            before = len(lane.requests)
            lane.requests = deque(request for request in lane.requests if request.state == WAITING)
            self.waiting -= before - len(lane.requests)

    def end(self) -> None:
        self._turns.put(None)


def _lane_of(request: Request) -> Lane:
    lane: Lane = request.lane or request.connection.lane
    return lane
