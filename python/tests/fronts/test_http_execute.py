"""`/execute`: a stream of what code shows, `/input`, and clients that read slowly or not at all."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from fronts.harness import eventually, running_server

pytestmark = pytest.mark.needs_admin

PREFIXES = pytest.mark.parametrize("prefix", ["", "/api"])


class Stream:
    """The answer to an `/execute` while it comes."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.read = response.read
        self._lines = response

    def line(self):
        return json.loads(self._lines.readline())

    def rest(self):
        return [json.loads(line) for line in self._lines.read().splitlines()]


@contextmanager
def executing(server, code, prefix="", x_request_id=None, **payload):
    connection = server.connection()
    body = json.dumps({"code": code, **payload})
    connection.request("POST", prefix + "/execute", body, server.headers(X_Request_Id=x_request_id))
    try:
        yield Stream(connection.getresponse())
    finally:
        connection.close()


@PREFIXES
def test_events_as_lines_and_the_result_last(server, prefix):
    source = "import sys\nprint('é')\nprint('no', file=sys.stderr)\ndisplay(1)\nn * 2"
    with executing(server, source, prefix, locals={"n": 21}) as stream:
        assert (stream.status, stream.headers["Content-Type"]) == (200, "application/x-ndjson")
        assert stream.rest() == [
            {"event": "output", "stream": "stdout", "text": "é\n"},
            {"event": "output", "stream": "stderr", "text": "no\n"},
            {"event": "display", "data": {"text/plain": "1"}},
            {"value": 42, "isHandle": False, "typeName": "int", "repr": "42"},
        ]


def test_the_same_as_server_sent_events(server):
    source = "print('a\\nb')\nraise ValueError('c')"
    answer = server.post("/execute", {"code": source}, accept="text/event-stream")
    assert answer.headers["Content-Type"] == "text/event-stream"
    output, error, rest = answer.body.decode().split("\n\n")
    assert output == 'event: output\ndata: {"event":"output","stream":"stdout","text":"a\\nb\\n"}'
    assert error.startswith("event: error\ndata: {")
    assert json.loads(error.partition("data: ")[2])["code"] == "PYTHON_ERROR"
    assert rest == ""
    answer = server.post("/execute", {"code": "1"}, accept="text/event-stream")
    assert answer.body.startswith(b'event: result\ndata: {"value":1')


def test_events_come_while_the_code_runs(server):
    with executing(server, "print('now', flush=True)\nimport time\ntime.sleep(600)") as stream:
        assert stream.line()["text"] == "now\n"
    assert server.eval("'the client that left has ended the code'")["isHandle"] is False


@pytest.mark.parametrize(
    ("payload", "status", "code"),
    [
        ({"code": "1 / 0"}, 422, "PYTHON_ERROR"),
        ({"code": "x = ("}, 422, "PYTHON_ERROR"),
        ({"code": "exit(3)"}, 422, "PYTHON_EXIT"),
        ({}, 400, "BAD_REQUEST"),
        ({"code": 5}, 400, "BAD_REQUEST"),
        ({"code": "1", "outputLimit": True}, 400, "BAD_REQUEST"),
        ({"code": "1", "outputLimit": -1}, 400, "BAD_REQUEST"),
        ({"code": "1", "allowInput": "no"}, 400, "BAD_REQUEST"),
        ({"code": "h", "locals": {"h": {"handleId": "h0-0"}}}, 404, "HANDLE_NOT_FOUND"),
    ],
)
def test_what_fails_before_it_shows_anything_has_a_status(server, payload, status, code):
    answer = server.post("/execute", payload)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/json"


def test_bytes_in_the_result_stand_in_the_line(server):
    with executing(server, "print('x')\nb'y' * 100_000") as stream:
        assert len(stream.rest()[-1]["value"]["base64"]) == 133_336


@PREFIXES
def test_input_is_answered_by_name(server, prefix):
    source = "import getpass\n[input('Name? '), getpass.getpass(), input()]"
    with executing(server, source, prefix, x_request_id="who") as stream:
        assert stream.line() == {"event": "input", "prompt": "Name? ", "password": False}
        assert server.done(prefix + "/input", {"requestId": "who", "text": "Zoë"}) == {"success": True}
        assert stream.line() == {"event": "input", "prompt": "Password: ", "password": True}
        assert server.done("/input", {"requestId": "who", "text": ""}) == {"success": True}
        assert stream.line()["event"] == "input"
        assert server.done("/input", {"requestId": "who", "text": "x"}) == {"success": True}
        assert stream.line()["value"] == ["Zoë", "", "x"]
    assert server.done("/input", {"requestId": "who", "text": "late"}) == {"success": False}


def test_the_end_of_input(server):
    with executing(server, "try: input()\nexcept EOFError: print('end')", x_request_id="end") as stream:
        assert stream.line()["event"] == "input"
        assert server.done("/input", {"requestId": "end", "eof": True}) == {"success": True}
        assert stream.rest()[0]["text"] == "end\n"
    for payload in (
        {"requestId": "end"},
        {"requestId": "end", "eof": False},
        {"text": "x"},
        {"requestId": "", "text": 1},
    ):
        assert server.post("/input", payload).status == 400
    with executing(server, "input()", allowInput=False) as stream:
        assert stream.status == 422


def test_cancel_by_name(server):
    with executing(server, "while True: print('x')", x_request_id="endless") as stream:
        assert stream.line()["event"] == "output"
        with ThreadPoolExecutor() as threads:
            cancelled = threads.submit(server.done, "/cancel", {"requestId": "endless"})
            assert stream.rest()[-1]["code"] == "CANCELLED"
            assert cancelled.result() == {"success": True}
    assert server.eval("1")["value"] == 1


def test_cancel_of_a_stream_that_nobody_reads(server):
    with executing(server, "while True: print('x' * 1000)", x_request_id="deaf", outputLimit=10**12) as stream:
        assert stream.line()["event"] == "output"
        eventually(lambda: server.done("/cancel", {"requestId": "deaf"})["success"], "it is cancelled")
        assert server.eval("1")["value"] == 1
        assert stream.rest()[-1]["code"] == "CANCELLED"


def test_a_large_output_arrives_whole(server):
    with executing(server, "for n in range(8_000): print(f'{n:999}')\n'end'") as stream:
        *events, result = stream.rest()
    assert "".join(event["text"] for event in events) == "".join(f"{n:999}\n" for n in range(8_000))
    assert result["value"] == "end"


def test_a_client_that_does_not_read_delays_nobody(server):
    with executing(server, "for n in range(16_000): print(f'{n:999}')\n'end'") as stream:
        assert stream.line()["event"] == "output"
        assert server.healthy()
        assert server.eval("'my turn'")["value"] == "my turn"
        with executing(server, "print('and mine')") as other:
            assert other.line()["text"] == "and mine\n"
        *events, result = stream.rest()
        assert result["value"] == "end"
        assert result["outputCut"] is True
        assert any(event.get("cut") for event in events)


def test_many_streams_at_once(server):
    def run(number):
        with executing(server, f"for n in range(500): print({number}, n)\n{number}") as stream:
            *events, result = stream.rest()
        assert "".join(event["text"] for event in events) == "".join(f"{number} {n}\n" for n in range(500))
        return result["value"]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(run, range(24))) == list(range(24))
    assert server.front.errors() == ""


def test_a_worker_that_dies_in_the_middle():
    with running_server() as server:
        with executing(
            server, "print('last words', flush=True)\nimport os\ninput()\nos._exit(3)", x_request_id="x"
        ) as run:
            assert run.line()["text"] == "last words\n"
            assert run.line()["event"] == "input"
            server.post("/input", {"requestId": "x", "text": ""})
            (lost,) = run.rest()
            assert lost["code"] == "WORKER_LOST"
        assert server.eval("1")["value"] == 1


def test_a_polite_stop_ends_the_stream_with_an_error():
    with running_server() as server, executing(server, "print('begun', flush=True)\ninput()") as stream:
        assert stream.line()["text"] == "begun\n"
        server.front.process.send_signal(signal.SIGTERM)
        assert stream.rest()[-1]["message"] == "the server is stopping"
        assert server.front.wait() == 0
