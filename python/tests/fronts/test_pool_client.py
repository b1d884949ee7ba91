import asyncio
import json

import pytest
from fronts.scripted_pool import encoded, scripted_pool

from beep_engine.faults import Fault
from beep_engine.fronts.pool_client import PoolClient, is_windows_pipe

DEADLINE = 10


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, DEADLINE))


async def opened(path, token=None):
    client = PoolClient(path, token)
    await client.open(DEADLINE)
    return client


async def reply_to(pending):
    return json.loads((await pending.reply).text)


async def silent(pool):
    while await pool.request():
        pass


async def echoing(pool):
    while True:
        request = await pool.request()
        if request is None:
            return
        pool.reply({"id": request["id"], "command": request["command"], "payload": request["payload"]})


def test_gives_each_reply_to_its_own_request_whatever_the_order():
    async def backwards(pool):
        requests = [await pool.request() for _ in range(3)]
        for request in reversed(requests):
            pool.reply({"id": request["id"], "value": request["payload"]["n"]})
        await silent(pool)

    async def scenario():
        async with scripted_pool(backwards) as path:
            client = await opened(path)
            connection = await client.connection()
            pending = [connection.send(b"eval", b'{"n":%d}' % n) for n in range(3)]
            assert [await reply_to(each) for each in pending] == [{"value": 0}, {"value": 1}, {"value": 2}]
            client.close()

    run(scenario())


def test_passes_text_and_attachments_through_untouched():
    text = b'{"id":1,"value": [1.50, "\\u00e9"],"attachments":[3]}'

    async def answering(pool):
        await pool.request()
        pool.send_raw(encoded(text, b"abc"))
        await silent(pool)

    async def scenario():
        async with scripted_pool(answering) as path:
            client = await opened(path)
            reply = await (await client.connection()).send(b"eval", b"{}").reply
            assert reply.text == b'{"value": [1.50, "\\u00e9"],"attachments":[3]}'
            assert bytes(reply.body) == b"abc"
            assert reply.may_attach() and not reply.may_fail()
            client.close()

    run(scenario())


@pytest.mark.parametrize("header", [b'{ "id": 1, "value": 2 }', b'{"value":2,"id":1}', b'{"id":1, "value":2}'])
def test_reads_a_reply_however_it_is_written(header):
    async def answering(pool):
        await pool.request()
        pool.send_raw(encoded(header))
        await silent(pool)

    async def scenario():
        async with scripted_pool(answering) as path:
            client = await opened(path)
            assert await reply_to((await client.connection()).send(b"eval", b"{}")) == {"value": 2}
            client.close()

    run(scenario())


def test_a_large_request_and_its_reply_arrive_whole():
    text = "é" * 1_000_000

    async def scenario():
        async with scripted_pool(echoing) as path:
            client = await opened(path)
            pending = (await client.connection()).send(b"eval", json.dumps({"text": text}).encode())
            assert (await reply_to(pending))["payload"] == {"text": text}
            client.close()

    run(scenario())


def test_a_lost_worker_fails_what_is_in_flight_and_the_connection_goes_on():
    notice = {"error": "gone", "detail": "gone", "code": "WORKER_LOST", "message": "gone", "details": {"signal": 11}}

    async def losing(pool):
        await pool.request()
        await pool.request()
        pool.reply({"id": None, "event": "worker.lost", **notice})
        await echoing(pool)

    async def scenario():
        async with scripted_pool(losing) as path:
            client = await opened(path)
            connection = await client.connection()
            pending = [connection.send(b"eval", b"{}") for _ in range(2)]
            assert [await reply_to(each) for each in pending] == [notice, notice]
            assert client.live() is connection
            assert (await reply_to(connection.send(b"ping", b"{}")))["command"] == "ping"
            client.close()

    run(scenario())


def test_a_dropped_connection_fails_what_is_in_flight_and_is_replaced():
    async def dropping(pool):
        await pool.request()
        pool.close()

    async def scenario():
        async with scripted_pool(dropping, echoing) as path:
            client = await opened(path)
            first = await client.connection()
            failed = await reply_to(first.send(b"eval", b"{}"))
            assert failed["code"] == "WORKER_LOST"
            second = await client.connection()
            assert second is not first
            assert (await reply_to(second.send(b"ping", b"{}")))["command"] == "ping"
            client.close()

    run(scenario())


def test_a_pool_that_hangs_up_on_arrival_is_asked_again():
    async def closing(pool):
        pool.close()

    async def scenario():
        async with scripted_pool(closing, closing, closing, echoing) as path:
            client = await opened(path)

            async def ping():
                return await reply_to((await client.connection()).send(b"ping", b"{}"))

            while (await ping()).get("command") != "ping":
                pass
            client.close()

    run(scenario())


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        encoded(b"[]"),
        encoded(b"{"),
        encoded({"id": None, "error": "cannot read the header", "code": "BAD_REQUEST"}),
    ],
)
def test_an_answer_to_nobody_leaves_nobody_waiting(answer):
    async def babbling(pool):
        await pool.request()
        pool.send_raw(answer)
        await silent(pool)

    async def scenario():
        async with scripted_pool(babbling, echoing) as path:
            client = await opened(path)
            failed = await reply_to((await client.connection()).send(b"eval", b"{}"))
            assert failed["code"] == "WORKER_LOST"
            assert (await reply_to((await client.connection()).send(b"ping", b"{}")))["command"] == "ping"
            client.close()

    run(scenario())


def test_an_unknown_event_or_reply_is_skipped():
    async def chatty(pool):
        request = await pool.request()
        pool.reply({"id": None, "event": "something.new"})
        pool.reply({"id": 999, "value": 1})
        pool.reply({"id": request["id"], "value": 2})
        await silent(pool)

    async def scenario():
        async with scripted_pool(chatty) as path:
            client = await opened(path)
            assert await reply_to((await client.connection()).send(b"eval", b"{}")) == {"value": 2}
            client.close()

    run(scenario())


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


def test_says_hello_with_the_token_before_anything_else():
    seen = []

    async def strict(pool):
        seen.append(await pool.request())
        pool.reply({"id": seen[0]["id"], "success": True})
        await echoing(pool)

    async def scenario():
        async with scripted_pool(strict) as path:
            client = await opened(path, token='a"b')
            assert (await reply_to((await client.connection()).send(b"ping", b"{}")))["command"] == "ping"
            assert [(each["command"], each["payload"]) for each in seen] == [
                ("hello", {"token": 'a"b', "refuse": True})
            ]
            client.close()

    run(scenario())


def test_reports_a_refused_hello():
    async def refusing(pool):
        request = await pool.request()
        pool.reply({"id": request["id"], "error": "the token is wrong", "code": "UNAUTHORIZED"})
        await silent(pool)

    async def scenario():
        async with scripted_pool(refusing) as path:
            client = PoolClient(path, "wrong")
            with pytest.raises(Fault, match="the token is wrong") as caught:
                await client.open(0.2)
            assert caught.value.code == "WORKER_LOST"
            client.close()

    run(scenario())


def test_gives_up_on_a_pool_that_is_not_there(tmp_path):
    async def scenario():
        client = PoolClient(str(tmp_path / "nobody é.sock"))
        with pytest.raises(Fault, match="nobody é") as caught:
            await client.open(0.05)
        assert caught.value.code == "WORKER_LOST"
        client.close()

    run(scenario())


def test_knows_a_windows_pipe_by_its_address():
    assert is_windows_pipe("\\\\.\\pipe\\beep-demo")
    assert not is_windows_pipe("/tmp/beep/demo.sock")
