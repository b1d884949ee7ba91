"""Cancelling by name, when one of that name cannot hear."""

import asyncio

from beep_engine.fronts.named_requests import NamedRequests


class Deaf:
    """In a worker that native code keeps from hearing anything."""

    def __init__(self):
        self.heard = asyncio.Event()

    async def cancel(self, grace):
        await self.heard.wait()
        return False


class Hearing:
    def __init__(self):
        self.cancelled = asyncio.Event()

    async def cancel(self, grace):
        self.cancelled.set()
        return True


def test_the_others_of_that_name_are_cancelled_all_the_same():
    async def story():
        named, first, last = NamedRequests(), Hearing(), Deaf()
        named.add(b"x", first)
        named.add(b"x", last)
        answer = asyncio.ensure_future(named.cancel(b"x"))
        await asyncio.wait_for(first.cancelled.wait(), 30)
        assert not answer.done()
        last.heard.set()
        assert await answer is True

    asyncio.run(story())
