"""Ending code that prints, waits and awaits."""

import pytest
from pools.harness import FrameClient, LineClient, at_end

FOREVER = [
    "while True: pass",
    "import time; time.sleep(1000)",
    "while True: print('more')",
    "while True: print('more', flush=True)",
    "import socket\none, other = socket.socketpair()\none.recv(1)",
    "import asyncio\nawait asyncio.sleep(1000)",
    "import asyncio\nawait asyncio.gather(*[asyncio.sleep(1000) for _ in range(5)])",
    "async def f():\n    while True: pass\nawait f()",
    "import asyncio\nwhile True: await asyncio.sleep(0)",
    "import asyncio\nawait asyncio.get_running_loop().run_in_executor(None, __import__('threading').Event().wait, 5)",
    "import asyncio\nasync def f():\n    while True: pass\nf = asyncio.ensure_future(f())\nawait asyncio.sleep(1000)",
]


@pytest.mark.parametrize("source", FOREVER)
def test_cancel_what_runs(pool, source):
    with FrameClient(pool.path) as client:
        running = client.send("execute", code=f"print('begun', flush=True)\n{source}")
        assert client.receive()["text"].startswith("begun\n")
        cancel = client.send("cancel", requestId=running)
        ends = client.replies(running, cancel)
        assert ends[running]["code"] == "CANCELLED"
        assert ends[cancel]["success"] is True
        assert client.value("1 + 1") == 2
        assert client.execute("import asyncio\nawait asyncio.sleep(0, 'next')").value == "next"
        assert client.ask("ping")["epoch"] == 1


def test_a_cancelled_coroutine_cleans_up(client):
    source = """
import asyncio
try:
    print('begun', flush=True)
    await asyncio.sleep(1000)
finally:
    await asyncio.sleep(0.1)
    print('cleaned up')
"""
    running = client.send("execute", code=source)
    assert client.receive()["text"] == "begun\n"
    client.send("cancel", requestId=running)
    messages = [client.receive() for _ in range(3)]
    assert any(message.get("text") == "cleaned up\n" for message in messages)
    assert any(message.get("code") == "CANCELLED" for message in messages)


def test_a_coroutine_that_swallows_its_end_can_be_cancelled_again(client):
    source = """
import asyncio
for step in range(2):
    try:
        print('waiting', step, flush=True)
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        pass
print('waiting 2', flush=True)
await asyncio.sleep(1000)
"""
    running = client.send("execute", code=source)
    for step in range(3):
        while client.receive().get("text") != f"waiting {step}\n":
            pass
        last = client.send("cancel", requestId=running)
    assert client.replies(running, last)[running]["code"] == "CANCELLED"
    assert client.value("1") == 1


def test_one_cancel_of_code_that_prints_interrupts_it_once(client):
    source = """
import __main__
steps = __main__.steps = []
try:
    # On 3.11 and 3.12, Python itself may leave out the `finally` where a loop comes first.
    print('begun')
    while True: print('.')
finally:
    for step in range(5000): steps.append(step)
"""
    for _ in range(15):
        running = client.send("execute", code=source)
        client.receive()
        cancel = client.send("cancel", requestId=running)
        assert client.replies(running, cancel)[running]["code"] == "CANCELLED"
        assert client.value("import __main__\nlen(__main__.steps)") == 5000


@pytest.mark.parametrize("keeping", ["pass", "print('x' * 1000)"])
def test_one_cancel_of_a_coroutine_that_keeps_the_loop_interrupts_it_once(client, keeping):
    source = f"""
import asyncio
try:
    print('begun', flush=True)
    while True: {keeping}
finally:
    await asyncio.sleep(0.05)
    __import__('__main__').cleaned = True
"""
    client.value("import __main__\n__main__.cleaned = False")
    running = client.send("execute", code=source)
    assert client.receive()["text"].startswith("begun\n")
    cancel = client.send("cancel", requestId=running)
    assert client.replies(running, cancel)[running]["code"] == "CANCELLED"
    assert client.value("import __main__\n__main__.cleaned") is True


def test_code_that_fails_leaves_nothing_for_the_collector(client):
    source = """
import gc, weakref, __main__
class Held: pass
def fail():
    held = Held()
    __main__.held = weakref.ref(held)
    raise ValueError
gc.disable()
fail()
"""
    assert client.execute(source).reply["code"] == "PYTHON_ERROR"
    assert client.value("import gc, __main__\ngc.enable()\n__main__.held() is None") is True


def test_what_is_not_awaited_ends_with_the_run(client):
    source = """
import asyncio, __main__
__main__.ended = []
async def background():
    try: await asyncio.sleep(1000)
    finally: __main__.ended.append(True)
task = asyncio.ensure_future(background())
await asyncio.sleep(0)
'done'
"""
    assert client.execute(source).value == "done"
    assert client.value("import __main__\n__main__.ended") == [True]


def test_await_and_its_kin(client):
    source = """
import asyncio, contextlib
@contextlib.asynccontextmanager
async def manager():
    yield 'inside'
async def numbers():
    for n in range(3):
        yield n
seen = []
async with manager() as where: seen.append(where)
async for n in numbers(): seen.append(n)
seen += [n async for n in numbers()]
def plain(): return await_free
await_free = await asyncio.sleep(0, 'x')
seen + [plain(), [await asyncio.sleep(0, n) for n in range(2)]]
"""
    assert client.execute(source).value == ["inside", 0, 1, 2, 0, 1, 2, "x", [0, 1]]
    assert client.execute("import asyncio\nasyncio.run(asyncio.sleep(0, 1))").value == 1
    assert client.execute("async def f(): return 1\nf").reply["typeName"] == "function"


def test_cancels_at_any_moment_lose_no_reply(pool):
    """Cancels meet the code at every place on its way: each run has one reply, its output is whole, and last."""
    with FrameClient(pool.path) as client:
        for number in range(150):
            last = "import asyncio\nawait asyncio.sleep(0)" if number % 2 else "1"
            source = f"for n in range({number * 10}): print(n)\n{last}"
            running = client.send("execute", code=source)
            cancel = client.send("cancel", requestId=running)
            text, ends = "", {}
            while len(ends) < 2:
                message = client.receive()
                if "event" in message:
                    assert running not in ends
                    text += message["text"]
                else:
                    ends[message["id"]] = message
            assert (ends[running].get("code") == "CANCELLED") == ends[cancel]["success"]
            lines = text.split("\n")[:-1]
            assert [int(line) for line in lines] == list(range(len(lines)))
            assert client.execute("print('whole')").text() == "whole\n"


@pytest.mark.parametrize("dialect", ["frames", "lines"])
def test_a_worker_that_dies_in_the_middle(own_pool, dialect, tmp_path):
    go = tmp_path / "go"
    source = f"""
import os, time
print('last words', flush=True)
while not os.path.exists({str(go)!r}): time.sleep(0.01)
print('unsaid')
os._exit(3)
"""
    with getattr(own_pool, dialect)() as client:
        client.send("execute", code=source, request_id=1)
        assert client.receive()["text"] == "last words\n"
        go.touch()
        lost = client.receive()
        assert (lost["code"], lost["details"]["exitCode"]) == ("WORKER_LOST", 3)
        assert lost["id"] == (None if dialect == "frames" else 1)
        assert client.execute("print('next')").text() == "next\n"


def test_an_alarm_of_the_users_in_a_run_that_prints(client):
    source = """
import signal
def stop(*_): raise TimeoutError
signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.05)
n = 0
try:
    while True:
        print(n)
        n += 1
finally:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
"""
    for _ in range(10):
        run = client.execute(source)
        assert run.reply["details"]["exceptionType"] == "TimeoutError"
        lines = run.text().split("\n")[:-1]
        assert [int(line) for line in lines] == list(range(len(lines)))


def test_a_finalizer_that_prints_while_the_code_prints(client):
    source = """
class Noisy:
    def __init__(self): self.me = self
    def __del__(self): print('gone', flush=True)
for n in range(3000):
    Noisy()
    print('x' * 50)
import gc
collected = gc.collect()
"""
    run = client.execute(source)
    assert run.reply["repr"] == "None"
    assert run.text().count("x" * 50) == 3000


def test_a_client_that_stops_in_mid_output(pool):
    with FrameClient(pool.path) as other:
        with LineClient(pool.path) as client:
            client.send("execute", code="while True: print('x' * 1000)", request_id=1)
            assert client.receive()["event"] == "output"
        assert other.value("'goes on'") == "goes on"
    with FrameClient(pool.path) as client:
        client.sock.sendall(b"BPF1")
        client.sock.sendall(b"\xff" * 8)
        client.receive()
        assert at_end(client.sock)
