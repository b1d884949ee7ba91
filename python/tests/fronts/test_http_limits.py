from concurrent.futures import ThreadPoolExecutor

import pytest
from fronts.harness import eventually

pytestmark = pytest.mark.needs_admin


@pytest.fixture
def started(tmp_path):
    """A file that running code makes, so that a test knows it runs."""
    return tmp_path / "stärted"


def endless(started, after="raise"):
    code = f"open(r'''{started}''', 'w').close()\nimport time\ntry: time.sleep(600)\nexcept KeyboardInterrupt: {after}"
    return {"expression": code}


def test_a_limit_of_time(server):
    answer = server.post("/eval", {"expression": "while True: pass", "timeoutSeconds": 0.05})
    assert (answer.status, answer.json["code"]) == (504, "TIMEOUT")
    assert answer.json["details"]["timeoutSeconds"] == 0.05
    answer = server.post("/execute", {"code": "while True: pass", "timeoutSeconds": 0.05})
    assert (answer.status, answer.json["code"]) == (504, "TIMEOUT")
    assert server.post("/eval", {"expression": "1", "timeoutSeconds": "1"}).status == 400
    assert server.post("/eval", {"expression": "1", "timeoutSeconds": 0}).status == 400
    assert server.eval("1")["value"] == 1


def test_an_interrupt_by_name(server, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(
            server.post, "/eval", endless(started, "result = 'kept'\nresult"), x_request_id="an interrupted one"
        )
        eventually(started.exists, "the code runs")
        assert server.done("/interrupt", {"requestId": "an interrupted one", "graceSeconds": 60}) == {"success": True}
        assert call.result().json["value"] == "kept"
    assert server.done("/interrupt", {"requestId": "an interrupted one"}) == {"success": False}


@pytest.mark.parametrize("own_process", [False, True])
def test_an_interrupt_of_a_session(server, started, own_process):
    session_id = server.done("/sessions", {"ownProcess": own_process})["sessionId"]
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", {**endless(started), "sessionId": session_id})
        eventually(started.exists, "the code runs")
        assert server.done(f"/sessions/{session_id}/interrupt", {"graceSeconds": 60}) == {"success": True}
        answer = call.result()
    assert (answer.status, answer.json["code"]) == (499, "CANCELLED")
    assert server.done("/interrupt", {"sessionId": session_id}) == {"success": False}
    assert server.done("/session_close", {"sessionId": session_id}) == {"success": True}


def test_an_interrupt_of_whatever_runs(server, started):
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", endless(started))
        eventually(started.exists, "the code runs")
        assert server.done("/interrupt", {}) == {"success": True}
        assert call.result().json["code"] == "CANCELLED"
