"""Interrupts that meet code where Python ignores whatever is raised: they are not shown, and come again."""

import pytest
from pools.harness import DEADLINE, FrameClient, eventually

# Each calls `endless` where no code hears of what it raises. No `try` begins with `while True`: what is raised where
# such a loop begins anew counts as raised before the `try` in Python 3.11 and 3.12.
WAYS = {
    "finalizer": """
class Gone:
    def __del__(self): endless()
Gone()
""",
    "weak reference": """
import weakref
class Gone: pass
gone = Gone()
reference = weakref.ref(gone, lambda _: endless())
del gone
""",
    "collector": """
import gc
def collected(phase, info):
    gc.callbacks.remove(collected)
    endless()
gc.callbacks.append(collected)
gc.collect()
""",
    "generator": """
def numbers():
    try: yield 1
    finally: endless()
next(numbers())
""",
    "native callback": """
import ctypes
ctypes.CFUNCTYPE(None)(endless)()
""",
    "finalizer that awaits": """
import asyncio
class Gone:
    def __del__(self): endless()
async def wait():
    Gone()
    await asyncio.sleep(1000)
await wait()
""",
    "finalizer that prints": """
class Gone:
    def __del__(self):
        busy = True
        try:
            while busy: print('.' * 1000)
        finally: noted.append('interrupted')
Gone()
""",
}
SOURCE = """
import __main__
noted = __main__.noted = []
def loop():
    print('begun', flush=True)
    while True: pass
def endless():
    try: loop()
    finally: noted.append('interrupted')
{way}
while True: pass
"""


def noted(pool):
    with FrameClient(pool.path) as client:
        return client.value("import __main__\nvars(__main__).pop('noted', None)")


@pytest.mark.parametrize("way", WAYS)
def test_a_cancel_that_python_ignores_comes_again_in_silence(pool, client, way):
    source = SOURCE.format(way=WAYS[way])
    running = client.send("execute", code=source)
    shown = client.receive()
    assert (shown["event"], shown["stream"]) == ("output", "stdout")
    cancel = client.send("cancel", requestId=running)
    ends = {}
    while len(ends) < 2:
        message = client.receive()
        if "event" in message:
            assert message["stream"] == "stdout", message["text"]
        else:
            ends[message["id"]] = message
    assert (ends[running]["code"], ends[cancel]["success"]) == ("CANCELLED", True)
    assert noted(pool) == ["interrupted"]


@pytest.mark.parametrize("command", ["cancel", "interrupt", "hang-up"])
def test_whoever_wants_the_code_to_end(pool, command):
    begun = pool.output.count("begun")
    with FrameClient(pool.path) as client:
        running = client.send("eval", expression=SOURCE.format(way=WAYS["finalizer"]))
        eventually(lambda: pool.output.count("begun") > begun, "the code runs")
        if command != "hang-up":
            client.send(command, requestId=running)
            assert client.replies(running)[running]["code"] == "CANCELLED"
    assert noted(pool) == ["interrupted"]
    assert "Exception ignored" not in pool.log


def test_a_limit_of_time(pool, client):
    begun = pool.output.count("begun")
    # Again where a busy machine has not come that far.
    while pool.output.count("begun") == begun:
        reply = client.ask("eval", expression=SOURCE.format(way=WAYS["finalizer"]), timeoutSeconds=0.1)
        assert reply["code"] == "TIMEOUT"
    assert noted(pool) == ["interrupted"]
    assert "Exception ignored" not in pool.log


def test_a_hook_of_the_codes_hears_of_its_own_errors_alone(pool, client):
    source = """
import sys, __main__
heard = __main__.noted = []
def hook(unraisable):
    heard.append(type(unraisable.exc_value).__name__)
    before(unraisable)
before, sys.unraisablehook = sys.unraisablehook, hook
class Fails:
    def __del__(self): raise ValueError('of its own')
class Endless:
    def __del__(self):
        print('begun', flush=True)
        while True: pass
try:
    Endless()
    while True: pass
finally:
    Fails()
    sys.unraisablehook = before
"""
    for _ in range(3):
        running = client.send("execute", code=source)
        texts = {"stdout": "", "stderr": ""}
        message = client.receive()
        client.send("cancel", requestId=running)
        while message.get("id") != running or "event" in message:
            if "event" in message:
                texts[message["stream"]] += message["text"]
            message = client.receive()
        assert message["code"] == "CANCELLED"
        assert texts["stderr"].count("Exception ignored") == 1
        assert "ValueError: of its own" in texts["stderr"]
        assert noted(pool) == ["ValueError"]


def test_an_interrupt_of_the_codes_own_stays_what_it_is(client):
    source = """
class Gone:
    def __del__(self): raise KeyboardInterrupt('by hand')
Gone()
'goes on'
"""
    run = client.execute(source, timeoutSeconds=DEADLINE)
    assert run.value == "goes on"
    assert "KeyboardInterrupt: by hand" in run.text("stderr")
