"""Requests that wait for the main thread: a lane for each connection, and the lanes take turns.

So a thousand requests of one client keep another one waiting no longer than one request does.
"""

import queue
from collections import deque
from typing import Deque, Iterable, Optional, Set

from ..faults import Fault
from .request import WAITING, Request

# These make room, or keep what a client has: they are never refused.
_ALWAYS = frozenset(("session_close", "session_reset"))


class Lane:
    """`refusable`: the connection speaks for many, who want to be told at once when there is no room. On any other,
    whoever waits for nothing else may always wait."""

    __slots__ = ("has_turn", "refusable", "requests")

    def __init__(self) -> None:
        self.requests: Deque[Request] = deque()
        self.refusable = False
        # A turn of it is to come.
        self.has_turn = False


class Lanes:
    """All but `next_turn` under the lock of requests' states."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.waiting = 0
        self._turns: queue.SimpleQueue[Optional[Lane]] = queue.SimpleQueue()

    def put(self, request: Request) -> None:
        """Raises a BUSY fault when there is no room for it."""
        lane: Lane = request.connection.lane
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
        return self._turns.get()

    def take(self, lane: Lane) -> Optional[Request]:
        """The request whose turn it is; None if it has been dropped meanwhile."""
        request = lane.requests.popleft() if lane.requests else None
        if request is not None:
            self.waiting -= 1
        lane.has_turn = bool(lane.requests)
        if lane.has_turn:
            self._turns.put(lane)
        return request

    def drop(self, requests: Iterable[Request]) -> None:
        """They wait no more: their state says so."""
        lanes: Set[Lane] = {request.connection.lane for request in requests}
        for lane in lanes:
            before = len(lane.requests)
            lane.requests = deque(request for request in lane.requests if request.state == WAITING)
            self.waiting -= before - len(lane.requests)

    def end(self) -> None:
        self._turns.put(None)
