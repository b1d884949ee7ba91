"""Requests whose callers have gone: they are cancelled, and what they would have made is disposed of."""

import asyncio

import pytest
from fronts.scripted_pool import echoing, opened, reply_to, run, scripted_pool, silent


def test_abandoning_a_request_cancels_it_and_ignores_its_reply():
    seen = []

    async def watching(pool):
        request = await pool.request()
        cancel = await pool.request()
        seen.append((cancel["command"], cancel["payload"], request["id"]))
        pool.reply({"id": request["id"], "error": "cancelled", "code": "CANCELLED"})
        await echoing(pool)

    async def scenario():
        async with scripted_pool(watching) as path:
            client = await opened(path)
            connection = await client.connection()
            pending = connection.send(b"eval", b"{}")
            pending.abandon()
            assert (await reply_to(pending))["code"] == "CANCELLED"
            assert (await reply_to(connection.send(b"ping", b"{}")))["command"] == "ping"
            assert seen == [("cancel", {"requestId": pending.id}, pending.id)]
            client.close()

    run(scenario())


def test_an_object_that_nobody_waits_for_any_more_is_disposed_of():
    seen = []

    async def late(pool):
        first = await pool.request()
        assert (await pool.request())["command"] == "cancel"
        pool.reply({"id": first["id"], "isHandle": True, "handleId": "h1-7", "typeName": "object", "repr": "x"})
        seen.append(await pool.request())
        second = await pool.request()
        await pool.request()
        pool.reply({"id": second["id"], "value": {"handleId": "h1-8"}, "isHandle": False, "typeName": "dict"})
        seen.append(await pool.request())
        await silent(pool)

    async def scenario():
        async with scripted_pool(late) as path:
            client = await opened(path)
            connection = await client.connection()
            connection.send(b"eval", b"{}").abandon()
            while not seen:
                await asyncio.sleep(0)
            assert (seen[0]["command"], seen[0]["payload"]) == ("dispose", {"handleId": "h1-7"})
            connection.send(b"eval", b"{}").abandon()
            connection.send(b"ping", b"{}")
            while len(seen) < 2:
                await asyncio.sleep(0)
            assert seen[1]["command"] == "ping"
            client.close()

    run(scenario())


@pytest.mark.parametrize("leaves", ["before", "after"])
def test_an_object_of_a_session_is_disposed_of_there(leaves):
    seen = []

    async def script(pool):
        request = await pool.request()
        if leaves == "before":
            assert (await pool.request())["command"] == "cancel"
        pool.reply({"id": request["id"], "isHandle": True, "handleId": "h1-7", "typeName": "object", "repr": "x"})
        seen.append(await pool.request())
        await silent(pool)

    async def scenario():
        async with scripted_pool(script) as path:
            client = await opened(path)
            connection = await client.connection()
            pending = connection.send(b"eval", b'{"sessionId":"s1-2"}')
            if leaves == "after":
                await pending.reply
            pending.abandon()
            while not seen:
                await asyncio.sleep(0)
            assert seen[0]["command"] == "dispose"
            assert seen[0]["payload"] == {"handleId": "h1-7", "sessionId": "s1-2"}
            client.close()

    run(scenario())


def test_the_next_worker_does_nothing_for_callers_who_were_told_of_the_loss():
    seen = []

    async def lost_before_it_was_read(pool):
        first = await pool.request()
        pool.reply({"id": None, "event": "worker.lost", "error": "it died", "code": "WORKER_LOST"})
        pool.reply({"id": first["id"], "isHandle": True, "handleId": "h2-1", "typeName": "object", "repr": "x"})
        seen.extend([first["id"], await pool.request(), await pool.request()])
        await silent(pool)

    async def scenario():
        async with scripted_pool(lost_before_it_was_read) as path:
            client = await opened(path)
            connection = await client.connection()
            assert b"WORKER_LOST" in (await connection.send(b"wrap", b"{}").reply).text
            while not seen:
                await asyncio.sleep(0)
            request_id, cancel, dispose = seen
            assert (cancel["command"], cancel["payload"]) == ("cancel", {"requestId": request_id})
            assert (dispose["command"], dispose["payload"]) == ("dispose", {"handleId": "h2-1"})
            client.close()

    run(scenario())


def test_abandoning_after_the_reply_sends_nothing():
    async def scenario():
        async with scripted_pool(echoing) as path:
            client = await opened(path)
            connection = await client.connection()
            pending = connection.send(b"eval", b"{}")
            await pending.reply
            pending.abandon()
            assert await pending.cancel() is False
            following = connection.send(b"ping", b"{}")
            assert following.id == pending.id + 1
            await following.reply
            client.close()

    run(scenario())
