"""Which worker of a server does what, where a front stands before several of them."""

import asyncio

import pytest
from pools.doors import client_of, front_before, missing
from pools.harness import eventually, running_pool

from beep_engine.faults import Fault
from beep_engine.fronts.worker_pools import WorkerPools, read_wish, worker_paths

pytestmark = pytest.mark.skipif(missing("http") is not None, reason="no Python for the fronts")

MEET = "import os\nopen({0!r}, 'w').close()\nwhile not os.path.exists({1!r}): pass\nos.getpid()"


class Way:
    """Of a PoolClient what choosing looks at."""

    def __init__(self, pending=0):
        self.pending = pending


def test_a_request_goes_to_whom_it_names():
    one, two, three = ways = [Way(), Way(), Way()]
    workers = WorkerPools(ways)

    def of(text=b"{}", session_id=None, wish=None, command="call"):
        return workers.of(command, session_id, text, wish)

    assert of() is one
    one.pending = 2
    assert of() is two
    assert of(wish=3) is three
    # What is no worker's number is no wish.
    assert of(wish=4) is two
    assert of(b'{"handleId": "h3.1-7"}') is three
    assert of(b'{"moduleHandleId":"h3.12-7"}', wish=1) is three
    assert of(b'{"locals":{"x":[{"a":{"HandleId" : "h1.2-1"}}]}}', command="eval") is one
    assert of(session_id="s3.1-1") is three
    assert of(b'{"sessionId":"s3.1-1","handleId":"h3.1-1"}', "s3.1-1") is three
    # Inside a text it is no handle; nor is what has another form.
    assert of(rb'{"expression":"{\"handleId\":\"h3.1-7\"}"}') is two
    assert of(b'{"handleId":"h3-7"}') is two
    assert of(b'{"handleId":"h9.1-7"}') is two
    assert of(session_id="p12-1") is two


def test_one_request_cannot_have_two_workers():
    workers = WorkerPools([Way(), Way()])
    with pytest.raises(Fault, match="workers 1 and 2") as mixed:
        workers.of("call", None, b'{"handleId":"h1.1-1","args":[{"handleId":"h2.1-1"}]}')
    assert (mixed.value.code, mixed.value.details) == ("WRONG_WORKER", {"workers": [1, 2]})
    with pytest.raises(Fault, match="workers 1 and 2"):
        workers.of("eval", "s2.1-1", b'{"locals":{"x":{"handleId":"h1.1-1"}}}')


def test_sessions_are_spread_though_nothing_is_to_do():
    ways = [Way(), Way()]
    workers = WorkerPools(ways)
    assert [ways.index(workers.of("session_open", None, b"{}")) for _ in range(4)] == [0, 1, 0, 1]


def test_what_is_answered_at_any_time_is_asked_of_one_that_is_not_busy():
    busy, idle = Way(pending=1), Way()
    control = WorkerPools([Way(), Way()], beside=WorkerPools([busy, idle]))
    assert control.any() is control._clients[1]
    busy.pending = 0
    assert control.any() is control._clients[0]


def test_where_there_is_but_one_nothing_is_looked_at():
    only = Way()
    assert WorkerPools([only]).of("call", "s2.1-1", b'{"handleId":"h3.1-1","x":{"handleId":"h4.1-1"}}') is only


def test_paths_and_wishes():
    assert worker_paths("/run/x.sock", 1) == ["/run/x.sock"]
    assert worker_paths("/run/x.sock", 2) == ["/run/x.sock.w1", "/run/x.sock.w2"]
    assert worker_paths("\\\\.\\pipe\\beep-x", 2) == ["\\\\.\\pipe\\beep-x.w1", "\\\\.\\pipe\\beep-x.w2"]
    assert [read_wish(text) for text in ("2", "64")] == [2, 64]
    assert {read_wish(text) for text in (None, "", "x", "²", "123", "-1")} == {None}


@pytest.fixture(scope="module")
def pair(python):
    with running_pool(python, settings={"workers": 2}) as pool:
        yield pool


@pytest.fixture(scope="module", params=["http", "rpc"])
def door(request, pair):
    with front_before(pair, request.param, 2) as ready:
        yield request.param, ready


@pytest.fixture
def client(pair, door):
    with client_of(pair, *door) as client:
        yield client


@pytest.fixture
def wishing(pair, door):
    """A client that would rather have the second worker."""
    role, ready = door
    if role == "http":
        from pools.doors import HttpClient

        yield HttpClient(ready["url"], {"X-Beep-Worker": "2"})
    else:
        from fronts.rpc_client import RpcClient

        with RpcClient(ready["address"], beep_worker="2") as client:
            yield client


def test_one_caller_after_the_other_stays_with_the_first(client):
    made = [client.ask("wrap", value=number)["handleId"] for number in range(3)]
    assert [made[0][:3]] * 3 == [handle[:3] for handle in made]
    assert client.value("x + y", x={"handleId": made[1]}, y={"handleId": made[2]}) == 3
    for handle in made:
        assert client.ask("dispose", handleId=handle)["success"] is True


def test_whoever_wishes_for_a_worker_gets_it(door, client, wishing):
    handle = wishing.ask("wrap", value=[4])["handleId"]
    assert handle.startswith("h2.")
    assert wishing.execute("object()").reply["handleId"].startswith("h2.")
    # Anybody finds it.
    assert client.value("x", x={"handleId": handle}) == [4]
    assert client.execute("x", locals={"x": {"handleId": handle}}).value == [4]
    other = client.ask("wrap", value=5)["handleId"]
    assert other.startswith("h1.")
    mixed = client.eval("x, y", x={"handleId": handle}, y={"handleId": other})
    assert mixed["code"] == "WRONG_WORKER"
    assert "workers 1 and 2" in mixed["message"]
    if door[0] == "http":
        listed = client.ask("handles_list")
        ids, count = [entry["handleId"] for entry in listed["handles"]], listed["count"]
    else:
        found = client.call("ListHandles")
        ids, count = [entry.handle_id for entry in found.handles], found.count
    assert {handle, other} <= set(ids)
    assert count == len(ids)


def test_sessions_live_with_different_workers_and_are_found_there(client):
    first, second = (client.ask("session_open", name=name)["sessionId"] for name in "ab")
    assert {first[:3], second[:3]} == {"s1.", "s2."}
    for session, value in ((first, 1), (second, 2)):
        client.ask("eval", sessionId=session, expression=f"x = {value}")
        kept = client.ask("wrap", sessionId=session, value=[value])["handleId"]
        assert client.ask("eval", sessionId=session, expression="(x, y)", locals={"y": {"handleId": kept}})
    assert [client.ask("eval", sessionId=session, expression="x")["value"] for session in (first, second)] == [1, 2]
    for session in (first, second):
        assert client.ask("session_reset", sessionId=session)["success"] is True
        assert client.ask("session_close", sessionId=session)["success"] is True
    assert client.ask("eval", sessionId=second, expression="x")["code"] == "SESSION_NOT_FOUND"


def test_two_callers_compute_at_the_same_time(pair, door, tmp_path):
    """Each ends only once the other has begun."""
    import threading

    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    pids = []

    def call(mine, other):
        with client_of(pair, *door) as client:
            pids.append(client.value(MEET.format(mine, other)))

    threads = [threading.Thread(target=call, args=names) for names in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(pids) == sorted(entry["pid"] for entry in pair.ready["workers"])


def test_metrics_tell_of_each(pair):
    with front_before(pair, "http", 2) as ready, client_of(pair, "http", ready) as client:
        found = client.ask("metrics")
        assert (found["workers"], [entry["worker"] for entry in found["eachWorker"]]) == (2, [1, 2])
        with client._open("metrics", None) as response:
            text = response.read().decode()
    for name in ("ready", "lost_total", "requests_total", "requests_waiting", "connections", "handles"):
        assert f'beep_worker_{name}{{worker="1"}} ' in text
        assert f'beep_worker_{name}{{worker="2"}} ' in text
    pid = pair.ready["workers"][1]["pid"]
    assert f'beep_process_resident_memory_bytes{{role="worker",pid="{pid}",worker="2"}} ' in text


def test_interrupt_reaches_what_runs_in_any_of_them(pair, tmp_path):
    import threading

    started = tmp_path / "started"
    with front_before(pair, "http", 2) as ready, client_of(pair, "http", ready) as client:
        from pools.doors import HttpClient

        wishing = HttpClient(ready["url"], {"X-Beep-Worker": "2"})
        replies = []
        code = f"open({str(started)!r}, 'w').close()\nimport time\ntime.sleep(600)"
        thread = threading.Thread(target=lambda: replies.append(wishing.eval(code)))
        thread.start()
        eventually(started.exists, "the code runs")
        eventually(lambda: client.ask("interrupt")["success"], "it is interrupted")
        thread.join(60)
    assert replies[0]["code"] == "CANCELLED"


def test_a_death_is_noticed_by_its_callers_alone(python):
    with (
        running_pool(python, settings={"workers": 2}) as pool,
        front_before(pool, "http", 2) as ready,
        client_of(pool, "http", ready) as client,
    ):
        sessions = [client.ask("session_open")["sessionId"] for _ in range(2)]
        client.ask("eval", sessionId=sessions[0], expression="x = 5")
        lost = client.ask("eval", sessionId=sessions[1], expression="import os\nos._exit(3)")
        assert lost["code"] == "WORKER_LOST"
        assert client.ask("eval", sessionId=sessions[0], expression="x")["value"] == 5
        gone = client.ask("eval", sessionId=sessions[1], expression="1")
        assert gone["code"] == "SESSION_NOT_FOUND"
        assert client.value("6 * 7") == 42
        assert client.ask("metrics")["workersLost"] == 1


def test_a_front_knows_when_none_can_be_reached():
    workers = WorkerPools.to("/nowhere/pool.sock", None, 2)

    async def scenario():
        with pytest.raises(Fault) as unreachable:
            await asyncio.gather(*(client.open(0.05) for client in workers._clients))
        assert unreachable.value.code == "WORKER_LOST"
        assert not workers.is_live
        workers.close()

    asyncio.run(scenario())
