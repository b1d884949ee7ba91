"""Limits of time, interrupts, and what becomes of code that does not yield to them."""

import pytest
from pools.harness import FrameClient, at_end, eventually, is_alive, running_pool
from pools.test_own_sessions import own_session

SLEEP = "import time\ntime.sleep(1000)"
# Both say so once nothing can interrupt them any more, or they would meet an interrupt before.
STUBBORN = """
begun = False
while True:
    try:
        begun = begun or print('stubborn', flush=True) is None
        for _ in range(10 ** 12): pass
    except BaseException: pass
"""
# Holds the interpreter, whatever signals come: no thread of ours gets a turn.
STUCK = """
import ctypes
mutex, lock = ctypes.create_string_buffer(64), ctypes.PyDLL(None).pthread_mutex_lock
lock(mutex)
while True:
    try:
        print('stuck', flush=True)
        lock(mutex)
    except BaseException: pass
"""
# Imported beforehand, so that a limit of time does not end before the code is where it shall be.
WARM = "import asyncio, ctypes, re, socket, threading, time\n1"
YIELDING = [
    "while True: pass",
    SLEEP,
    "import socket\na, b = socket.socketpair()\na.recv(1)",
    "import asyncio\nasync def wait(): await asyncio.sleep(1000)\nasyncio.run(wait())",
    "import threading\nthreading.Lock().acquire() and threading.Event().wait()",
]


@pytest.fixture
def strict_pool(python):
    """One that waits a moment only."""
    with running_pool(python, settings={"graceSeconds": 0.2}) as running:
        yield running


def lost_with(client, reason):
    """The notice that the worker is lost, for that reason."""
    told = client.receive()
    while told.get("event") != "worker.lost":
        # The reply to what has asked for it.
        assert told.get("success") is True, told
        told = client.receive()
    assert told["code"] == "WORKER_LOST", told
    assert reason in told["details"]["reason"], told
    assert reason in told["message"]
    return told


@pytest.mark.parametrize("source", YIELDING)
def test_a_limit_of_time_interrupts(dialect, source):
    dialect.value(WARM)
    reply = dialect.ask("eval", expression=source, timeoutSeconds=0.05)
    assert (reply["code"], reply["details"]["timeoutSeconds"]) == ("TIMEOUT", 0.05)
    assert "0.05 s" in reply["message"]
    assert reply["details"]["exceptionType"] in ("KeyboardInterrupt", "asyncio.exceptions.CancelledError")
    assert dialect.value("1 + 1") == 2
    assert dialect.ask("ping")["epoch"] == 1


def test_every_operation_has_it(client):
    client.value(WARM)
    slow = "class Slow:\n    def __getattr__(self, name):\n        import time; time.sleep(1000)\nSlow()"
    handle = client.eval(slow)["handleId"]
    for command, payload in (("call", {"methodName": "x"}), ("getattr", {"attributeName": "x"})):
        assert client.ask(command, handleId=handle, timeoutSeconds=0.05, **payload)["code"] == "TIMEOUT"
    run = client.execute("print('begins', flush=True)\nawait __import__('asyncio').sleep(1000)", timeoutSeconds=0.5)
    assert (run.text(), run.reply["code"]) == ("begins\n", "TIMEOUT"), run.reply


def test_it_begins_with_the_turn(pool):
    """The time in which a request waits for others is not its own."""
    with FrameClient(pool.path) as client:
        first = client.send("eval", expression="import time\ntime.sleep(0.6)\n1")
        second = client.send("eval", expression="2", timeoutSeconds=0.5)
        replies = client.replies(first, second)
        assert (replies[first]["value"], replies[second]["value"]) == (1, 2)


def test_code_that_ends_in_time_is_left_alone(client):
    for _ in range(200):
        assert client.ask("eval", expression="sum(range(100))", timeoutSeconds=30)["value"] == 4950
    assert client.value("import time\ntime.sleep(0.1)\n7") == 7


def test_code_that_makes_use_of_its_interrupt_is_too_late_all_the_same(client):
    source = "try:\n    import time\n    time.sleep(1000)\nexcept KeyboardInterrupt:\n    result = 'saved'\nresult"
    assert client.ask("eval", expression=source, timeoutSeconds=0.05)["code"] == "TIMEOUT"


@pytest.mark.parametrize("limit", [0, -1, "1", True, float("1e9")])
def test_limits_that_are_none(dialect, limit):
    assert dialect.ask("eval", expression="1", timeoutSeconds=limit)["code"] == "BAD_REQUEST"


def test_the_limit_of_a_session(client):
    opened = client.ask("session_open", timeoutSeconds=0.05)
    session = {"sessionId": opened["sessionId"]}
    assert client.ask("eval", expression=SLEEP, **session)["code"] == "TIMEOUT"
    assert client.ask("eval", expression="import time; time.sleep(0.2)\n5", timeoutSeconds=30, **session)["value"] == 5
    client.ask("session_close", **session)


def test_the_limit_of_the_server(python):
    with running_pool(python, settings={"timeoutSeconds": 0.1}) as pool, pool.frames() as client:
        assert client.eval(SLEEP)["code"] == "TIMEOUT"
        assert client.ask("eval", expression="import time; time.sleep(0.3)\n5", timeoutSeconds=30)["value"] == 5
        assert client.value("import sys\nsys.getrecursionlimit() > 0") is True


def test_an_interrupt_of_what_runs(pool):
    with FrameClient(pool.path) as client, FrameClient(pool.path) as other:
        running = client.send("eval", expression=f"print('runs on', flush=True)\n{SLEEP}")
        eventually(lambda: "runs on" in pool.output, "the code runs")
        assert other.ask("interrupt", requestId=running) == {"success": False}
        assert other.ask("interrupt") == {"success": True}
        reply = client.receive()
        assert (reply["code"], reply["details"]["exceptionType"]) == ("CANCELLED", "KeyboardInterrupt")
        assert other.ask("interrupt") == {"success": False}


def test_interrupted_code_may_give_its_result(pool):
    source = """
import time
try:
    print('saves', flush=True)
    time.sleep(1000)
except KeyboardInterrupt:
    result = 'what there was'
result
"""
    with FrameClient(pool.path) as client:
        running = client.send("eval", expression=source)
        eventually(lambda: "saves" in pool.output, "the code runs")
        told = client.send("interrupt", requestId=running)
        replies = client.replies(running, told)
        assert replies[running]["value"] == "what there was"
        assert replies[told]["success"] is True
        assert client.value("1") == 1


def test_an_interrupt_of_a_session(pool):
    with FrameClient(pool.path) as client, FrameClient(pool.path) as other:
        one, two = (client.ask("session_open")["sessionId"] for _ in range(2))
        client.send("eval", expression=f"print('in session', flush=True)\n{SLEEP}", sessionId=one)
        eventually(lambda: "in session" in pool.output, "the code runs")
        assert other.ask("interrupt", sessionId=two) == {"success": False}
        assert other.ask("interrupt", sessionId="none")["code"] == "SESSION_NOT_FOUND"
        assert other.ask("interrupt", sessionId=one) == {"success": True}
        assert client.receive()["code"] == "CANCELLED"
        for session_id in (one, two):
            client.ask("session_close", sessionId=session_id)


@pytest.mark.parametrize("how", ["cancel", "interrupt", "timeout"])
def test_what_does_not_yield_costs_the_worker(strict_pool, how):
    with strict_pool.frames() as client, strict_pool.frames() as bystander:
        bystander.ask("ping")
        more = {"timeoutSeconds": 0.3} if how == "timeout" else {}
        running = client.send("eval", expression=STUBBORN, **more)
        eventually(lambda: "stubborn" in strict_pool.output, "the code runs")
        if how != "timeout":
            client.send(how, requestId=running)
        told = lost_with(client, "interrupted")
        assert any("eval-" in line for line in told["details"]["lastLines"]), "no stack as evidence"
        assert bystander.receive()["event"] == "worker.lost"
        assert client.value("1 + 1") == 2
        assert bystander.ask("ping")["epoch"] == 2
    (event,) = eventually(lambda: strict_pool.events("worker.lost"), "the host is told")
    assert "interrupted" in event["reason"]


def test_a_grace_of_ones_own(strict_pool):
    source = "print('slow', flush=True)\nimport time\ntry: time.sleep(1000)\nexcept KeyboardInterrupt: time.sleep(0.8)"
    with strict_pool.frames() as client:
        running = client.send("eval", expression=source)
        eventually(lambda: "slow" in strict_pool.output, "the code runs")
        told = client.send("cancel", requestId=running, graceSeconds=60)
        assert client.replies(running, told)[running]["code"] == "CANCELLED"
        assert client.ask("cancel", requestId=running, graceSeconds=-1)["success"] is False
        assert client.ask("ping")["epoch"] == 1


def test_native_code_that_holds_the_interpreter_ends_at_its_limit(strict_pool):
    with strict_pool.frames() as client:
        client.value(WARM)
        client.send("eval", expression=STUCK, timeoutSeconds=0.5)
        told = lost_with(client, "0.5 s")
        assert any("eval-" in line for line in told["details"]["lastLines"]), "no stack as evidence"
        assert client.value("1 + 1") == 2


def test_native_code_that_looks_for_signals_keeps_its_worker(strict_pool):
    """It holds the interpreter, so nobody here can interrupt it; the pool does, before it ends the process."""
    with strict_pool.frames() as client:
        client.value(WARM)
        reply = client.ask("eval", expression="import re\nre.match('(a+)+$', 'a' * 60 + 'b')", timeoutSeconds=0.1)
        assert (reply["code"], client.ask("ping")["epoch"]) == ("TIMEOUT", 1)


def test_code_that_nobody_could_interrupt_in_time_is_late(client):
    client.value(WARM)
    source = "import ctypes\nctypes.PyDLL(None).usleep(300_000)\n'too late'"
    assert client.ask("eval", expression=source, timeoutSeconds=0.05)["code"] == "TIMEOUT"


def test_a_client_that_goes_away_from_stubborn_code(strict_pool):
    with strict_pool.frames() as client:
        client.ask("ping")
        with strict_pool.frames() as leaving:
            leaving.send("eval", expression=STUBBORN)
            eventually(lambda: "stubborn" in strict_pool.output, "the code runs")
        lost_with(client, "interrupted")
        assert client.value("1") == 1


def test_clients_that_may_go_away(python, tmp_path):
    done = tmp_path / "döne"
    with running_pool(python, settings={"cancelOnDisconnect": False}) as pool, pool.frames() as client:
        with pool.frames() as leaving:
            leaving.send("eval", expression="print('goes on', flush=True)\nimport time\ntime.sleep(0.3)")
            leaving.send("eval", expression=f"open({str(done)!r}, 'w').close()")
            leaving.send("execute", code="print('x' * 3_000_000)\n1")
            eventually(lambda: "goes on" in pool.output, "the code runs")
        eventually(done.exists, "what was asked for is done")
        assert client.value("2") == 2


@pytest.mark.parametrize(("source", "says"), [(STUBBORN, "stubborn"), (STUCK, "stuck")])
def test_a_session_of_its_own_that_does_not_yield(strict_pool, source, says):
    with (
        strict_pool.frames() as main,
        own_session(strict_pool) as (opened, own),
        own_session(strict_pool) as (_, other),
    ):
        other.value("x = 5\nx")
        own.value(WARM)
        own.send("eval", expression=source)
        eventually(lambda: says in strict_pool.output, "the code runs")
        assert main.ask("interrupt", sessionId=opened["sessionId"]) == {"success": True}
        lost_with(own, "interrupted")
        assert at_end(own.sock)
        assert (other.value("x"), main.ask("ping")["epoch"]) == (5, 1)
        gone = main.ask("session_heartbeat", sessionId=opened["sessionId"])
        assert (gone["code"], "interrupted" in gone["message"]) == ("SESSION_NOT_FOUND", True)


def test_an_interrupt_that_a_session_yields_to(pool):
    with pool.frames() as main, own_session(pool) as (opened, own):
        assert main.ask("interrupt", sessionId=opened["sessionId"]) == {"success": False}
        own.send("eval", expression=f"x = 1\n{SLEEP}")
        eventually(lambda: main.ask("interrupt", sessionId=opened["sessionId"])["success"], "it runs")
        assert own.receive()["code"] == "CANCELLED"
        # The pool's watch is over.
        assert own.value("x") == 1


def test_a_session_of_its_own_and_its_limit(strict_pool):
    with own_session(strict_pool, timeoutSeconds=0.5) as (opened, own):
        assert own.ask("eval", expression=WARM, timeoutSeconds=60)["value"] == 1
        assert own.eval(SLEEP)["code"] == "TIMEOUT"
        own.send("eval", expression=STUCK)
        lost_with(own, "0.5 s")
        eventually(lambda: not is_alive(opened["pid"]), "it ends")


def test_what_is_printed_by_eval_is_logged_whole(pool, client):
    """It goes to the log at once: nothing is kept here that could grow."""
    assert client.value("print('y' * 3_000_000, flush=True)\n1") == 1
    assert client.value("import os\nos.getpid() > 0") is True
    eventually(lambda: pool.output.count("y") >= 3_000_000, "the log has it")


def test_settings_that_are_none(python):
    for settings in (
        {"graceSeconds": -1},
        {"timeoutSeconds": 0},
        {"cancelOnDisconnect": 1.5},
        {"processLimit": 0},
        {"queueLimit": 0},
    ):
        with pytest.raises(AssertionError) as refused, running_pool(python, settings=settings):
            pass
        assert "BAD_REQUEST" in str(refused.value), settings
