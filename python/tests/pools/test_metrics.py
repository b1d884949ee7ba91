"""`metrics`: what a server has done and has in hand."""

import os

import pytest
from pools.harness import eventually, is_alive

from beep_engine.counters import BOUNDS


def metrics(pool):
    with pool.frames() as client:
        return client.ask("metrics")


def test_counts_what_runs_and_what_is_refused(own_pool):
    with own_pool.frames() as frames, own_pool.lines() as lines:
        assert frames.ask("metrics")["requests"] == 0
        for client in (frames, lines):
            client.value("1")
            client.eval("1/0")
            client.ask("nonsense")
            client.ask("eval", sessionId="s0-0", expression="1")
            # Answered at any time, and not counted.
            client.ask("ping")
            client.ask("cancel", requestId=12345)
            client.ask("session_list")
        frames.execute("print(1)")
        found = lines.ask("metrics")
    assert found["errors"] == {"PYTHON_ERROR": 2, "BAD_REQUEST": 2, "SESSION_NOT_FOUND": 2}
    assert found["requests"] == 9
    latency = found["latency"]
    assert latency["bounds"] == list(BOUNDS)
    assert len(latency["counts"]) == len(BOUNDS) + 1
    assert sum(latency["counts"]) == 5
    assert 0 < latency["totalSeconds"] < 60
    assert (found["running"], found["waiting"], found["workers"], found["workersLost"]) == (0, 0, 1, 0)
    assert found["connections"] == 2


def test_either_dialect_is_told_the_same(dialect):
    known = {"startedAt", "requests", "errors", "latency", "running", "waiting", "queueLimit", "connections"}
    assert set(dialect.ask("metrics")) == known | {"workers", "workersLost", "sessions", "handles", "processes"}


def test_is_answered_while_code_runs_and_others_wait(own_pool, tmp_path):
    started = tmp_path / "started"
    with own_pool.frames() as busy:
        running = busy.send("eval", expression=f"open({str(started)!r}, 'w').close()\nimport time\ntime.sleep(600)")
        waiting = [busy.send("eval", expression="1") for _ in range(3)]
        eventually(started.exists, "the code runs")
        found = eventually(lambda: (m := metrics(own_pool))["waiting"] == 3 and m, "the others wait")
        assert (found["running"], found["requests"]) == (1, 0)
        busy.send("cancel", requestId=waiting[0])
        busy.send("cancel", requestId=running)
        replies = busy.replies(running, *waiting)
    assert [replies[one].get("code") for one in (running, *waiting)] == ["CANCELLED", "CANCELLED", None, None]
    found = metrics(own_pool)
    assert (found["running"], found["waiting"], found["requests"]) == (0, 0, 4)
    assert found["errors"] == {"CANCELLED": 2}
    # One of them has never run.
    assert sum(found["latency"]["counts"]) == 3


def test_nothing_stays_in_hand_of_a_client_that_went_away(own_pool, tmp_path):
    started = tmp_path / "started"
    with own_pool.frames() as frames, own_pool.lines() as lines:
        frames.send("eval", expression=f"open({str(started)!r}, 'w').close()\nimport time\ntime.sleep(600)")
        eventually(started.exists, "the code runs")
        frames.send("eval", expression="1")
        # The second waits for its turn only, and has never been handed to the main thread.
        lines.send("eval", expression="1")
        lines.send("eval", expression="1")
        eventually(lambda: metrics(own_pool)["waiting"] == 2, "they wait")
    eventually(lambda: metrics(own_pool)["connections"] == 1, "they are gone")
    found = eventually(lambda: (m := metrics(own_pool))["running"] == 0 and m, "nothing runs")
    assert found["waiting"] == 0


def test_counts_outlive_a_worker_and_so_does_what_it_had_in_hand(own_pool):
    with own_pool.frames() as client:
        client.value("1")
        client.ask("wrap", value=1)
        for expression in ("__import__('os')._exit(3)", "1", "2"):
            client.send("eval", expression=expression)
        assert client.receive()["event"] == "worker.lost"
        asked = client.send("metrics")
        found = client.replies(asked)[asked]
    # How many of the three the worker had read is a matter of luck; the rest runs in the next one.
    assert 1 <= found["errors"].pop("WORKER_LOST") <= 3
    assert found["errors"] == {}
    assert 3 <= found["requests"] <= 5
    assert (found["workers"], found["workersLost"], found["handles"]) == (1, 1, 0)


def test_sessions_handles_and_processes(own_pool):
    with own_pool.frames() as client:
        client.ask("wrap", value=1)
        shared = client.ask("session_open")["sessionId"]
        client.ask("wrap", value=1, sessionId=shared)
        own = client.ask("session_open", ownProcess=True)
        with type(client)(own["path"]) as inside:
            assert inside.ask("metrics")["code"] == "BAD_REQUEST"
            inside.ask("wrap", value=1)
            inside.value("1")
            found = client.ask("metrics")
            assert (found["sessions"], found["handles"]) == (2, 3)
            # Two wraps outside, and two requests and a refusal inside.
            assert found["requests"] == 5
            assert found["connections"] == 2
        roles = {one["role"]: one for one in found["processes"]}
        assert roles["pool"]["pid"] == own_pool.process.pid
        assert roles["worker"]["pid"] == client.ask("ping")["pid"]
        assert (roles["session"]["pid"], roles["session"]["sessionId"]) == (own["pid"], own["sessionId"])
        for one in found["processes"]:
            assert one["memoryBytes"] > 1_000_000
            assert one["cpuSeconds"] >= 0
        client.ask("session_close", sessionId=own["sessionId"])
        client.ask("session_close", sessionId=shared)
        eventually(lambda: not is_alive(own["pid"]), "its process is gone")
        found = client.ask("metrics")
    # What an ended session has done still counts; closing the shared one is a request, too.
    assert (found["sessions"], found["handles"], found["requests"]) == (0, 1, 6)
    assert [one["role"] for one in found["processes"]] == ["pool", "worker"]


def test_processor_time_is_that_of_the_code(own_pool):
    with own_pool.frames() as client:

        def used():
            return {one["pid"]: one["cpuSeconds"] for one in client.ask("metrics")["processes"]}

        worker = client.ask("ping")["pid"]
        before = used()
        assert set(before) == {worker, own_pool.process.pid}
        client.value("import time\nend = time.process_time() + 0.1\nwhile time.process_time() < end: pass")
        assert used()[worker] - before[worker] == pytest.approx(0.1, abs=0.09)


def test_a_fork_of_the_code_counts_nothing(own_pool):
    with own_pool.frames() as client:
        assert client.value("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\npid > 0") is True
        assert client.ask("metrics")["requests"] == 1
    assert os.path.exists(own_pool.path)
