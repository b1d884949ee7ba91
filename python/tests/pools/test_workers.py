"""A server with two workers: who gets a connection, what runs beside what, and what a death costs."""

import os
import signal

import pytest
from pools.harness import FrameClient, at_end, eventually, running_pool

# Says that it is there, and goes on when the other one has said so too.
MEET = """
import os, time
open({mine!r}, "w").close()
spins = 0
while not os.path.exists({other!r}):
    spins += 1
os.getpid()
"""


@pytest.fixture(scope="module")
def pair(python):
    """A pool of two that the tests of a module share."""
    with running_pool(python, settings={"workers": 2}) as pool:
        yield pool


@pytest.fixture
def own_pair(python):
    """One that a test may break."""
    with running_pool(python, settings={"workers": 2}) as pool:
        yield pool


def worker(pool, number):
    """A client of this worker."""
    return FrameClient(f"{pool.path}.w{number}")


def settle(pool):
    """Waits until the connections of earlier tests are gone: they count where a new one is to go."""
    with worker(pool, 1) as client:
        eventually(lambda: client.ask("metrics")["connections"] == 1, "nobody else is there")


def test_the_ready_line_and_ping_tell_of_them(pair):
    pids = [entry["pid"] for entry in pair.ready["workers"]]
    assert pair.ready["worker"]["pid"] == pids[0]
    for number in (1, 2):
        with worker(pair, number) as client:
            pong = client.ask("ping")
            assert (pong["worker"], pong["workers"], pong["pid"]) == (number, 2, pids[number - 1])
            assert pong["siblings"] == [f"{pair.path}.w1", f"{pair.path}.w2"]
            assert client.ask("hello")["worker"] == number


def test_one_worker_alone_says_nothing_of_that(pool):
    with pool.frames() as client:
        assert set(client.ask("ping")) == {"status", "protocol", "pid", "python", "epoch"}
        assert client.eval("object()")["handleId"].startswith("h1-")
    assert "workers" not in pool.ready
    assert not os.path.exists(f"{pool.path}.w1")


def test_code_of_two_connections_runs_at_the_same_time(pair, tmp_path):
    """Both compute, and each ends only once the other has begun: one after the other, they never would."""
    names = [str(tmp_path / name) for name in ("one", "two")]
    settle(pair)
    with pair.frames() as one:
        first = one.send("eval", expression=MEET.format(mine=names[0], other=names[1]))
        eventually(lambda: os.path.exists(names[0]), "the first one computes")
        with pair.frames() as two:
            second = two.send("eval", expression=MEET.format(mine=names[1], other=names[0]))
            pids = {one.replies(first)[first]["value"], two.replies(second)[second]["value"]}
    assert pids == {entry["pid"] for entry in pair.ready["workers"]}


def test_a_connection_goes_where_the_least_is_to_do(pair, tmp_path):
    end = tmp_path / "end"
    settle(pair)
    with pair.frames() as busy:
        mine = busy.ask("ping")["worker"]
        code = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.005)"
        running = [busy.send("eval", expression=code) for _ in range(3)]
        with worker(pair, mine) as look:
            eventually(lambda: look.ask("metrics")["waiting"] == 2, "they wait")
        others = [pair.frames() for _ in range(3)]
        try:
            assert {client.ask("ping")["worker"] for client in others} == {3 - mine}
        finally:
            end.touch()
            for client in others:
                client.sock.close()
        busy.replies(*running)


@pytest.mark.parametrize("kind", ["frames", "lines"])
def test_ids_of_another_worker_name_it(pair, kind):
    with worker(pair, 1) as one, getattr(pair, kind)() as client:
        other = one if client.ask("ping")["worker"] == 2 else worker(pair, 2)
        number = other.ask("ping")["worker"]
        handle = other.eval("object()")["handleId"]
        session = other.ask("session_open")["sessionId"]
        assert handle.startswith(f"h{number}.1-")
        assert session.startswith(f"s{number}.1-")
        asked = [
            client.ask("getattr", handleId=handle, attributeName="x"),
            client.ask("eval", expression="x", locals={"x": [{"handleId": handle}]}),
            client.ask("dispose", handleId=handle),
            client.ask("eval", expression="1", sessionId=session),
            client.ask("session_heartbeat", sessionId=session),
            client.ask("session_reset", sessionId=session),
            client.ask("session_close", sessionId=session),
            client.ask("interrupt", sessionId=session),
        ]
        for fault in asked:
            assert fault["code"] == "WRONG_WORKER"
            assert fault["details"] == {"worker": number, "path": f"{pair.path}.w{number}"}
        # Where they belong they are as they were.
        assert other.value("x is not None", x={"handleId": handle}) is True
        assert other.ask("dispose", handleId=handle) == {"success": True}
        assert other.ask("session_close", sessionId=session) == {"success": True}
        if other is not one:
            other.sock.close()


def test_an_id_of_nobody_is_not_found(pair):
    with pair.frames() as client:
        mine = client.ask("ping")["worker"]
        for unknown in (f"h{mine}.9-1", "h3.1-1", "h1-1", "nonsense"):
            assert client.ask("getattr", handleId=unknown, attributeName="x")["code"] == "HANDLE_NOT_FOUND"
            assert client.ask("dispose", handleId=unknown) == {"success": True}
        assert client.ask("session_heartbeat", sessionId="s3.1-1")["code"] == "SESSION_NOT_FOUND"
        assert client.ask("session_close", sessionId="s3.1-1") == {"success": False}


def test_sessions_and_metrics_are_those_of_the_server(own_pair):
    with worker(own_pair, 1) as one, worker(own_pair, 2) as two:
        opened = {client.ask("session_open", name=name)["sessionId"] for name, client in (("a", one), ("b", two))}
        apart = two.ask("session_open", ownProcess=True)
        kept = [one.eval("object()"), two.eval("object()"), two.eval("object()")]
        two.eval("1/0")
        for client in (one, two):
            listed = client.ask("session_list")["sessions"]
            assert {session["sessionId"] for session in listed} == opened | {apart["sessionId"]}
            found = client.ask("metrics")
            assert (found["workers"], found["sessions"], found["handles"]) == (2, 3, len(kept))
            assert (found["requests"], found["errors"], found["queueLimit"]) == (4, {"PYTHON_ERROR": 1}, 1000)
            each = {
                entry["worker"]: (entry["requests"], entry["failed"], entry["sessions"], entry["handles"])
                for entry in found["eachWorker"]
            }
            assert each == {1: (1, 0, 1, 1), 2: (3, 1, 1, 2)}
            assert [entry["pid"] for entry in found["eachWorker"]] == [
                entry["pid"] for entry in own_pair.ready["workers"]
            ]
            processes = [(entry["role"], entry.get("worker")) for entry in found["processes"]]
            assert processes == [("pool", None), ("worker", 1), ("worker", 2), ("session", None)]
        # A session with a process of its own belongs to no worker: any of them knows it.
        for client in (one, two):
            assert client.ask("session_heartbeat", sessionId=apart["sessionId"])["path"] == apart["path"]
        assert one.ask("session_close", sessionId=apart["sessionId"]) == {"success": True}


def test_a_worker_that_hears_nothing_is_not_waited_for_long(own_pair):
    with worker(own_pair, 1) as one, worker(own_pair, 2) as two:
        session = two.ask("session_open")["sessionId"]
        assert [each["sessionId"] for each in one.ask("session_list")["sessions"]] == [session]
        os.kill(own_pair.ready["workers"][1]["pid"], signal.SIGSTOP)
        try:
            # What it has said last.
            assert [each["sessionId"] for each in one.ask("session_list")["sessions"]] == [session]
            assert one.ask("metrics")["sessions"] == 1
        finally:
            os.kill(own_pair.ready["workers"][1]["pid"], signal.SIGCONT)
        assert two.value("1") == 1


def test_a_death_costs_the_callers_of_that_worker_alone(own_pair, tmp_path):
    end = tmp_path / "end"
    wait = f"import os, time\nwhile not os.path.exists({str(end)!r}): time.sleep(0.005)\nos.getpid()"
    with worker(own_pair, 1) as one, worker(own_pair, 2) as two:
        kept, session = one.ask("wrap", value=[7])["handleId"], one.ask("session_open")["sessionId"]
        lost = two.eval("object()")["handleId"]
        first, second = own_pair.ready["workers"][0]["pid"], own_pair.ready["workers"][1]["pid"]
        going_on = one.send("eval", expression=wait)
        two.send("eval", expression="import os\nos._exit(3)")
        notice = two.receive()
        assert (notice["event"], notice["code"], notice["details"]["exitCode"]) == ("worker.lost", "WORKER_LOST", 3)
        # Another one is there at once, on the same connection and at the same socket.
        assert two.value("1 + 1") == 2
        pong = two.ask("ping")
        assert (pong["worker"], pong["epoch"], pong["pid"] != second) == (2, 2, True)
        assert two.ask("getattr", handleId=lost, attributeName="x")["code"] == "HANDLE_NOT_FOUND"
        assert two.eval("object()")["handleId"].startswith("h2.2-")
        # The other one has noticed nothing.
        end.touch()
        assert one.replies(going_on)[going_on]["value"] == first
        assert one.value("x", x={"handleId": kept}) == [7]
        assert one.ask("session_heartbeat", sessionId=session)["sessionId"] == session
        found = one.ask("metrics")
        assert (found["workers"], found["workersLost"]) == (2, 1)
        assert [entry["lost"] for entry in found["eachWorker"]] == [0, 1]
    (event,) = own_pair.events("worker.lost")
    assert (event["worker"], event["pid"]) == (2, second)
    eventually(lambda: own_pair.events("worker.started"), "the host is told")
    assert own_pair.events("worker.started")[0]["worker"] == 2


def test_a_death_keeps_nobody_from_connecting(own_pair):
    for _ in range(3):
        with worker(own_pair, 1) as dying:
            dying.send("eval", expression="import os\nos._exit(1)")
            dying.receive()
            with own_pair.frames() as client:
                assert client.value("40 + 2") == 42


def test_each_has_its_share_of_the_queue(python, tmp_path):
    started, end = tmp_path / "started", tmp_path / "end"
    wait = f"while not os.path.exists({str(end)!r}): time.sleep(0.005)"
    code = f"import os, time\nopen({str(started)!r}, 'w').close()\n{wait}"
    settings = {"workers": 2, "queueLimit": 5}
    with running_pool(python, settings=settings) as pool, worker(pool, 1) as one, worker(pool, 2) as two:
        one.ask("hello", refuse=True)
        running = one.send("eval", expression=code)
        eventually(started.exists, "the code runs")
        # Half of five, rounded up.
        waiting = [one.send("eval", expression="1") for _ in range(4)]
        refused = one.receive()
        assert (refused["id"], refused["code"], refused["details"]) == (waiting[3], "BUSY", {"limit": 3})
        assert two.value("1") == 1
        assert two.ask("metrics")["queueLimit"] == 5
        end.touch()
        one.replies(running, *waiting[:3])


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_all_end_with_the_pool(python, start):
    with running_pool(python, settings={"workers": 2}, start=start) as pool:
        with worker(pool, 1) as one, worker(pool, 2) as two:
            assert [one.value("2"), two.value("3")] == [2, 3]
            pool.process.send_signal(signal.SIGTERM)
            assert pool.wait() == 0
            assert at_end(one.sock)
            assert at_end(two.sock)
        assert not list(pool.path.parent.glob("pool.sock*"))


def test_a_socket_that_cannot_be_had_leaves_none_behind(python, tmp_path):
    from pools.harness import Pool

    path = tmp_path / "pool.sock"
    (tmp_path / "pool.sock.w2").write_text("not a socket")
    pool = Pool(python, path, settings={"workers": 2})
    try:
        assert (pool.ready["ready"], pool.ready["code"]) == (False, "PATH_IN_USE")
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["pool.sock.w2"]
    finally:
        pool.close()


@pytest.mark.parametrize("workers", [0, 65, 1.5, "2", True])
def test_a_number_of_workers_that_is_none(python, tmp_path, workers):
    from pools.harness import Pool

    pool = Pool(python, tmp_path / "pool.sock", settings={"workers": workers})
    try:
        assert (pool.ready["ready"], pool.ready["code"]) == (False, "BAD_REQUEST")
    finally:
        pool.close()
