"""Sessions with a process of their own: what they do reaches nobody else, and nobody else reaches them."""

import os
import signal
import time
from contextlib import contextmanager

import pytest
from pools.harness import FrameClient, LineClient, at_end, eventually, is_alive, running_pool

DIALECTS = pytest.mark.parametrize("kind", [FrameClient, LineClient])


@contextmanager
def own_session(pool, kind=FrameClient, **options):
    """What opening it gave, and a client of its socket."""
    with pool.frames() as main:
        opened = main.ask("session_open", ownProcess=True, **options)
    assert opened.get("ownProcess") is True, opened
    try:
        with kind(opened["path"]) as client:
            yield opened, client
    finally:
        with pool.frames() as main:
            main.ask("session_close", sessionId=opened["sessionId"])


def listed(client, session_id):
    return next((one for one in client.ask("session_list")["sessions"] if one["sessionId"] == session_id), None)


@DIALECTS
def test_everything_there_takes_place_in_the_session(pool, client, kind):
    with own_session(pool, kind) as (opened, own):
        assert own.value("x = 20\nx") == 20
        assert own.ask("eval", expression="x + 1", sessionId=opened["sessionId"])["value"] == 21
        assert own.execute("print(x)\nx += 1").text() == "20\n"
        assert own.value("x") == 21
        handle = own.eval("object()")["handleId"]
        assert own.ask("getattr", handleId=handle, attributeName="__doc__")["value"]
        assert own.ask("handles_list")["count"] == 1
        assert client.eval("x")["details"]["exceptionType"] == "NameError"
        assert client.ask("getattr", handleId=handle, attributeName="__doc__")["code"] == "HANDLE_NOT_FOUND"
        pid = own.value("import os; os.getpid()")
        assert pid == opened["pid"] == own.ask("ping")["pid"] != client.ask("ping")["pid"]
        assert own.value("import sys\nsys.modules['__main__'].x") == 21


@DIALECTS
def test_reset_there(pool, kind, tmp_path):
    with own_session(pool, kind, workingFolder=str(tmp_path), environmentVariables={"BEEP_T": "1"}) as (_, own):
        own.value("x = 1\nimport os\nos.chdir('/')\nos.environ['BEEP_T'] = '2'")
        own.eval("object()")
        assert own.ask("session_reset") == {"success": True}
        assert own.eval("x")["details"]["exceptionType"] == "NameError"
        assert own.value("import os\n[os.getcwd(), os.environ['BEEP_T']]") == [os.path.realpath(tmp_path), "1"]
        assert own.ask("handles_list")["count"] == 0
        assert own.ask("session_reset", sessionId="other")["code"] == "SESSION_NOT_FOUND"


def test_its_surroundings_are_its_own(pool, client, tmp_path):
    variables = {"BEEP_T": "é", "HOME": None}
    with own_session(pool, workingFolder=str(tmp_path), environmentVariables=variables) as (_, own):
        look = "import os\n[os.getcwd(), os.environ.get('BEEP_T'), os.environ.get('HOME')]"
        assert own.value(look) == [os.path.realpath(tmp_path), "é", None]
        assert client.value(look)[1] is None
        own.value("import sys\nsys.path.append('/own')\nsys.setrecursionlimit(5000)")
        assert client.value("import sys\n'/own' in sys.path") is False


def test_what_the_server_says_of_it(pool, client):
    with own_session(pool, name="é", leaseSeconds=60, handleLimit=5) as (opened, own):
        assert opened["name"] == "é"
        assert opened["path"].startswith(str(pool.path))
        own.eval("object()")
        seen = listed(client, opened["sessionId"])
        assert {"handles": 1, "requests": 0, "leaseSeconds": 60, "pid": opened["pid"]}.items() <= seen.items()
        assert own.ask("session_list")["sessions"][0]["sessionId"] == opened["sessionId"]
        kept = client.ask("session_heartbeat", sessionId=opened["sessionId"])
        assert kept["path"] == own.ask("session_heartbeat")["path"] == opened["path"]
        own.send("eval", expression="import time; time.sleep(1000)", request_id=90)
        eventually(lambda: listed(client, opened["sessionId"])["requests"] == 1, "it is busy")
        assert own.ask("session_open")["code"] == "BAD_REQUEST"
    assert listed(client, opened["sessionId"]) is None
    assert client.ask("session_heartbeat", sessionId=opened["sessionId"])["code"] == "SESSION_NOT_FOUND"
    assert not os.path.exists(opened["path"])


def test_requests_for_it_elsewhere_are_told_where(pool, dialect):
    with own_session(pool) as (opened, _):
        reply = dialect.ask("eval", expression="1", sessionId=opened["sessionId"])
        assert reply["code"] == "BAD_REQUEST"
        assert "socket of its own" in reply["message"]


def test_its_handles_are_capped(pool):
    with own_session(pool, handleLimit=2) as (_, own):
        own.eval("object()")
        own.eval("object()")
        assert own.eval("object()")["code"] == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("import os; os._exit(7)", {"exitCode": 7}),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", {"signal": "SIGKILL"}),
        ("import ctypes; ctypes.string_at(0)", {"signal": "SIGSEGV"}),
    ],
)
def test_its_death_is_its_own(pool, client, source, how):
    with own_session(pool) as (opened, own), own_session(pool) as (_, other):
        epoch = client.ask("ping")["epoch"]
        handle = client.eval("object()")["handleId"]
        own.send("eval", expression=source)
        lost = own.receive()
        assert (lost["event"], lost["code"]) == ("worker.lost", "WORKER_LOST")
        assert how.items() <= lost["details"].items()
        assert opened["sessionId"] in lost["message"]
        assert at_end(own.sock)
        assert other.value("'goes on'") == "goes on"
        assert client.ask("ping")["epoch"] == epoch
        assert client.ask("getattr", handleId=handle, attributeName="__doc__")["value"]
        gone = client.ask("session_heartbeat", sessionId=opened["sessionId"])
        assert gone["code"] == "SESSION_NOT_FOUND"
        assert how.items() <= gone["details"].items()

    def told():
        return [event for event in pool.events("session.lost") if event["sessionId"] == opened["sessionId"]]

    # The client may know it before the host has read it.
    assert [event["pid"] for event in eventually(told, "the host is told")] == [opened["pid"]]


def test_others_do_not_wait_for_it(pool, client):
    with own_session(pool) as (_, own), own_session(pool) as (_, other):
        running = own.send("eval", expression="while True: pass")
        assert client.value("1 + 1") == 2
        assert other.value("'mine'") == "mine"
        own.send("cancel", requestId=running)
        assert own.replies(running)[running]["code"] == "CANCELLED"


def test_it_survives_the_worker_of_all(own_pool):
    with own_session(own_pool) as (opened, own), own_pool.frames() as client:
        own.value("x = 5")
        client.send("eval", expression="import os; os._exit(1)")
        assert client.receive()["code"] == "WORKER_LOST"
        assert own.value("x") == 5
        assert listed(client, opened["sessionId"])["pid"] == opened["pid"]


@DIALECTS
def test_close_from_the_server_ends_what_runs_there(pool, client, kind):
    with own_session(pool, kind) as (opened, own):
        own.send("eval", expression="import time; time.sleep(1000)", request_id=5)
        eventually(lambda: listed(client, opened["sessionId"])["requests"] == 1, "it runs")
        assert client.ask("session_close", sessionId=opened["sessionId"]) == {"success": True}
        assert own.receive()["code"] == "CANCELLED"
        assert not is_alive(opened["pid"])
        assert client.ask("session_close", sessionId=opened["sessionId"]) == {"success": False}


@DIALECTS
def test_close_there(pool, client, kind):
    with own_session(pool, kind) as (opened, own):
        own.value("import atexit, builtins\natexit.register(print, 'exit handler ran', flush=True)\nNone")
        assert own.ask("session_close", sessionId=opened["sessionId"]) == {"success": True}
        eventually(lambda: listed(client, opened["sessionId"]) is None, "it ends")
        eventually(lambda: "exit handler ran" in pool.output, "its exit handlers run")
        assert pool.events("session.lost") == [
            event for event in pool.events("session.lost") if event["sessionId"] != opened["sessionId"]
        ]


def test_code_that_does_not_yield_is_ended_by_close(pool, client):
    with own_session(pool) as (opened, own):
        own.send(
            "eval", expression="while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
        )
        eventually(lambda: listed(client, opened["sessionId"])["requests"] == 1, "it runs")
        begun = time.monotonic()
        assert client.ask("session_close", sessionId=opened["sessionId"]) == {"success": True}
        assert time.monotonic() - begun < 30
        assert not is_alive(opened["pid"])


def test_a_session_that_nobody_uses_expires(pool, client):
    with own_session(pool, leaseSeconds=1) as (opened, _), own_session(pool, leaseSeconds=1) as (kept, own):

        def expired():
            own.ask("session_heartbeat")
            return listed(client, opened["sessionId"]) is None

        eventually(expired, "it expires")
        eventually(lambda: not is_alive(opened["pid"]), "its process ends")
        assert own.value("import time; time.sleep(2.5); 'works'") == "works"
        assert listed(client, kept["sessionId"])


def test_options_that_make_no_sense(dialect):
    assert dialect.ask("session_open", ownProcess=True, workingFolder="/no/such")["code"] == "BAD_REQUEST"


def test_a_session_whose_socket_cannot_be(own_pool):
    path = f"{own_pool.path}.1"
    with open(path, "w"), own_pool.frames() as main:
        assert main.ask("session_open", ownProcess=True)["code"] == "PATH_IN_USE"
        opened = main.ask("session_open", ownProcess=True)
        assert opened["path"] == f"{own_pool.path}.2"


def test_they_are_counted(own_pool):
    with own_pool.frames() as main:
        opened = [main.ask("session_open", ownProcess=True) for _ in range(32)]
        full = main.ask("session_open", ownProcess=True)
        assert (full["code"], full["details"]) == ("LIMIT_EXCEEDED", {"limit": 32})
        assert len({one["pid"] for one in opened}) == 32
        for one in opened:
            assert main.ask("session_close", sessionId=one["sessionId"]) == {"success": True}
        assert main.ask("session_open", ownProcess=True)["ownProcess"] is True


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_either_way_of_starting(python, start):
    with running_pool(python, start=start) as pool, own_session(pool, name="x") as (_, own):
        assert own.value("x = 1\nx") == 1
        files = own.value("import os\nlen(os.listdir('/proc/self/fd'))")
    assert files < 20


def test_sessions_end_with_their_pool(python):
    with running_pool(python) as pool, pool.frames() as main:
        opened = main.ask("session_open", ownProcess=True)
        with FrameClient(opened["path"]) as own:
            own.send("eval", expression="while True: pass")
            pool.process.kill()
            pool.process.wait()
            eventually(lambda: not is_alive(opened["pid"]), "it ends")


def test_a_pool_that_is_asked_to_end_lets_them_end_in_order(python):
    with running_pool(python) as pool, pool.frames() as main:
        opened = main.ask("session_open", ownProcess=True)
        with FrameClient(opened["path"]) as own:
            own.value("import atexit\natexit.register(print, 'in order', flush=True)\nNone")
            pool.process.send_signal(signal.SIGTERM)
            assert pool.wait() == 0
        assert not is_alive(opened["pid"])
        eventually(lambda: "in order" in pool.output, "its exit handlers run")
        assert not os.path.exists(opened["path"])
