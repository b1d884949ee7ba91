"""`cancel`, and clients that go away: the right request is interrupted, and no other."""

import time

import pytest
from pools.harness import FrameClient, LineClient, eventually

FOREVER = [
    "while True: pass",
    "import time; time.sleep(1000)",
    "import threading; threading.Event().wait()",
    "import queue; queue.Queue().get()",
    "import subprocess; subprocess.run(['sleep', '1000'])",
    "import asyncio\nasync def wait(): await asyncio.sleep(1000)\nasyncio.run(wait())",
    "import signal; signal.pause()",
    "def f():\n    while True:\n        [x for x in range(100)]\nf()",
]


@pytest.mark.parametrize("source", FOREVER)
def test_cancel_what_runs(pool, source):
    with FrameClient(pool.path) as client:
        begun = f"begun {FOREVER.index(source)}."
        running = client.send("eval", expression=f"print('{begun}', flush=True)\n{source}")
        eventually(lambda: begun in pool.output, "the code runs")
        client.send("cancel", requestId=running)
        replies = {reply["id"]: reply for reply in (client.receive(), client.receive())}
        assert replies[running]["code"] == "CANCELLED"
        assert replies[running + 1] == {"id": running + 1, "success": True}
        assert client.value("1 + 1") == 2
        assert client.ask("ping")["epoch"] == 1


def test_cancel_what_waits(pool):
    with FrameClient(pool.path) as client, FrameClient(pool.path) as other:
        running = client.send("eval", expression=FOREVER[1])
        waiting = client.send("eval", expression="print('must not run')")
        last = client.send("eval", expression="'still runs'")
        assert other.ask("cancel", requestId=waiting) == {"success": False}
        client.send("cancel", requestId=waiting)
        first, second = client.receive(), client.receive()
        assert (first["id"], first["code"]) == (waiting, "CANCELLED")
        assert second["success"] is True
        client.send("cancel", requestId=running)
        replies = {reply["id"]: reply for reply in (client.receive() for _ in range(3))}
        assert replies[running]["code"] == "CANCELLED"
        assert replies[last]["value"] == "still runs"
    assert "must not run" not in pool.output


def test_cancel_in_lines(pool):
    with LineClient(pool.path) as client:
        client.send("eval", expression=FOREVER[0], request_id="endless")
        client.send("cancel", requestId="endless", request_id=1)
        replies = {reply["id"]: reply for reply in (client.receive(), client.receive())}
        assert replies["endless"]["code"] == "CANCELLED"
        assert replies[1]["success"] is True


def test_cancel_of_nothing(dialect):
    for request_id in (12345, "x", None, [], {"a": 1}, 1.5, True):
        assert dialect.ask("cancel", requestId=request_id)["success"] is False


def test_cancel_of_itself(pool):
    with FrameClient(pool.path) as client:
        client.send("cancel", requestId=1, request_id=1)
        assert client.receive() == {"id": 1, "success": False}
        assert client.value("1") == 1


def test_code_that_swallows_the_interrupt_can_be_cancelled_again(pool):
    source = """
import time
swallowed = 0
while swallowed < 2:
    try:
        print('waiting', swallowed, flush=True)
        time.sleep(1000)
    except KeyboardInterrupt:
        swallowed += 1
'it ended by itself'
"""
    with FrameClient(pool.path) as client:
        running = client.send("eval", expression=source, request_id=100)
        for step in range(2):
            eventually(lambda step=step: f"waiting {step}" in pool.output, "the code runs")
            client.send("cancel", requestId=running)
        replies = [client.receive() for _ in range(3)]
        assert {"id": 100, "code": "CANCELLED"}.items() <= next(r for r in replies if r["id"] == 100).items()
        assert client.value("1") == 1


def test_a_cancelled_result_leaves_no_handle(pool):
    source = """
import time, weakref, __main__
class Result: pass
result = Result()
__main__.ref = weakref.ref(result)
try:
    print('holding', flush=True)
    time.sleep(1000)
except KeyboardInterrupt: pass
result
"""
    with FrameClient(pool.path) as client:
        running = client.send("eval", expression=source)
        eventually(lambda: "holding" in pool.output, "the code runs")
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
        assert client.value("import gc, __main__\ngc.collect()\n__main__.ref() is None") is True


def test_cancels_at_any_moment_hit_no_other_request(pool):
    """Cancels race with requests that end by themselves: each gets one reply, and none gets another's cancel."""
    with FrameClient(pool.path) as client:
        for number in range(300):
            target = client.send("eval", expression="sum(range(n))", locals={"n": number * 40})
            cancel = client.send("cancel", requestId=target)
            bystander = client.send("eval", expression="sum(range(3000))")
            replies = {reply["id"]: reply for reply in (client.receive() for _ in range(3))}
            assert replies[bystander]["value"] == 4498500, replies
            cancelled = replies[target].get("code") == "CANCELLED"
            assert cancelled == replies[cancel]["success"], replies


def test_user_code_that_takes_over_the_signal(pool):
    source = "import signal\nsignal.signal(signal.SIGINT, signal.{})\nimport time; time.sleep({})"
    with FrameClient(pool.path) as client:
        assert client.eval(source.format("SIG_DFL", 0))["value"] is None
        running = client.send("eval", expression=FOREVER[1])
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
        running = client.send("eval", expression=source.format("SIG_DFL", 0.3))
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
        assert client.ask("ping")["epoch"] == 1


def test_user_code_that_blocks_the_signal(pool):
    source = """
import signal, time
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
print('blocked', flush=True)
end = time.monotonic() + 0.3
while time.monotonic() < end: pass
"""
    with FrameClient(pool.path) as client:
        running = client.send("eval", expression=source)
        eventually(lambda: "blocked" in pool.output, "the code runs")
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
        running = client.send("eval", expression="while True: pass")
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
        assert client.value("1") == 1


@pytest.mark.parametrize("dialect", ["frames", "lines"])
def test_a_client_that_goes_away_cancels_its_requests(pool, dialect):
    mark = f"left {dialect} {time.monotonic_ns()}"
    with FrameClient(pool.path) as other:
        with getattr(pool, dialect)() as client:
            source = f"print('{mark}', flush=True)\nimport time; time.sleep(1000)"
            client.send("eval", expression=source, request_id=1)
            client.send("eval", expression=f"print('waiting {mark}')", request_id=2)
            eventually(lambda: mark in pool.output, "the code runs")
        assert other.value("'goes on'") == "goes on"
        assert f"waiting {mark}" not in pool.output


def test_a_client_without_ids_that_goes_away(pool):
    with FrameClient(pool.path) as other:
        with LineClient(pool.path) as client:
            client.send("eval", expression="print('anonymous', flush=True)\nimport time; time.sleep(1000)")
            client.send("ping")
            eventually(lambda: "anonymous" in pool.output, "the code runs")
        assert other.value("1") == 1
