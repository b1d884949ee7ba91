"""`ping` while the main thread is busy, and clients that do not read."""

import threading
import time

import pytest
from pools.harness import DEADLINE, FrameClient, LineClient, eventually

# The promise is 50 ms on a machine with nothing else to do; this bound only has to tell it from a stall.
GENEROUS = 1.0


def best_ping(client, count=20):
    best = DEADLINE
    for _ in range(count):
        begun = time.perf_counter()
        assert client.ask("ping")["status"] == "ok"
        best = min(best, time.perf_counter() - begun)
    return best


@pytest.mark.parametrize("work", ["import time; time.sleep(5)", "while True: pass"])
def test_ping_while_user_code_runs(pool, work):
    with FrameClient(pool.path) as busy, FrameClient(pool.path) as other, LineClient(pool.path) as third:
        running = busy.send("eval", expression=work)
        assert best_ping(other) < 0.05
        assert best_ping(third) < 0.05
        begun = time.perf_counter()
        with FrameClient(pool.path) as newcomer:
            assert newcomer.ask("ping")["status"] == "ok"
        assert time.perf_counter() - begun < GENEROUS
        assert busy.ask("ping")["status"] == "ok"
        busy.send("cancel", requestId=running)
        codes = [busy.receive().get("code") for _ in range(2)]
        assert sorted(codes, key=str) == ["CANCELLED", None]


@pytest.mark.parametrize("dialect", ["frames", "lines"])
def test_a_slow_reader_stalls_nobody(pool, dialect):
    source = "'x' * 20_000_000"
    with getattr(pool, dialect)() as slow, FrameClient(pool.path) as other:
        for number in range(3):
            slow.send("eval", expression=source, request_id=number + 1)
        # Their replies wait; the main thread does not.
        for number in range(50):
            assert other.value("n", n=number) == number
        slow.send("ping", request_id=9)
        # The ping may overtake what has not run by then.
        lengths = {reply["id"]: len(reply.get("value", "")) for reply in (slow.receive() for _ in range(4))}
        assert lengths == {1: 20_000_000, 2: 20_000_000, 3: 20_000_000, 9: 0}
        assert [number for number in lengths if number != 9] == [1, 2, 3]


def test_a_slow_reader_of_an_array_stalls_nobody(pool):
    with FrameClient(pool.path) as slow, FrameClient(pool.path) as other:
        handle = slow.eval("import array; array.array('d', bytes(64_000_000))")["handleId"]
        slow.send("tofloatarray", handleId=handle)
        for number in range(50):
            assert other.value("n", n=number) == number
        assert slow.receive()["data"]["shape"] == [8_000_000]


def test_a_client_that_leaves_with_replies_waiting(pool):
    with FrameClient(pool.path) as other:
        with FrameClient(pool.path) as slow:
            slow.send("eval", expression="'x' * 20_000_000")
            assert other.value("1") == 1
        count = "import threading\nsum(t.name in ('beep-writer', 'beep-reader') for t in threading.enumerate())"
        eventually(lambda: other.value(count) == 0, "the writer thread ends")


def test_clients_at_the_same_time(pool):
    failures = []

    def work(number):
        try:
            with FrameClient(pool.path) as client:
                for step in range(50):
                    assert client.value("a + b", a=number, b=step) == number + step
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
