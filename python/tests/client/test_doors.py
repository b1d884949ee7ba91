"""What a client does when its connection ends, or says what nobody has asked: before servers that follow a script."""

import os
import threading

import pytest
from client.scripted import DEADLINE, frame, http_reply, next_frame, next_request, serving
from pools.harness import temporary_folder

from beep_client import Client, ServerError
from beep_client._doors import peeked
from beep_client._http_door import HttpDoor
from beep_client._pipe_door import PipeDoor

NOTICE = {"id": None, "event": "worker.lost", "error": "gone", "code": "WORKER_LOST", "message": "gone"}
HANDLE = {"isHandle": True, "handleId": "h2.1-5", "typeName": "list"}


@pytest.fixture
def path():
    with temporary_folder() as folder:
        yield os.path.join(folder, "x.sock")


def answers(value, *more, ended=None):
    """A connection over which one request gets that value, with what else comes behind it."""

    def script(connection):
        reply = frame(id=next_frame(connection)["id"], value=value)
        connection.sendall(reply + b"".join(more))
        if ended is not None:
            connection.close()
            ended.set()

    return script


def test_a_notice_that_came_between_two_calls_is_none_of_the_next(path):
    with serving(path, answers(1, frame(**NOTICE)), answers(2)), Client(PipeDoor(path, None)) as client:
        assert [client.evaluate("1"), client.evaluate("2")] == [1, 2]


def test_a_pipe_that_ended_between_two_calls_is_opened_anew(path):
    ended = threading.Event()
    with serving(path, answers(1, ended=ended), answers(2)), Client(PipeDoor(path, None)) as client:
        assert client.evaluate("1") == 1
        assert ended.wait(DEADLINE)
        assert client.evaluate("2") == 2


def test_a_call_that_its_worker_took_along_is_cancelled_with_the_next_one(path):
    asked = []

    def loses(connection):
        asked.append(next_frame(connection))
        connection.sendall(frame(**NOTICE))
        asked.append(next_frame(connection))
        try:
            connection.sendall(frame(id=asked[0]["id"], value="late"))
        except OSError:
            pass

    with serving(path, loses, answers(2)), Client(PipeDoor(path, None)) as client:
        with pytest.raises(ServerError, match="WORKER_LOST"):
            client.evaluate("1")
        assert client.evaluate("2") == 2
    call, cancel = asked
    assert (cancel["command"], cancel["payload"]) == ("cancel", {"requestId": call["id"]})
    assert cancel["id"] != call["id"]


def test_half_a_reply_is_a_lost_connection(path):
    def breaks(connection):
        next_frame(connection)
        connection.sendall(frame(id=1, value=1)[:-1])

    with serving(path, breaks, answers(2)), Client(PipeDoor(path, None)) as client:
        with pytest.raises(ServerError, match="CONNECTION_LOST"):
            client.evaluate("1")
        assert client.evaluate("2") == 2


def test_a_refused_greeting_says_why(path):
    def refuses(connection):
        connection.sendall(frame(id=next_frame(connection)["id"], error="no", code="UNAUTHORIZED", message="no"))

    with (
        serving(path, refuses),
        Client(PipeDoor(path, "old")) as client,
        pytest.raises(ServerError, match="UNAUTHORIZED"),
    ):
        client.evaluate("1")


def test_a_pipe_is_opened_anew_where_the_objects_are(path):
    ended = threading.Event()

    def gives_handle(connection):
        connection.sendall(frame(id=next_frame(connection)["id"], **HANDLE))
        connection.close()
        ended.set()

    with (
        serving(path, gives_handle, answers("anywhere")),
        serving(f"{path}.w2", answers("there", ended=threading.Event())),
        Client(PipeDoor(path, None)) as client,
    ):
        assert client.evaluate("[]").id == "h2.1-5"
        assert ended.wait(DEADLINE)
        assert client.evaluate("1") == "there"
        client.close()
        os.unlink(f"{path}.w2")
        assert client.evaluate("1") == "anywhere"


def test_http_that_ended_between_two_calls_is_connected_anew():
    ended = threading.Event()

    def once(connection):
        next_request(connection)
        connection.sendall(http_reply({"value": 1}))
        connection.close()
        ended.set()

    def again(connection):
        next_request(connection)
        connection.sendall(http_reply({"value": 2}))

    with serving(("127.0.0.1", 0), once, again) as (host, port), Client(HttpDoor(f"http://{host}:{port}", None)) as one:
        assert one.evaluate("1") == 1
        assert ended.wait(DEADLINE)
        assert one.evaluate("2") == 2


def test_over_http_the_worker_that_has_an_object_is_wished_for():
    wishes = []

    def tells(connection):
        for reply in ({"worker": 1}, {"value": 1}, HANDLE, HANDLE, {"value": 1}, {"value": 1}):
            wishes.append(next_request(connection).get("x-beep-worker"))
            connection.sendall(http_reply(reply))

    with serving(("127.0.0.1", 0), tells) as (host, port), Client(HttpDoor(f"http://{host}:{port}", None)) as client:
        client.ask("ping", {})
        client.evaluate("1")
        client.wrap([])
        client.wrap([])
        client.evaluate("1")
        client.ask("eval", {"expression": "1", "sessionId": "s1.1-1"})
    assert wishes == [None, None, "1", "2", "2", None]


def test_events_without_a_reply_are_a_lost_connection():
    def breaks(connection):
        next_request(connection)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
        connection.sendall(head + b'{"event":"output","stream":"stdout","text":"on my way"}\n')

    heard = []
    with (
        serving(("127.0.0.1", 0), breaks) as (host, port),
        Client(HttpDoor(f"http://{host}:{port}", None)) as client,
        pytest.raises(ServerError, match="CONNECTION_LOST"),
    ):
        client.execute("1", on_event=heard.append)
    assert [event.kind for event in heard] == ["output"]


def test_a_pipe_of_windows_is_asked_what_it_holds():
    def ended(*_):
        raise BrokenPipeError

    assert [peeked(peek, 7) for peek in (lambda *_: (0, 0), lambda *_: (12, 0), ended)] == [False, True, True]
