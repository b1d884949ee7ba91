from concurrent.futures import ThreadPoolExecutor

import pytest
from fronts.harness import eventually, start_pool

pytestmark = pytest.mark.needs_admin


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("import os\nos._exit(7)", {"exitCode": 7}),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", {"signal": "SIGKILL"}),
        ("import os\nos.abort()", {"signal": "SIGABRT"}),
        ("import ctypes\nctypes.string_at(0)", {"signal": "SIGSEGV"}),
    ],
)
def test_a_worker_that_dies_is_reported_and_replaced(own_server, code, details):
    connection = own_server.connection()
    handle = own_server.eval("object()")["handleId"]
    answer = own_server.post("/eval", {"expression": code}, connection=connection)
    assert (answer.status, answer.json["code"]) == (502, "WORKER_LOST"), answer
    assert {**answer.json["details"], **details} == answer.json["details"]
    assert own_server.done("/eval", {"expression": "1"}, connection=connection)["value"] == 1
    gone = own_server.post("/call", {"handleId": handle, "methodName": "__repr__"}, connection=connection)
    assert (gone.status, gone.json["code"]) == (404, "HANDLE_NOT_FOUND")
    assert own_server.healthy()
    connection.close()


def test_everyone_who_waited_for_a_lost_worker_is_told(own_server, tmp_path):
    started, go = tmp_path / "stärted", tmp_path / "gö"
    code = (
        f"import os, time\nopen(r'''{started}''', 'w').close()\n"
        f"while not os.path.exists(r'''{go}'''): time.sleep(0.01)\nos._exit(1)"
    )
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(own_server.post, "/eval", {"expression": code})
        eventually(started.exists, "the code runs")
        others = [
            threads.submit(own_server.post, "/eval", {"expression": "1"}, x_request_id=f"other {number}")
            for number in range(5)
        ]
        go.touch()
        assert first.result().json["code"] == "WORKER_LOST"
        # Who came before the loss was noticed shares it; who came after is served by the next worker.
        for answer in (other.result() for other in others):
            assert answer.json.get("value") == 1 or answer.json["code"] == "WORKER_LOST"
    assert own_server.eval("1")["value"] == 1


def test_a_lost_pool_is_reported_and_its_successor_found(own_server):
    own_server.pool.close()
    # The first request may still find the old connection, and be lost with it.
    for _ in range(2):
        answer = own_server.post("/eval", {"expression": "1"})
        assert (answer.status, answer.json["code"]) == (502, "WORKER_LOST")
    assert own_server.pool_path in answer.json["message"]
    assert own_server.ask("GET", "/health").status == 502
    own_server.pool = start_pool(own_server.folder, own_server.pool_path)
    try:
        eventually(lambda: own_server.post("/eval", {"expression": "1"}).status == 200, "the front finds the new pool")
        assert own_server.healthy()
    finally:
        own_server.pool.close()
