"""Execute: a stream of what code shows, answers to what it asks, and callers that read slowly or go away."""

import signal
import sys

import grpc
import pytest
from fronts.harness import eventually
from fronts.rpc_client import RpcClient, flat_error, refused

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
ENDLESS = "import time\ntime.sleep(600)"


def begun(client, code, **fields):
    """The stream of a run that has come to its first event, and that event."""
    stream = client.stream(messages.ExecuteRequest(code=code, **fields))
    return stream, next(stream)


def failure_of(stream):
    """The error that a stream ends with, whatever comes before."""
    with pytest.raises(grpc.RpcError) as caught:
        for _ in stream:
            pass
    return flat_error(caught.value)


def test_events_and_the_result_last(rpc):
    source = "import sys\nprint('é')\nprint('no', file=sys.stderr)\ndisplay(1)\nn * 2"
    events = list(rpc.stream(messages.ExecuteRequest(code=source, locals_json='{"n": 21}')))
    assert [event.WhichOneof("event") for event in events] == ["output", "output", "display", "result"]
    assert (events[1].output.stream, events[1].output.text) == ("stderr", "no\n")
    (form,) = events[2].display.forms
    assert (form.media_type, form.text) == ("text/plain", "1")
    result = events[3].result
    assert (result.value_json, result.type_name, result.repr) == ("42", "int", "42")


def test_binary_forms_are_bytes_and_others_text(rpc):
    source = """
class Shown:
    def __repr__(self): return 'shown'
    def _repr_png_(self): return b'\\x89PNG'
    def _repr_mimebundle_(self, **_):
        return {'image/svg+xml': '<svg/>', 'application/x+json': {}, 'image/jpeg': 'no base64!', 'x/y': 'AA==\\n'}
display(Shown())
"""
    (shown, _) = rpc.stream(messages.ExecuteRequest(code=source))
    forms = {form.media_type: form.text if form.HasField("text") else form.data for form in shown.display.forms}
    assert forms == {
        "text/plain": "shown",
        "image/png": b"\x89PNG",
        "image/svg+xml": "<svg/>",
        "application/x+json": "{}",
        "image/jpeg": "no base64!",
        "x/y": b"\0",
    }


def test_results_that_stay_in_python_and_long_bytes(rpc):
    (handle,) = rpc.stream(messages.ExecuteRequest(code="object()"))
    assert rpc.value("type(x).__name__", x={"handleId": handle.result.handle.handle_id}) == "object"
    (long,) = rpc.stream(messages.ExecuteRequest(code="b'y' * 100_000"))
    assert list(long.result.attachments) == [b"y" * 100_000]
    sent = {"locals_json": '{"x": {"$type": "bytes", "attachment": 0}}', "attachments": [b"abc"]}
    (back,) = rpc.stream(messages.ExecuteRequest(code="x == b'abc'", **sent))
    assert back.result.value_json == "true"


def test_failures_have_a_status_and_come_after_what_was_shown(rpc):
    stream, first = begun(rpc, "print('so far')\n1 / 0")
    assert first.output.text == "so far\n"
    error = failure_of(stream)
    assert (error["code"], error["details"]["line"]) == ("PYTHON_ERROR", 2)
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", lambda: list(rpc.stream(messages.ExecuteRequest(locals_json="1"))))
    below = messages.ExecuteRequest(code="1", output_limit=-1)
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", lambda: list(rpc.stream(below)))
    with RpcClient(rpc.address, token="wrong") as client:
        refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", lambda: list(client.stream(messages.ExecuteRequest(code="1"))))


def test_no_output_at_all_is_a_limit_too(rpc):
    events = list(rpc.stream(messages.ExecuteRequest(code="print('x')", output_limit=0)))
    assert (events[-1].result.output_cut, events[0].output.cut) == (True, True)


def test_questions_are_answered_by_name(rpc):
    stream, asked = begun(rpc, "import getpass\n[input('Name? '), getpass.getpass()]", request_id="é who")
    assert (asked.input.prompt, asked.input.password) == ("Name? ", False)
    assert rpc.call("AnswerInput", request_id="é who", text="Zoë").success is True
    assert next(stream).input.password is True
    assert rpc.call("AnswerInput", request_id="é who", text="").success is True
    assert next(stream).result.value_json == '["Zoë",""]'
    assert rpc.call("AnswerInput", request_id="é who", text="late").success is False
    stream, _ = begun(rpc, "try: input()\nexcept EOFError: print('end')", request_id="end")
    assert rpc.call("AnswerInput", request_id="end", eof=True).success is True
    assert next(stream).output.text == "end\n"
    (result,) = stream
    assert result.result.value_json == "null"


@pytest.mark.parametrize("fields", [{}, {"text": "x"}, {"eof": True}, {"request_id": "x"}])
def test_answers_that_are_none(rpc, fields):
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, "AnswerInput", **fields)


def test_an_eof_of_false_is_no_answer(rpc):
    stream, _ = begun(rpc, "input()", request_id="a")
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, "AnswerInput", request_id="a", eof=False)
    stream.cancel()


def test_a_caller_that_cancels_or_runs_out_of_time_ends_the_code(rpc):
    stream, _ = begun(rpc, f"print('begun', flush=True)\n{ENDLESS}")
    stream.cancel()
    assert rpc.value("1") == 1
    request = messages.ExecuteRequest(code=f"print('begun', flush=True)\n{ENDLESS}")
    stream = rpc.method("Execute")(request, metadata=rpc.metadata, timeout=1)
    assert next(stream).output.text == "begun\n"
    with pytest.raises(grpc.RpcError) as caught:
        next(stream)
    assert caught.value.code() is STATUS.DEADLINE_EXCEEDED
    assert rpc.value("1") == 1


def test_a_caller_that_does_not_read_slows_its_own_code_alone(rpc):
    stream, first = begun(rpc, "for n in range(100_000): print(f'{n:999}')\n'end'", output_limit=10**9)
    with RpcClient(rpc.address) as other:
        assert other.call("Health").status == "ok"
    text = first.output.text + "".join(event.output.text for event in stream)
    assert text.startswith(f"{0:999}\n")
    assert len(text) >= 100_000 * 1000 or "left out" in text


def test_a_worker_that_dies_ends_the_stream(own_rpc):
    with own_rpc.client() as client:
        stream, _ = begun(client, "input()\nimport os\nos._exit(7)", request_id="last")
        # It may be gone before it has said that it took the answer.
        client.call("AnswerInput", request_id="last", text="")
        assert failure_of(stream)["code"] == "WORKER_LOST"
        assert client.value("1") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to obey")
def test_sigterm_ends_what_does_not_end_in_time_and_says_why(own_rpc):
    with own_rpc.client() as client:
        stream, _ = begun(client, f"print('begun', flush=True)\n{ENDLESS}")
        own_rpc.front.process.send_signal(signal.SIGTERM)
        error = failure_of(stream)
    assert (error["code"], "stopping" in error["message"]) == ("WORKER_LOST", True)
    assert own_rpc.front.wait() == 0
    assert own_rpc.front.errors() == ""


def test_nothing_remains_of_runs_that_are_over(own_rpc):
    with own_rpc.client() as client:
        for number in range(20):
            stream, _ = begun(client, "print(1, flush=True)\ninput()", request_id=f"run {number % 3}")
            stream.cancel()
        # A connection of a run is closed with it; two stay, for calls and for Health.
        eventually(lambda: client.value("1") == 1, "the worker is free")
        assert client.call("AnswerInput", request_id="run 1", text="x").success is False
    assert own_rpc.front.errors() == ""
