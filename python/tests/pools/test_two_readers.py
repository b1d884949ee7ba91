"""A connection is read by the idle main thread, or by its own thread while that one is busy: no request is lost."""

import json
import random
import threading
from contextlib import ExitStack

import pytest
from pools.harness import DEADLINE, FrameClient, eventually

from beep_engine.wire.frames import PREFIX
from beep_engine.worker.watch import MOST_SEATS

MIX = ("ping", "sum", "slow", "large", "split", "burst")


class Caller:
    """Asks at random, each thing by its own seed, and checks that every reply is the one to what was asked."""

    def __init__(self, path, seed):
        self.failure = None
        self._client = FrameClient(path)
        self._random = random.Random(seed)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def join(self):
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive(), "it waits for a reply"
        if self.failure is not None:
            raise self.failure

    def _run(self):
        try:
            with self._client:
                for _ in range(60):
                    getattr(self, f"_{self._random.choice(MIX)}")()
        except BaseException as error:
            self.failure = error

    def _ping(self):
        assert self._client.ask("ping")["status"] == "ok"

    def _sum(self):
        one, two = (self._random.randrange(1000) for _ in range(2))
        assert self._client.ask("eval", expression="a + b", locals={"a": one, "b": two})["value"] == one + two

    def _slow(self):
        """Others, and a ping of its own, come meanwhile."""
        slow = self._client.send("eval", expression="import time\ntime.sleep(0.003)\n'slow'")
        ping = self._client.send("ping")
        replies = self._client.replies(slow, ping)
        assert (replies[slow]["value"], replies[ping]["status"]) == ("slow", "ok")

    def _large(self):
        """Received in place, in many pieces."""
        data = self._random.randbytes(self._random.randrange(70_000, 400_000))
        reply = self._client.ask(
            "eval", expression="sum(memoryview(x)) % 251", attachments=[data], locals={"x": self._array(data)}
        )
        assert reply["value"] == sum(data) % 251

    def _split(self):
        """A frame that comes in two."""
        number = self._random.randrange(1000)
        self._client.last_id += 1
        header = {"id": self._client.last_id, "command": "eval", "payload": {"expression": str(number)}}
        text = json.dumps(header).encode()
        frame = PREFIX.pack(b"BPF1", len(text), 0) + text
        middle = self._random.randrange(1, len(frame))
        self._client.sock.sendall(frame[:middle])
        self._client.sock.sendall(frame[middle:])
        assert self._client.receive()["value"] == number

    def _burst(self):
        numbers = [self._random.randrange(1000) for _ in range(self._random.randrange(2, 40))]
        asked = [self._client.send("eval", expression=str(number)) for number in numbers]
        replies = self._client.replies(*asked)
        assert [replies[one]["value"] for one in asked] == numbers

    @staticmethod
    def _array(data):
        return {"$type": "array", "attachment": 0, "dtype": "uint8", "shape": [len(data)]}


@pytest.mark.parametrize("callers", [1, 3])
def test_every_request_gets_its_reply(pool, callers):
    at_work = [Caller(pool.path, f"{callers} {number}") for number in range(callers)]
    for caller in at_work:
        caller.join()


def test_those_without_a_seat_are_served_the_same(pool):
    with ExitStack() as stack:
        clients = [stack.enter_context(FrameClient(pool.path)) for _ in range(MOST_SEATS + 6)]
        for turn in range(2):
            for number, client in enumerate(clients):
                assert client.ask("eval", expression=f"{number} + {turn}")["value"] == number + turn
        asked = [client.send("eval", expression="'all at once'") for client in clients]
        replies = [client.replies(one)[one]["value"] for client, one in zip(clients, asked)]
        assert replies == ["all at once"] * len(clients)


def test_places_at_the_watch_are_free_again(pool):
    """They go to who comes next, under the numbers of sockets that others had."""
    for _ in range(3):
        with ExitStack() as stack:
            clients = [stack.enter_context(FrameClient(pool.path)) for _ in range(20)]
            for number, client in enumerate(clients):
                assert client.ask("eval", expression=str(number))["value"] == number
    with FrameClient(pool.path) as client:
        count = "import os\nlen(os.listdir('/proc/self/fd'))"
        if client.ask("eval", expression="import os\nos.path.isdir('/proc/self/fd')")["value"]:
            eventually(lambda: client.ask("eval", expression=count)["value"] < 30, "what they had open is closed")
