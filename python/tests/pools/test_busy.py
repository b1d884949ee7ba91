"""Many requests at once: turns between connections, a bounded queue, and what is answered all the same."""

from contextlib import contextmanager

import pytest
from pools.doors import client_of, front_before, missing
from pools.harness import FrameClient, LineClient, eventually, running_pool

LIMIT = 1000
# Names that a request outside of sessions leaves nowhere else.
NOTE = "import sys\nsys.__dict__.setdefault('ran', []).append({!r})"


@contextmanager
def busy(pool, tmp_path):
    """The main thread is busy until the block is over."""
    started, end = tmp_path / "started", tmp_path / "end"
    code = (
        f"import os, sys, time\nsys.ran = []\nopen({str(started)!r}, 'w').close()\n"
        f"while not os.path.exists({str(end)!r}): time.sleep(0.01)"
    )
    with pool.frames() as client:
        running = client.send("eval", expression=code)
        eventually(started.exists, "the code runs")
        try:
            yield
        finally:
            end.touch()
            client.replies(running)


def waiting(pool):
    with pool.frames() as client:
        return client.ask("metrics")["waiting"]


def fill(client, count):
    """Requests of one who wants to hear of it when there is no room; gives their ids."""
    assert client.ask("hello", refuse=True)["status"] == "ok"
    return [client.send("eval", expression="1") for _ in range(count)]


@pytest.mark.parametrize("kind", [FrameClient, LineClient])
def test_nobody_waits_for_the_many_requests_of_another(own_pool, tmp_path, kind):
    with own_pool.frames() as hog, kind(own_pool.path) as other:
        with busy(own_pool, tmp_path):
            sent = [hog.send("eval", expression=NOTE.format("hog")) for _ in range(400)]
            eventually(lambda: waiting(own_pool) == 400, "they wait")
            other.send("eval", expression=NOTE.format("other"), request_id="it")
            other.send("eval", expression=NOTE.format("other"), request_id="too")
            eventually(lambda: waiting(own_pool) == 402, "these too")
        hog.replies(*sent)
        for _ in range(2):
            other.receive()
        ran = hog.value("import sys\nsys.ran")
    assert len(ran) == 402
    assert [place for place, name in enumerate(ran) if name == "other"] == [1, 3]


def test_one_connection_alone_is_read_no_further_and_never_refused(own_pool, tmp_path):
    with own_pool.frames() as one, own_pool.frames() as other, own_pool.frames() as third:
        with busy(own_pool, tmp_path):
            # Two fill the queue, and stop there.
            sent = [one.send("eval", expression="1") for _ in range(LIMIT // 2)]
            eventually(lambda: waiting(own_pool) == LIMIT // 2, "half of it")
            beyond = one.send("eval", expression="1")
            others = [other.send("eval", expression="1") for _ in range(LIMIT // 2)]
            eventually(lambda: waiting(own_pool) == LIMIT, "all of it")
            # A third one still waits for one thing at a time.
            first, second = third.send("eval", expression="'mine'"), third.send("eval", expression="1")
            refused = third.receive()
            assert refused["id"] == second
            assert (refused["code"], refused["details"]) == ("BUSY", {"limit": LIMIT})
            assert third.ask("ping")["status"] == "ok"
        assert third.receive() == {"id": first, "value": "mine", "isHandle": False, "typeName": "str"}
        answers = {**one.replies(*sent, beyond), **other.replies(*others)}
        assert {reply.get("value") for key, reply in answers.items() if key != beyond} == {1}
        found = one.ask("metrics")
    assert found["waiting"] == 0
    assert found["errors"]["BUSY"] >= 1


def test_what_is_always_answered(own_pool, tmp_path):
    with own_pool.frames() as many:
        session = many.ask("session_open")["sessionId"]
        with busy(own_pool, tmp_path):
            sent = fill(many, LIMIT + 3)
            refused = [many.receive() for _ in range(3)]
            assert [reply["id"] for reply in refused] == sent[-3:]
            assert {reply["code"] for reply in refused} == {"BUSY"}
            assert "not begun" in refused[0]["hint"]
            assert many.ask("execute", code="1")["code"] == "BUSY"
            assert many.ask("eval", expression="1", sessionId=session)["code"] == "BUSY"
            assert many.ask("ping")["status"] == "ok"
            assert many.ask("session_heartbeat", sessionId=session)["sessionId"] == session
            # Refused, it is not counted in its session any more.
            assert many.ask("session_list")["sessions"][0]["requests"] == 0
            other = many.ask("session_open")["sessionId"]
            found = many.ask("metrics")
            assert (found["waiting"], found["errors"]) == (LIMIT, {"BUSY": 5})
            with own_pool.lines() as lines:
                # Who waits for nothing else is let in.
                lines.send("eval", expression="1")
                closed = many.send("session_close", sessionId=other)
                eventually(lambda: waiting(own_pool) == LIMIT + 2, "both wait")
                # A cancelled one makes room.
                for request in sent[:3]:
                    many.send("cancel", requestId=request)
                cancelled = many.replies(*sent[:3])
                assert [cancelled[one]["code"] for one in sent[:3]] == ["CANCELLED"] * 3
                eventually(lambda: waiting(own_pool) == LIMIT - 1, "there is room")
                fits = many.send("eval", expression="'fits'")
                eventually(lambda: waiting(own_pool) == LIMIT, "it waits")
        replies = many.replies(*sent[3:LIMIT], closed, fits)
    assert replies[closed] == {"id": closed, "success": True}
    assert replies[fits]["value"] == "fits"
    assert {replies[one]["value"] for one in sent[3:LIMIT]} == {1}


@pytest.mark.parametrize("door", ["http", "rpc"])
def test_at_the_doors_that_speak_for_many(own_pool, tmp_path, door):
    if missing(door):
        pytest.skip(missing(door))
    with front_before(own_pool, door) as ready, client_of(own_pool, door, ready) as client, own_pool.frames() as many:
        with busy(own_pool, tmp_path):
            sent = fill(many, LIMIT)
            eventually(lambda: waiting(own_pool) == LIMIT, "the queue is full")
            refused = client.ask("eval", expression="1")
            assert (refused["code"], refused["details"]) == ("BUSY", {"limit": LIMIT})
            assert client.execute("1").reply["code"] == "BUSY"
            assert client.ask("ping")["status"] == "ok"
        many.replies(*sent)
        assert client.value("1 + 1") == 2


def test_a_queue_of_the_users_own_length(python, tmp_path):
    with running_pool(python, settings={"queueLimit": 2}) as pool, pool.frames() as many, pool.lines() as lines:
        with busy(pool, tmp_path):
            waits, waits_too, refused = fill(many, 3)
            reply = many.receive()
            assert (reply["id"], reply["code"], reply["details"]) == (refused, "BUSY", {"limit": 2})
            lines.send("eval", expression="'one at a time'")
            found = eventually(lambda: (m := many.ask("metrics"))["waiting"] == 3 and m, "it is let in")
            assert found["queueLimit"] == 2
        assert lines.receive()["value"] == "one at a time"
        replies = many.replies(waits, waits_too)
        assert [replies[one]["value"] for one in (waits, waits_too)] == [1, 1]
        # In a process of its own, too.
        own = many.ask("session_open", ownProcess=True)
        with FrameClient(own["path"]) as inside:
            inside.ask("hello", refuse=True)
            # The code itself tells that it runs: what is still on its way there takes a place in the queue.
            started = tmp_path / "started inside"
            running = inside.send(
                "eval", expression=f"import time\nopen({str(started)!r}, 'w').close()\ntime.sleep(600)"
            )
            eventually(started.exists, "it runs")
            sent = [inside.send("eval", expression="1") for _ in range(3)]
            assert inside.receive()["code"] == "BUSY"
            for one in (*sent, running):
                inside.send("cancel", requestId=one)
            inside.replies(running, *sent[:2])


def test_what_a_connection_has_asked_for_outlives_the_worker(python, tmp_path):
    with running_pool(python, settings={"queueLimit": 2}) as pool, pool.frames() as many:
        many.ask("hello", refuse=True)
        many.send("eval", expression="__import__('os')._exit(3)")
        assert many.receive()["event"] == "worker.lost"
        assert many.ask("ping")["epoch"] == 2
        with busy(pool, tmp_path):
            sent = [many.send("eval", expression="1") for _ in range(3)]
            reply = many.receive()
            assert (reply["id"], reply["code"]) == (sent[-1], "BUSY")
        many.replies(*sent[:2])
