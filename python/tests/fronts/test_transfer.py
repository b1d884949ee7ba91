import asyncio
import json

import pytest
from fronts.scripted_pool import encoded, scripted_pool

from beep_engine.faults import Fault
from beep_engine.fronts.frame_reader import BrokenStream
from beep_engine.fronts.pool_client import PoolClient
from beep_engine.fronts.transfer import Transfer

BODY = bytes(range(251)) * 4000


def told(body=BODY):
    return {"id": 1, "data": {"$type": "array", "attachment": 0}, "attachments": [len(body)]}


async def joined(transfer, size):
    return b"".join(await transfer.take(size))


def with_pool(script, story):
    """Runs the story with a transfer whose request has been sent to a pool that does what the script says."""

    async def run():
        async with scripted_pool(script) as path:
            client = PoolClient(path)
            await client.open()
            transfer = Transfer()
            connection = await client.connection()
            pending = connection.send(b"toarray", b"{}", on_body=transfer.begin)
            try:
                await asyncio.wait_for(story(transfer, pending), 20)
            finally:
                client.close()

    asyncio.run(run())


def test_the_beginning_is_there_before_the_end_has_been_sent():
    taken = None

    async def story(transfer, pending):
        await transfer.opening()
        assert (transfer.data["$type"], transfer.length) == ("array", len(BODY))
        first = await joined(transfer, 1000)
        assert not pending.reply.done()
        taken.set()
        transfer.end(await pending.reply)
        assert first + await joined(transfer, len(BODY)) == BODY
        assert await transfer.take(10) == []

    async def script(conversation):
        nonlocal taken
        taken = asyncio.Event()
        await conversation.request()
        whole = encoded(told(), BODY)
        conversation.send_raw(whole[:-10])
        await taken.wait()
        conversation.send_raw(whole[-10:])
        await conversation.request()

    with_pool(script, story)


def test_a_short_one_comes_with_the_reply():
    async def story(transfer, pending):
        transfer.end(await pending.reply)
        await transfer.opening()
        assert [await joined(transfer, 2), await joined(transfer, 5)] == [b"ab", b"c"]

    async def script(conversation):
        await conversation.request()
        conversation.reply(told(b"abc"), b"abc")
        await conversation.request()

    with_pool(script, story)


def test_a_worker_that_is_lost_in_the_middle_is_told():
    async def story(transfer, pending):
        await transfer.opening()
        assert await joined(transfer, 500) == BODY[:500]
        waiting = asyncio.ensure_future(transfer.take(len(BODY)))
        reply = json.loads((await pending.reply).text)
        assert reply["code"] == "WORKER_LOST"
        transfer.fail(Fault(reply["code"], reply["message"]))
        with pytest.raises(Fault, match="lost"):
            await waiting

    async def script(conversation):
        await conversation.request()
        conversation.send_raw(encoded(told(), BODY)[:100_000])
        conversation.close()

    with_pool(script, story)


def test_other_replies_come_before_and_behind_it():
    async def story(transfer, pending):
        await transfer.opening()
        others = [pending.connection.send(b"ping", b"{}").reply for _ in range(2)]
        transfer.end(await pending.reply)
        assert await joined(transfer, len(BODY)) == BODY
        assert [json.loads((await other).text)["n"] for other in others] == [2, 3]

    async def script(conversation):
        await conversation.request()
        whole = encoded(told(), BODY)
        conversation.send_raw(whole[:70_000])
        ids = [(await conversation.request())["id"] for _ in range(2)]
        conversation.send_raw(whole[70_000:] + b"".join(encoded({"id": number, "n": number}) for number in ids))
        await conversation.request()

    with_pool(script, story)


def test_what_nobody_wants_any_more_is_not_kept():
    async def story(transfer, pending):
        await transfer.opening()
        assert pending.connection.forget(pending.id, b"{}")
        transfer.close()
        other = await pending.connection.send(b"ping", b"{}").reply
        assert json.loads(other.text)["n"] == 2
        transfer.end(other)
        assert await transfer.take(10) == []

    async def script(conversation):
        await conversation.request()
        whole = encoded(told(), BODY)
        conversation.send_raw(whole[:70_000])
        number = (await conversation.request())["id"]
        conversation.send_raw(whole[70_000:] + encoded({"id": number, "n": number}))
        await conversation.request()

    with_pool(script, story)


def test_a_body_of_several_things_is_no_transfer():
    async def run():
        with pytest.raises(BrokenStream, match="one thing"):
            Transfer().begin(b'{"data":{"attachment":0},"attachments":[1,2]}', 3)

    asyncio.run(run())
