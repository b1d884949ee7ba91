import asyncio

import pytest

from beep_engine.fronts.http import joined_writes
from beep_engine.fronts.http.joined_writes import JoinedWrites


class RecordingTransport:
    def __init__(self):
        self.events = []
        self.closing = False

    def write(self, data):
        self.events.append(bytes(data))

    def close(self):
        self.closing = True
        self.events.append("close")

    def is_closing(self):
        return self.closing

    def get_extra_info(self, name):
        return f"extra {name}"


def run(steps):
    transport = RecordingTransport()

    async def scenario():
        await steps(JoinedWrites(transport))
        await asyncio.sleep(0)

    asyncio.run(scenario())
    return transport.events


def test_joins_two_writes_of_one_turn():
    async def steps(joined):
        joined.write(b"head ")
        joined.write(b"body")

    assert run(steps) == [b"head body"]


def test_lets_a_lone_write_go_at_the_next_turn():
    async def steps(joined):
        joined.write(b"100 Continue")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        joined.write(b"head ")
        joined.write(memoryview(b"body"))
        joined.write(b"tail")

    assert run(steps) == [b"100 Continue", b"head body", b"tail"]


def test_writes_what_it_holds_before_it_closes():
    async def steps(joined):
        joined.write(b"head")
        joined.close()

    assert run(steps) == [b"head", "close"]


def test_does_not_copy_what_is_long(monkeypatch):
    monkeypatch.setattr(joined_writes, "JOIN_LIMIT", 8)

    async def steps(joined):
        joined.write(b"head")
        joined.write(b"a long body")
        joined.write(b"another long one")

    assert run(steps) == [b"head", b"a long body", b"another long one"]


def test_is_the_transport_in_everything_else():
    async def steps(joined):
        assert joined.get_extra_info("socket") == "extra socket"
        assert joined.is_closing() is False
        with pytest.raises(AttributeError):
            joined.nonsense  # noqa: B018

    assert run(steps) == []
