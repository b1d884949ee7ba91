import json

import pytest
from fronts.scripted_pool import echoing, encoded, opened, reply_to, run, scripted_pool, silent

from beep_engine.faults import Fault
from beep_engine.fronts.pool_client import PoolClient, is_windows_pipe


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
