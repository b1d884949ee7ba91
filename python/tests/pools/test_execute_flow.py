"""Much output, and clients that are slow to read it."""

import socket
import threading
import time

import pytest
from pools.harness import FrameClient, eventually

MEGABYTE = 1024 * 1024


def begun(client):
    """Waits until output has come, without reading it."""
    eventually(lambda: len(client.sock.recv(65536, socket.MSG_PEEK)) > 1000, "output has come")


def test_all_of_a_large_output_arrives(dialect):
    run = dialect.execute("for n in range(40): print(str(n) * 100_000)")
    assert run.text() == "".join(f"{str(n) * 100_000}\n" for n in range(40))
    assert "outputCut" not in run.reply


def test_output_beyond_the_limit_is_left_out_and_said_so(dialect):
    run = dialect.execute("for n in range(10): print('x' * 99)\n'done'", outputLimit=450)
    assert (run.value, run.reply["outputCut"]) == ("done", True)
    assert run.text() == ("x" * 99 + "\n") * 4 + "x" * 50
    assert run.events[-1] == {
        "event": "output",
        "stream": "stderr",
        "text": "\n[the output beyond 450 characters is left out]\n",
        "cut": True,
    }
    default = dialect.execute("print('x' * 20_000_000)")
    assert len(default.text()) == 16 * MEGABYTE
    assert default.reply["outputCut"] is True


def test_a_display_beyond_the_limit_is_left_out(dialect):
    source = "class Page:\n    def _repr_html_(self): return 'x' * 1000\ndisplay(Page())\nprint('x')"
    run = dialect.execute(source, outputLimit=500)
    assert [event["event"] for event in run.events] == ["output"]
    assert run.events[0]["cut"] is True


def test_a_slow_reader_slows_its_code_and_loses_nothing(pool):
    with FrameClient(pool.path) as slow, FrameClient(pool.path) as other:
        slow.send("execute", code="import time\nfor n in range(8_000): print(f'{n:999}')\n'end'")
        # While it does not read, the code waits.
        begun(slow)
        assert other.ask("ping")["status"] == "ok"
        text = ""
        while True:
            message = slow.receive()
            if "event" not in message:
                break
            text += message["text"]
        assert message["value"] == "end"
        assert text == "".join(f"{n:999}\n" for n in range(8_000))


@pytest.mark.parametrize("dialect", ["frames", "lines"])
def test_a_client_that_does_not_read_delays_nobody_and_fills_no_memory(pool, dialect):
    source = """
import resource, __main__
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for n in range(15_000): print(f'{n:999}')
__main__.grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
'end'
"""
    with getattr(pool, dialect)() as deaf, FrameClient(pool.path) as other:
        deaf.send("execute", code=source, request_id=1)
        begun(deaf)
        # Runs when the other code has ended, of which nobody reads a byte. In KiB.
        assert other.value("import __main__\n__main__.grown") < 8 * 1024
        text, cuts = "", 0
        while True:
            message = deaf.receive()
            if "event" not in message:
                break
            cuts += message.get("cut", False)
            text += "" if message.get("cut") else message["text"]
        assert (message["value"], message["outputCut"]) == ("end", True)
        assert cuts >= 1
        assert 0 < len(text) < 15_000_000
        assert text.startswith("".join(f"{n:999}\n" for n in range(500)))


def test_cancel_a_run_whose_output_nobody_reads(pool):
    with FrameClient(pool.path) as deaf:
        running = deaf.send("execute", code="while True: print('x' * 1000)", outputLimit=10**12)
        begun(deaf)
        cancel = deaf.send("cancel", requestId=running)
        assert deaf.replies(running, cancel)[running]["code"] == "CANCELLED"
        assert deaf.value("1") == 1


def test_ping_while_code_prints(pool):
    with FrameClient(pool.path) as client, FrameClient(pool.path) as other:
        running = client.send("execute", code="while True: print('x' * 100)", outputLimit=10**12)
        ends = []
        reader = threading.Thread(target=lambda: ends.append(client.replies(running, running + 1)))
        reader.start()
        best = 60.0
        for _ in range(30):
            begun = time.perf_counter()
            assert other.ask("ping")["status"] == "ok"
            best = min(best, time.perf_counter() - begun)
        assert best < 0.05
        client.send("cancel", requestId=running)
        reader.join()
        assert ends[0][running]["code"] == "CANCELLED"
