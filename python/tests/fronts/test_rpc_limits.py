"""Limits of time over gRPC, interrupts, and callers that go away from a server that works on."""

import json
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from fronts.harness import eventually, running_rpc_server
from fronts.rpc_client import refused

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode


@pytest.fixture
def started(tmp_path):
    """A file that running code makes, so that a test knows it runs."""
    return tmp_path / "stärted"


def endless(started, after="raise"):
    return f"open(r'''{started}''', 'w').close()\nimport time\ntry: time.sleep(600)\nexcept KeyboardInterrupt: {after}"


def test_a_limit_of_time(rpc):
    endless = "while True: pass"
    late = (STATUS.DEADLINE_EXCEEDED, "TIMEOUT")
    details = refused(*late, rpc.call, "Evaluate", expression=endless, timeout_seconds=0.05)
    assert json.loads(details.details_json)["timeoutSeconds"] == 0.05
    refused(*late, list, rpc.stream(messages.ExecuteRequest(code=endless, timeout_seconds=0.05)))
    session_id = rpc.call("OpenSession", timeout_seconds=0.05).session_id
    refused(*late, rpc.call, "Evaluate", expression=endless, session_id=session_id)
    assert rpc.call("CloseSession", session_id=session_id).success
    for seconds in (0, -1, float("inf"), float("nan")):
        refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, "Evaluate", expression="1", timeout_seconds=seconds)
    assert rpc.call("Evaluate", expression="1", timeout_seconds=60).value_json == "1"


def test_an_interrupt_by_name(rpc, started):
    name = {"request_id": "an interrupted one"}
    code = endless(started, "result = 'kept'\nresult")
    with ThreadPoolExecutor() as threads:
        call = threads.submit(rpc.call, "Evaluate", expression=code, **name)
        eventually(started.exists, "the code runs")
        assert rpc.call("Interrupt", grace_seconds=60, **name).success is True
        assert call.result().value_json == '"kept"'
    assert rpc.call("Interrupt", **name).success is False


@pytest.mark.parametrize("own_process", [False, True])
def test_an_interrupt_of_a_session(rpc, started, own_process):
    named = {"session_id": rpc.call("OpenSession", own_process=own_process).session_id}
    with ThreadPoolExecutor() as threads:
        run = messages.ExecuteRequest(code=endless(started), **named)
        call = threads.submit(refused, STATUS.CANCELLED, "CANCELLED", list, rpc.stream(run))
        eventually(started.exists, "the code runs")
        assert rpc.call("Interrupt", grace_seconds=60, **named).success is True
        call.result()
    assert rpc.call("Interrupt", **named).success is False
    assert rpc.call("CloseSession", **named).success is True


def test_an_interrupt_of_whatever_runs(rpc, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(refused, STATUS.CANCELLED, "CANCELLED", rpc.call, "Evaluate", expression=endless(started))
        eventually(started.exists, "the code runs")
        assert rpc.call("Interrupt").success is True
        call.result()


def test_grace_that_is_none(rpc):
    for name in ("Cancel", "Interrupt"):
        for seconds in (float("nan"), float("inf")):
            refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, name, request_id="x", grace_seconds=seconds)


@pytest.mark.parametrize("cancels", [True, False])
def test_a_caller_that_goes_away(cancels, started, tmp_path):
    ended = tmp_path / "ended"
    go_on = tmp_path / "go on"
    begin = f"import os, time\nopen(r'''{started}''', 'w').close()"
    code = f"{begin}\nwhile not os.path.exists(r'''{go_on}'''): time.sleep(0.01)"
    with running_rpc_server(cancelOnDisconnect=cancels) as server, server.client() as other:
        client = server.client()
        call = client.future("Evaluate", expression=f"{code}\nopen(r'''{ended}''', 'w').close()\nobject()")
        eventually(started.exists, "the code runs")
        client.close()
        if cancels:
            assert other.value("1") == 1
        go_on.touch()
        assert other.value("1") == 1
        assert ended.exists() is not cancels
        assert call.done()
        eventually(lambda: other.call("ListHandles").count == 0, "what nobody has heard of is forgotten")
