"""Sessions over HTTP: under `/sessions`, by the name of the command, and in every operation."""

import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from fronts.harness import eventually

pytestmark = pytest.mark.needs_admin

PREFIXES = pytest.mark.parametrize("prefix", ["", "/api"])
KINDS = pytest.mark.parametrize("own_process", [False, True], ids=["shared", "own"])


@pytest.fixture
def opened(server, own_process):
    session = server.done("/sessions", {"ownProcess": own_process})
    yield session["sessionId"]
    server.ask("DELETE", f"/sessions/{session['sessionId']}")


def listed(server, session_id):
    found = server.ask("GET", "/sessions").json["sessions"]
    return next((one for one in found if one["sessionId"] == session_id), None)


@PREFIXES
@KINDS
def test_the_life_of_a_session(server, prefix, own_process):
    session = server.done(prefix + "/sessions", {"name": "é", "ownProcess": own_process, "leaseSeconds": 60})
    assert (session["name"], session["ownProcess"]) == ("é", own_process)
    path = f"{prefix}/sessions/{session['sessionId']}"
    named = {"sessionId": session["sessionId"]}
    assert server.done(prefix + "/eval", {"expression": "x = 5\nx", **named})["value"] == 5
    assert server.done(prefix + "/eval", {"expression": "x + 1", **named})["value"] == 6
    handle = server.done(prefix + "/eval", {"expression": "object()", **named})["handleId"]
    assert server.ask("GET", path + "/handles").json["count"] == 1
    assert server.done(prefix + "/handles_list", named)["handles"][0]["handleId"] == handle
    for content_type in ("application/json", None):
        beat = server.post(path + "/heartbeat", b"", content_type=content_type)
        assert beat.json["sessionId"] == session["sessionId"]
    assert server.post(path + "/heartbeat", b"{ }", content_type=None).status == 415
    assert server.post(path + "/heartbeat", b"", content_type="text/plain").status == 415
    assert listed(server, session["sessionId"])["handles"] == 1
    assert server.post(path + "/reset").json == {"success": True}
    assert server.ask("GET", path + "/handles").json["count"] == 0
    assert server.post(prefix + "/eval", {"expression": "x", **named}).status == 422
    assert server.ask("DELETE", path).json == {"success": True}
    assert server.ask("DELETE", path).json == {"success": False}
    gone = server.post(prefix + "/eval", {"expression": "1", **named})
    assert (gone.status, gone.json["code"]) == (404, "SESSION_NOT_FOUND")
    assert listed(server, session["sessionId"]) is None


@KINDS
def test_every_operation_takes_place_in_it(server, opened, own_process):
    def done(path, **payload):
        return server.done(path, {"sessionId": opened, **payload})

    module = done("/import", moduleName="collections")["handleId"]
    made = done("/create", moduleHandleId=module, className="Counter", args=[[1, 1]])["handleId"]
    assert done("/call", handleId=made, methodName="most_common")["value"]
    assert done("/setattr", handleId=made, attributeName="note", value=1) == {"success": True}
    assert done("/getattr", handleId=made, attributeName="note")["value"] == 1
    numbers = done("/wrap", value=[1.5, 2])["handleId"]
    assert done("/tofloatarray", handleId=numbers)["data"] == [1.5, 2.0]
    assert done("/module_available", moduleName="json") == {"available": True}
    answer = server.post("/execute", {"code": "print(1)\ny = 2", "sessionId": opened})
    assert json.loads(answer.body.splitlines()[0])["text"] == "1\n"
    assert done("/eval", expression="y")["value"] == 2
    assert done("/dispose", handleId=made) == {"success": True}
    assert server.post("/getattr", {"handleId": numbers, "attributeName": "x"}).json["code"] == "HANDLE_NOT_FOUND"


@KINDS
def test_cancel_and_input_by_name(server, opened, own_process, tmp_path):
    started = tmp_path / "started"
    code = f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep(600)"
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", {"expression": code, "sessionId": opened}, x_request_id="mine")
        eventually(started.exists, "the code runs")
        assert server.done("/cancel", {"requestId": "mine"}) == {"success": True}
        assert call.result().json["code"] == "CANCELLED"
        asking = threads.submit(server.post, "/execute", {"code": "input()", "sessionId": opened}, x_request_id="ask")
        eventually(lambda: server.done("/input", {"requestId": "ask", "text": "yes"})["success"], "it asks")
        assert json.loads(asking.result().body.splitlines()[-1])["value"] == "yes"


def test_a_session_of_its_own_delays_nobody(server, tmp_path):
    session = server.done("/sessions", {"ownProcess": True})["sessionId"]
    started = tmp_path / "started"
    code = f"open(r'''{started}''', 'w').close()\nwhile True: pass"
    with ThreadPoolExecutor() as threads:
        call = threads.submit(server.post, "/eval", {"expression": code, "sessionId": session})
        eventually(started.exists, "the code runs")
        assert server.eval("'goes on'")["value"] == "goes on"
        server.ask("DELETE", f"/sessions/{session}")
        assert call.result().json["code"] in ("CANCELLED", "SESSION_NOT_FOUND")


def test_a_session_of_its_own_dies_alone(server):
    session = server.done("/sessions", {"ownProcess": True})["sessionId"]
    lost = server.post("/eval", {"expression": "import os; os._exit(3)", "sessionId": session})
    assert (lost.status, lost.json["code"]) == (502, "WORKER_LOST")
    assert lost.json["details"]["exitCode"] == 3
    gone = server.post("/eval", {"expression": "1", "sessionId": session})
    assert (gone.status, gone.json["code"]) == (404, "SESSION_NOT_FOUND")
    assert gone.json["details"]["exitCode"] == 3
    assert server.eval("1")["value"] == 1


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        ({"name": 5}, 400),
        ({"workingFolder": "/no/such"}, 400),
        ({"leaseSeconds": True}, 400),
        ({"handleLimit": 1.5}, 400),
        ({"ownProcess": "yes"}, 400),
        ({"environmentVariables": ["A"]}, 400),
    ],
)
def test_options_that_make_no_sense(server, payload, status):
    assert server.post("/sessions", payload).status == status
    assert server.post("/session_open", payload).status == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sessions/none/handles", 404),
        ("POST", "/sessions/none/reset", 404),
        ("POST", "/sessions/p1-1/reset", 404),
        ("POST", "/sessions/none/other", 404),
        ("GET", "/sessions/none", 405),
        ("PUT", "/sessions", 405),
        ("DELETE", "/sessions", 405),
        ("GET", "/sessions/a/b/c", 404),
    ],
)
def test_what_is_not_there(server, method, path, status):
    answer = server.ask(method, path, b"{}" if method == "POST" else None)
    assert answer.status == status
    if status == 405:
        assert answer.headers["Allow"] == {"/sessions": "GET, POST"}.get(path, "DELETE")


def test_a_session_in_a_body_that_is_no_text(server):
    answer = server.post("/eval", {"expression": "1", "sessionId": 5})
    assert (answer.status, answer.json["code"]) == (400, "BAD_REQUEST")
    assert server.post("/eval", {"expression": "1", "sessionId": None}).json["value"] == 1


def test_the_id_in_the_path_counts(server):
    one, two = (server.done("/sessions")["sessionId"] for _ in range(2))
    server.done("/eval", {"expression": "x = 1", "sessionId": one})
    assert server.post(f"/sessions/{two}/reset", {"sessionId": one}).json == {"success": True}
    assert server.done("/eval", {"expression": "x", "sessionId": one})["value"] == 1
    for session_id in (one, two):
        server.ask("DELETE", f"/sessions/{session_id}")
    assert os.path.exists(server.pool_path)
