"""Whose request runs next, and whose is refused."""

from types import SimpleNamespace

import pytest

from beep_engine.faults import Fault
from beep_engine.worker.lanes import CallerLanes, Lane, Lanes
from beep_engine.worker.request import Request


class Client:
    def __init__(self, lanes):
        self.lane = Lane()
        self._lanes = lanes
        self.sent = []

    def send(self, *names, command="eval"):
        for name in names:
            request = Request(self, name, command, {})
            self._lanes.put(request)
            self.sent.append(request)


@pytest.fixture
def lanes():
    return Lanes(4)


def taken(lanes, count):
    """The ids of the requests whose turn it is, in their order."""
    requests = (lanes.take(lanes.next_turn()) for _ in range(count))
    return [request and request.id for request in requests]


def test_connections_take_turns_and_each_keeps_its_order():
    lanes = Lanes(100)
    hog, other, third = (Client(lanes) for _ in range(3))
    hog.send(*[f"hog {number}" for number in range(5)])
    other.send("other 0", "other 1")
    assert taken(lanes, 2) == ["hog 0", "other 0"]
    third.send("third 0")
    assert taken(lanes, 6) == ["hog 1", "other 1", "third 0", "hog 2", "hog 3", "hog 4"]
    assert lanes.waiting == 0
    other.send("other 2")
    assert taken(lanes, 1) == ["other 2"]


def test_who_waits_for_nothing_may_always_wait(lanes):
    hog, other = Client(lanes), Client(lanes)
    hog.send(1, 2, 3, 4)
    with pytest.raises(Fault) as busy:
        hog.send(5)
    assert (busy.value.code, busy.value.details) == ("BUSY", {"limit": 4})
    other.send("mine")
    with pytest.raises(Fault):
        other.send("one more")
    # What makes room is let in.
    other.send("close", command="session_close")
    assert lanes.waiting == 6
    assert taken(lanes, 3) == [1, "mine", 2]
    other.send("now")
    assert lanes.waiting == 4


def test_a_connection_of_many_callers_has_no_such_right(lanes):
    hog, front = Client(lanes), Client(lanes)
    front.lane.refusable = True
    hog.send(1, 2, 3, 4)
    with pytest.raises(Fault):
        front.send("a caller's")
    assert taken(lanes, 1) == [1]
    front.send("a caller's")


def test_callers_of_one_connection_take_turns_too():
    lanes = Lanes(100)
    front, callers = Client(lanes), CallerLanes()
    for number, caller in enumerate((1, 1, 1, 2, None, 2)):
        request = Request(front, f"{caller} {number}", "eval", {})
        request.lane = callers.of(caller)
        lanes.put(request)
    assert taken(lanes, 6) == ["1 0", "2 3", "None 4", "1 1", "2 5", "1 2"]
    assert callers.of(1) is callers.of(1) is not callers.of(2)
    assert [callers.of(wrong) for wrong in (None, "1", 1.0, True)] == [None] * 4


def test_callers_that_wait_for_nothing_are_forgotten(lanes):
    callers = CallerLanes()
    waits = callers.of(0)
    waits.requests.append("something")
    quiet = callers.of(1)
    for number in range(2, 5000):
        callers.of(number)
    assert callers.of(0) is waits
    assert callers.of(1) is not quiet
    assert len(callers._lanes) <= 1001


def test_what_is_dropped_makes_room_at_once(lanes):
    client, other = Client(lanes), Client(lanes)
    client.send(1, 2, 3)
    other.send("other")
    dropped = [client.sent[0], client.sent[2], other.sent[0]]
    for request in dropped:
        request.end_unrun()
    lanes.drop(dropped)
    assert lanes.waiting == 1
    client.send(4, 5, 6)
    # The turn of the other one comes, and there is nothing in it.
    assert taken(lanes, 5) == [2, None, 4, 5, 6]
    other.send("again")
    assert taken(lanes, 1) == ["again"]


def test_the_end_comes_after_the_turns_before_it(lanes):
    client = Client(lanes)
    client.send(1)
    lanes.end()
    assert lanes.next_turn() is client.lane
    assert lanes.next_turn() is None


def test_nothing_is_asked_of_a_connection_but_its_lane(lanes):
    lanes.put(Request(SimpleNamespace(lane=Lane()), 1, "eval", {}))
    assert taken(lanes, 1) == [1]
