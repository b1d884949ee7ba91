import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fronts.harness import VARIANTS, eventually, running_server

pytestmark = pytest.mark.needs_admin

# Far longer than a test may take: whoever waits for it has failed.
ENDLESS = 600


@pytest.fixture
def started(tmp_path):
    """A file that running code makes, so that a test knows it runs."""
    return tmp_path / "stärted"


def endless(started):
    code = f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep({ENDLESS})"
    return {"expression": code}


def test_cancel_ends_a_running_request(server, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", endless(started), x_request_id="job 1")
        eventually(started.exists, "the code runs")
        assert server.done("/cancel", {"requestId": "job 1"}) == {"success": True}
        answer = call.result()
    assert (answer.status, answer.json["code"]) == (499, "CANCELLED")
    assert server.done("/cancel", {"requestId": "job 1"}) == {"success": False}
    assert server.eval("1")["value"] == 1


def test_cancel_takes_a_waiting_request_out_of_the_queue(server, started, tmp_path):
    never = tmp_path / "never"
    with ThreadPoolExecutor() as threads:
        first = threads.submit(server.post, "/eval", endless(started), x_request_id="first")
        eventually(started.exists, "the code runs")
        code = {"expression": f"open(r'''{never}''', 'w').close()"}
        second = threads.submit(server.post, "/eval", code, x_request_id="second")
        eventually(lambda: server.done("/cancel", {"requestId": "second"})["success"], "the second is known")
        assert second.result().json["code"] == "CANCELLED"
        assert not first.done()
        server.done("/api/cancel", {"requestId": "first"})
        assert first.result().json["code"] == "CANCELLED"
    assert server.eval("1")["value"] == 1
    assert not never.exists()


def test_cancelling_what_is_unknown_or_over_says_so(server):
    server.done("/eval", {"expression": "1"}, x_request_id="over")
    assert server.done("/cancel", {"requestId": "over"}) == {"success": False}
    assert server.done("/cancel", {"requestId": "é"}) == {"success": False}


def test_a_client_that_hangs_up_cancels_its_request(server, started):
    body = json.dumps(endless(started)).encode()
    with server.raw(server.head("POST /eval HTTP/1.1", Content_Length=str(len(body))) + body):
        eventually(started.exists, "the code runs")
    assert server.eval("1")["value"] == 1


def test_a_client_that_hangs_up_while_it_waits_cancels_its_request(server, started, tmp_path):
    never = tmp_path / "never"
    body = json.dumps({"expression": f"open(r'''{never}''', 'w').close()"}).encode()
    with ThreadPoolExecutor() as threads:
        first = threads.submit(server.post, "/eval", endless(started), x_request_id="first")
        eventually(started.exists, "the code runs")
        waiting = server.head("POST /eval HTTP/1.1", Content_Length=str(len(body)), X_Request_Id="waiting")
        with server.raw(waiting + body):
            pass
        # It has gone when its name has: names of requests live as long as they do.
        eventually(lambda: not server.done("/cancel", {"requestId": "waiting"})["success"], "the hang-up is noticed")
        server.done("/cancel", {"requestId": "first"})
        first.result()
    assert server.eval("1")["value"] == 1
    assert not never.exists()


@pytest.mark.parametrize("variant", VARIANTS)
def test_objects_for_clients_that_have_hung_up_are_forgotten(variant, started, tmp_path):
    """Where the work is done all the same."""
    go, marks = tmp_path / "go", tmp_path / "marks"
    source = f"""
import os, time
open({str(started)!r}, 'w').close()
while not os.path.exists({str(go)!r}): time.sleep(0.005)
open({str(marks)!r}, 'a').write('.')
object()
"""
    with running_server(without=VARIANTS[variant], cancelOnDisconnect=False) as server:
        session = {"sessionId": server.done("/session_open")["sessionId"]}
        own = {"sessionId": server.done("/session_open", {"ownProcess": True})["sessionId"]}
        clients = []
        for place in ({}, session, own):
            for path, field in (("/eval", "expression"), ("/execute", "code")):
                body = json.dumps({field: source, **place}).encode()
                clients.append(server.raw(server.head(f"POST {path} HTTP/1.1", Content_Length=str(len(body))) + body))
        eventually(started.exists, "the code runs")
        for client in clients:
            client.__exit__()
        # Its answer comes after the front has looked at all that came before.
        assert server.healthy()
        go.touch()
        eventually(lambda: marks.exists() and len(marks.read_text()) == len(clients), "all of it is done")
        eventually(lambda: server.done("/metrics")["handles"] == 0, "what nobody has heard of is forgotten")


def test_a_client_that_hangs_up_in_the_middle_of_its_body_leaves_nothing(server):
    with server.raw(server.head("POST /eval HTTP/1.1", Content_Length="100") + b'{"expression":'):
        pass
    assert server.eval("1")["value"] == 1
    assert server.front.errors() == ""


def test_long_work_delays_neither_health_nor_other_names(server, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", endless(started), x_request_id="long")
        eventually(started.exists, "the code runs")
        for _ in range(20):
            assert server.healthy()
        assert not call.done()
        server.done("/cancel", {"requestId": "long"})
        call.result()


def test_many_connections_at_once_get_their_own_answers(server):
    def work(number):
        connection = server.connection()
        try:
            return [
                server.done(
                    "/eval", {"expression": "a * 1000 + b", "locals": {"a": number, "b": i}}, connection=connection
                )
                for i in range(40)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        for number, answers in enumerate(threads.map(work, range(12))):
            assert [answer["value"] for answer in answers] == [number * 1000 + i for i in range(40)]


def test_a_long_array_for_one_does_not_hold_up_health_for_all(server):
    made = server.eval("import array\narray.array('d', [0.1]) * 1_000_000")
    over = threading.Event()

    def fetch():
        try:
            return len(server.done("/tofloatarray", {"handleId": made["handleId"]})["data"])
        finally:
            over.set()

    with ThreadPoolExecutor() as threads:
        fetched = threads.submit(fetch)
        answered = 0
        while not over.is_set():
            assert server.healthy()
            answered += 1
        assert fetched.result() == 1_000_000
    assert answered > 3
    assert os.path.exists(server.pool_path)
