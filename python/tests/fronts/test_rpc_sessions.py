"""Sessions over gRPC, by the calls and in every operation; calls under way that others name."""

import json
import struct
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from fronts.harness import eventually
from fronts.rpc_client import details_of, refused

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
KINDS = pytest.mark.parametrize("own_process", [False, True], ids=["shared", "own"])
SERVICE = messages.DESCRIPTOR.services_by_name["PythonService"]


@pytest.fixture
def opened(rpc, own_process):
    session_id = rpc.call("OpenSession", own_process=own_process).session_id
    yield session_id
    rpc.call("CloseSession", session_id=session_id)


@pytest.fixture
def started(tmp_path):
    return tmp_path / "started"


def listed(rpc, session_id):
    found = rpc.call("ListSessions").sessions
    return next((one for one in found if one.session_id == session_id), None)


def value(reply):
    assert reply.WhichOneof("result") == "value_json", reply
    return json.loads(reply.value_json)


def sleeping(started):
    return f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep(600)"


def cancelled(call):
    """The call ends because somebody wanted it."""
    with pytest.raises(grpc.RpcError) as caught:
        call()
    assert caught.value.code() is STATUS.CANCELLED
    assert details_of(caught.value).code == "CANCELLED"


@KINDS
def test_the_life_of_a_session(rpc, own_process):
    session = rpc.call("OpenSession", name="é", own_process=own_process, lease_seconds=60.5)
    assert (session.name, session.own_process, session.lease_seconds) == ("é", own_process, 60.5)
    assert (session.pid > 0, session.path != "") == (own_process, own_process)
    assert not session.HasField("timeout_seconds") and not session.HasField("memory_limit_bytes")
    named = {"session_id": session.session_id}
    assert value(rpc.call("Evaluate", expression="x = 5\nx", **named)) == 5
    assert value(rpc.call("Evaluate", expression="x + 1", **named)) == 6
    handle = rpc.call("Evaluate", expression="object()", **named).handle
    handles = rpc.call("ListHandles", **named)
    assert handles.count == 1
    assert [(one.handle_id, one.type_name, one.repr) for one in handles.handles] == [
        (handle.handle_id, "object", handle.repr)
    ]
    assert rpc.call("ListHandles", limit=0, **named).count == 1
    assert rpc.call("Heartbeat", **named).session_id == session.session_id
    assert listed(rpc, session.session_id).handles == 1
    assert rpc.call("ResetSession", **named).success is True
    assert rpc.call("ListHandles", **named).count == 0
    refused(STATUS.INTERNAL, "PYTHON_ERROR", rpc.call, "Evaluate", expression="x", **named)
    assert rpc.call("CloseSession", **named).success is True
    assert rpc.call("CloseSession", **named).success is False
    for name in ("Evaluate", "ListHandles", "Heartbeat", "ResetSession"):
        refused(STATUS.NOT_FOUND, "SESSION_NOT_FOUND", rpc.call, name, **named)
    assert listed(rpc, session.session_id) is None


@KINDS
def test_every_operation_takes_place_in_it(rpc, opened, own_process):
    def done(name, **fields):
        return rpc.call(name, session_id=opened, **fields)

    module = done("ImportModule", module_name="collections").handle_id
    made = done("CreateObject", module_handle_id=module, class_name="Counter", args_json="[[1, 1]]").handle_id
    assert value(done("CallMethod", handle_id=made, method_name="most_common"))
    assert done("SetAttribute", handle_id=made, attribute_name="note", value_json="1").success
    assert value(done("GetAttribute", handle_id=made, attribute_name="note")) == 1
    numbers = done("WrapValue", value_json="[[1.5, 2]]").handle_id
    assert list(done("ToFloatArray", handle_id=numbers).data) == [1.5, 2]
    assert [list(row.values) for row in done("ToFloatArray2D", handle_id=numbers).data] == [[1.5, 2]]
    assert done("IsModuleAvailable", module_name="json").available
    (chunk,) = rpc.get_array(numbers, session_id=opened)
    assert chunk.data == struct.pack("<2d", 1.5, 2)
    whole = {"dtype": "int8", "shape": [2], "session_id": opened}
    put = rpc.put_array({**whole, "data": b"\1"}, {"data": b"\2"}).handle_id
    assert list(rpc.get_array(put, session_id=opened)[0].shape) == [2]
    output, result = rpc.stream(messages.ExecuteRequest(code="print(1)\ny = 2\ny", session_id=opened))
    assert (output.output.text, json.loads(result.result.value_json)) == ("1\n", 2)
    assert value(done("Evaluate", expression="y")) == 2
    assert done("DisposeHandle", handle_id=made).success
    refused(STATUS.NOT_FOUND, "HANDLE_NOT_FOUND", rpc.call, "GetAttribute", handle_id=numbers, attribute_name="x")
    refused(STATUS.NOT_FOUND, "HANDLE_NOT_FOUND", rpc.get_array, numbers)


@KINDS
def test_surroundings_and_limits(rpc, own_process, tmp_path, monkeypatch):
    variables = [messages.EnvironmentVariable(name="BEEP_T", value="é"), messages.EnvironmentVariable(name="HOME")]
    session = rpc.call(
        "OpenSession",
        working_folder=str(tmp_path),
        environment_variables=[*variables, messages.EnvironmentVariable(name="EMPTY", value="")],
        handle_limit=1,
        timeout_seconds=3.5,
        own_process=own_process,
    )
    named = {"session_id": session.session_id}
    assert (session.working_folder, session.handle_limit, session.timeout_seconds) == (str(tmp_path), 1, 3.5)
    look = "import os\n[os.path.samefile('.', p), *map(os.environ.get, ('BEEP_T', 'HOME', 'EMPTY'))]"
    reply = rpc.call("Evaluate", expression=look, locals_json=json.dumps({"p": str(tmp_path)}), **named)
    assert value(reply) == [True, "é", None, ""]
    assert rpc.call("Evaluate", expression="object()", **named).HasField("handle")
    limited = refused(STATUS.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED", rpc.call, "Evaluate", expression="object()", **named)
    assert json.loads(limited.details_json)["limit"] == 1
    rpc.call("CloseSession", **named)


def test_a_bound_on_memory_means_a_process(rpc):
    session = rpc.call("OpenSession", memory_limit_bytes=2**31)
    assert (session.own_process, session.memory_limit_bytes) == (True, 2**31)
    assert rpc.call("CloseSession", session_id=session.session_id).success


@KINDS
def test_cancel_and_input_by_name(rpc, opened, own_process, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(rpc.call, "Evaluate", expression=sleeping(started), session_id=opened, request_id="mine")
        eventually(started.exists, "the code runs")
        assert rpc.call("Cancel", request_id="mine").success is True
        cancelled(call.result)
        assert rpc.call("Cancel", request_id="mine").success is False
        asking = messages.ExecuteRequest(code="input()", session_id=opened, request_id="ask")
        run = threads.submit(lambda: list(rpc.stream(asking)))
        eventually(lambda: rpc.call("AnswerInput", request_id="ask", text="yes").success, "it asks")
        assert json.loads(run.result()[-1].result.value_json) == "yes"


@KINDS
def test_cancel_ends_all_of_that_name(rpc, opened, own_process, started):
    named = {"session_id": opened, "request_id": "é"}
    with ThreadPoolExecutor() as threads:
        run = messages.ExecuteRequest(code=sleeping(started), **named)
        first = threads.submit(lambda: list(rpc.stream(run)))
        eventually(started.exists, "the code runs")
        second = threads.submit(rpc.call, "Evaluate", expression="1", **named)
        eventually(lambda: rpc.call("Heartbeat", session_id=opened).requests == 2, "the other one waits for it")
        assert rpc.call("Cancel", request_id="é").success is True
        cancelled(first.result)
        cancelled(second.result)


def test_a_session_of_its_own_delays_nobody(rpc, started):
    session_id = rpc.call("OpenSession", own_process=True).session_id
    code = f"open(r'''{started}''', 'w').close()\nwhile True: pass"
    with ThreadPoolExecutor() as threads:
        call = threads.submit(rpc.call, "Evaluate", expression=code, session_id=session_id)
        eventually(started.exists, "the code runs")
        assert rpc.value("'goes on'") == "goes on"
        rpc.call("CloseSession", session_id=session_id)
        with pytest.raises(grpc.RpcError) as caught:
            call.result()
        assert details_of(caught.value).code in ("CANCELLED", "SESSION_NOT_FOUND")


def test_a_session_of_its_own_dies_alone(rpc):
    named = {"session_id": rpc.call("OpenSession", own_process=True).session_id}
    exit_code = "import os; os._exit(3)"
    lost = refused(STATUS.ABORTED, "WORKER_LOST", rpc.call, "Evaluate", expression=exit_code, **named)
    assert json.loads(lost.details_json)["exitCode"] == 3
    gone = refused(STATUS.NOT_FOUND, "SESSION_NOT_FOUND", rpc.call, "Evaluate", expression="1", **named)
    assert json.loads(gone.details_json)["exitCode"] == 3
    assert rpc.value("1") == 1


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("OpenSession", {"working_folder": "/no/such"}),
        ("OpenSession", {"working_folder": "relative"}),
        ("OpenSession", {"lease_seconds": 0}),
        ("OpenSession", {"lease_seconds": float("nan")}),
        ("OpenSession", {"timeout_seconds": float("-inf")}),
        ("OpenSession", {"handle_limit": -1}),
        ("OpenSession", {"memory_limit_bytes": 1}),
        ("OpenSession", {"environment_variables": [{"name": "A=B", "value": "x"}]}),
        ("Heartbeat", {}),
        ("ResetSession", {}),
        ("CloseSession", {}),
        ("Cancel", {}),
    ],
)
def test_what_makes_no_sense(rpc, name, fields):
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, name, **fields)
    assert list(rpc.call("ListSessions").sessions) == []


@pytest.mark.parametrize("session_id", ["none", "p1-1", "s9-9", "é\0\n"])
def test_sessions_that_are_not_there(rpc, session_id):
    named = {"session_id": session_id}
    for name in ("Evaluate", "ListHandles", "Heartbeat", "ResetSession"):
        refused(STATUS.NOT_FOUND, "SESSION_NOT_FOUND", rpc.call, name, **named)
    refused(STATUS.NOT_FOUND, "SESSION_NOT_FOUND", list, rpc.stream(messages.ExecuteRequest(code="1", **named)))
    refused(STATUS.NOT_FOUND, "SESSION_NOT_FOUND", rpc.put_array, {"dtype": "int8", "data": b"\1", **named})
    assert rpc.call("CloseSession", **named).success is False


def test_every_operation_says_where_it_takes_place():
    """What the wire takes a session for, takes one here, and a name."""
    elsewhere = {"Health", "AnswerInput", "Cancel", "Interrupt", "OpenSession", "ListSessions"}
    about_a_session = {"Heartbeat", "ResetSession", "CloseSession"}
    for method in SERVICE.methods:
        fields = method.input_type.fields_by_name
        if method.name in elsewhere:
            assert 17 not in method.input_type.fields_by_number, method.name
        elif method.name in about_a_session:
            assert fields["session_id"].number == 1
        else:
            assert fields["session_id"].number == 17, method.name
            assert fields["request_id"].number == (5 if method.name == "Execute" else 18), method.name
            assert method.client_streaming or fields["timeout_seconds"].number == 19, method.name
