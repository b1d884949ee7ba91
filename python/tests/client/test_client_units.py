"""What a client decides without a server."""

import base64
import queue
import threading

import pytest
from client.scripted import DEADLINE

from beep_client import Client, ServerError
from beep_client._doors import Reply
from beep_client._handles import from_wire, to_wire
from beep_client._worker_wish import WorkerWish, worker_of


class TalkingDoor:
    """Tells one event of each call."""

    def ask(self, command, payload, on_event):
        if on_event is not None:
            on_event({"event": "output"})
        return Reply({"value": 42}, [])

    def close(self):
        pass


def test_a_callback_that_asks_its_own_client_is_told_so():
    outcome = queue.Queue()
    client = Client(TalkingDoor())

    def run():
        try:
            outcome.put(client.execute("1", on_event=lambda _: client.evaluate("2")))
        except ServerError as error:
            outcome.put(error)

    threading.Thread(target=run, daemon=True).start()
    error = outcome.get(timeout=DEADLINE)
    assert str(error).startswith("a callback of a call cannot make another call with the same client (BAD_REQUEST).")
    assert error.hint == "Use a second client."
    assert client.evaluate("1") == 42
    assert client.execute("1", on_event=lambda _: Client(TalkingDoor()).evaluate("2")) == 42


def test_ids_of_several_workers_say_whose_they_are():
    assert [worker_of(one) for one in ("h2.1-5", "s64.12-1", "h12.3-4")] == [2, 64, 12]
    for id in ("h1-5", "s1-1", "p12-1", "hp12-1-3", "h0.1-1", "h100.1-1", "x2.1-1", "h2.1", None, 7):
        assert worker_of(id) is None


def test_a_client_wishes_for_the_worker_that_it_met_and_then_for_the_one_that_has_its_objects():
    wish = WorkerWish()
    assert wish.of("wrap", {}) is None
    wish.heard({}, {"sessionId": "s2.1-1"})
    wish.heard({"sessionId": "s3.1-1"}, {"handleId": "h3.1-1"})
    assert [wish.of(command, {}) for command in ("import", "create", "wrap", "eval")] == [2, 2, 2, None]
    wish.heard({}, {"handleId": "h1.1-1"})
    wish.heard({}, {"handleId": "h2.1-1"})
    assert [wish.of(command, {}) for command in ("wrap", "eval", "execute")] == [1, 1, 1]
    assert wish.of("wrap", {"sessionId": "s2.1-1"}) is None


def test_arrays_travel_little_endian_and_say_so():
    numpy = pytest.importorskip("numpy")
    form = to_wire(numpy.array([[1.5, 2.0]], ">f8"))
    little = numpy.array([1.5, 2.0], "<f8").tobytes()
    assert form == {
        "$type": "array",
        "base64": base64.b64encode(little).decode(),
        "dtype": "float64",
        "shape": [1, 2],
    }
    assert from_wire(form, None).tolist() == [[1.5, 2.0]]
    assert to_wire(numpy.array(["2026-01-02"], ">M8[s]"))["dtype"] == "datetime64[s]"
    with pytest.raises(TypeError, match="array of object cannot be sent"):
        to_wire(numpy.array([{}]))
