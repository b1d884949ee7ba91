from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from fronts.harness import eventually, start_pool
from fronts.rpc_client import refused

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
# Far longer than a test may take: whoever waits for it has failed.
ENDLESS = 600


@pytest.fixture
def started(tmp_path):
    """A file that running code makes, so that a test knows it runs."""
    return tmp_path / "stärted"


def endless(started, ended=""):
    last = f"open(r'''{ended}''', 'w').close()" if ended else "pass"
    code = (
        f"import time\ntry:\n    open(r'''{started}''', 'w').close()\n    time.sleep({ENDLESS})\nfinally:\n    {last}"
    )
    return {"expression": code}


def test_a_caller_that_cancels_stops_the_code(rpc, started, tmp_path):
    ended = tmp_path / "ended"
    call = rpc.future("Evaluate", **endless(started, ended))
    eventually(started.exists, "the code runs")
    call.cancel()
    eventually(ended.exists, "the code has been interrupted")
    assert rpc.value("1") == 1


def test_a_deadline_stops_the_code(rpc, started, tmp_path):
    ended = tmp_path / "ended"
    with pytest.raises(grpc.RpcError) as caught:
        rpc.future("Evaluate", timeout=1, **endless(started, ended)).result()
    assert caught.value.code() is STATUS.DEADLINE_EXCEEDED
    eventually(ended.exists, "the code has been interrupted")
    assert rpc.value("1") == 1


def test_a_caller_that_cancels_while_it_waits_is_not_served(rpc, started, tmp_path):
    never = tmp_path / "never"
    first = rpc.future("Evaluate", **endless(started))
    eventually(started.exists, "the code runs")
    waiting = rpc.future("Evaluate", expression=f"open(r'''{never}''', 'w').close()")
    rpc.call("Health")
    waiting.cancel()
    first.cancel()
    assert rpc.value("1") == 1
    assert not never.exists()


def test_a_client_that_goes_away_cancels_its_call(own_rpc, started, tmp_path):
    ended = tmp_path / "ended"
    client = own_rpc.client()
    call = client.future("Evaluate", **endless(started, ended))
    eventually(started.exists, "the code runs")
    client.close()
    eventually(ended.exists, "the code has been interrupted")
    assert call.done()
    with own_rpc.client() as other:
        assert other.value("1") == 1
    assert own_rpc.front.errors() == ""


def test_health_is_answered_while_code_runs(rpc, started):
    call = rpc.future("Evaluate", **endless(started))
    eventually(started.exists, "the code runs")
    for _ in range(20):
        assert rpc.call("Health").status == "ok"
    assert not call.done()
    call.cancel()


def test_many_callers_at_once_get_their_own_answers(own_rpc):
    def work(number):
        with own_rpc.client() as client:
            return [client.value("a * 1000 + b", a=number, b=each) for each in range(40)]

    with ThreadPoolExecutor(12) as threads:
        for number, answers in enumerate(threads.map(work, range(12))):
            assert answers == [number * 1000 + each for each in range(40)]


@pytest.mark.parametrize(
    ("code", "details"),
    [("import os\nos._exit(7)", '"exitCode":7'), ("import ctypes\nctypes.string_at(0)", '"signal":"SIGSEGV"')],
)
def test_a_worker_that_dies_is_reported_and_replaced(own_rpc, code, details):
    with own_rpc.client() as client:
        handle = client.eval("object()")["handleId"]
        lost = refused(STATUS.ABORTED, "WORKER_LOST", client.call, "Evaluate", expression=code)
        assert details in lost.details_json
        assert client.value("1") == 1
        refused(STATUS.NOT_FOUND, "HANDLE_NOT_FOUND", client.call, "CallMethod", handle_id=handle, method_name="x")
        assert client.call("Health").epoch == 2


def test_a_lost_pool_is_reported_and_its_successor_found(own_rpc):
    own_rpc.pool.close()
    with own_rpc.client() as client:
        # The first call may still find the old connection, and be lost with it.
        for _ in range(2):
            lost = refused(STATUS.ABORTED, "WORKER_LOST", client.call, "Evaluate", expression="1")
        assert own_rpc.pool_path in lost.message
        own_rpc.pool = start_pool(own_rpc.folder, own_rpc.pool_path)
        try:
            eventually(lambda: "value" in client.eval("1"), "the front finds the new pool")
            assert client.call("Health").status == "ok"
        finally:
            own_rpc.pool.close()
