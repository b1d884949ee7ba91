import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from fronts.harness import eventually, front_config, running_server, short_folder, start_front

pytestmark = pytest.mark.needs_admin

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to obey")


def test_the_ready_line_says_where_it_listens(own_server):
    ready = own_server.front.ready
    assert ready == {
        "ready": True,
        "protocol": 1,
        "role": "http",
        "url": f"http://127.0.0.1:{own_server.port}",
        "port": own_server.port,
        "pid": own_server.front.process.pid,
    }
    assert own_server.healthy()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives all of 127.0.0.0/8 to loopback")
def test_it_listens_on_one_address_only(own_server):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", own_server.port), timeout=5)


def test_a_fixed_port_is_honoured_and_taken_again_at_once(own_server):
    own_server.eval("1")
    own_server.front.close()
    again = start_front(own_server.folder, front_config(own_server.pool_path, port=own_server.port))
    try:
        assert again.ready.get("port") == own_server.port, again.ready
        assert own_server.eval("1")["value"] == 1
    finally:
        again.close()


def test_a_busy_port_is_a_conflict(own_server):
    second = start_front(own_server.folder, front_config(own_server.pool_path, port=own_server.port))
    try:
        assert second.ready["ready"] is False
        assert second.ready["code"] == "PORT_IN_USE"
        assert str(own_server.port) in second.ready["message"]
        assert second.wait() == 1
    finally:
        second.close()
    assert own_server.healthy()


@pytest.mark.parametrize(
    ("config", "code", "word"),
    [
        (b"", "BAD_REQUEST", "configuration"),
        (b"nonsense", "BAD_REQUEST", "configuration"),
        (b"[]", "BAD_REQUEST", "object"),
        (front_config("/nowhere", host="0.0.0.0"), "BAD_REQUEST", "0.0.0.0"),
        (front_config("/nowhere", token=""), "BAD_REQUEST", "token"),
        (front_config("/nowhere/é.sock"), "WORKER_LOST", "/nowhere/é.sock"),
    ],
)
def test_a_configuration_that_cannot_work_is_said_so(config, code, word):
    with short_folder() as folder:
        front = start_front(folder, config)
        try:
            assert (front.ready["ready"], front.ready["code"]) == (False, code)
            assert word in front.ready["message"]
            assert front.wait() == 1
        finally:
            front.close()


def test_a_broken_admin_environment_is_said_so():
    with short_folder() as folder:
        front = start_front(folder, front_config("/nowhere"), without=["uvicorn"])
        try:
            assert (front.ready["ready"], front.ready["code"]) == (False, "INTERNAL")
            assert "uvicorn" in front.ready["message"]
            assert "beep-host venv admin" in front.ready["message"]
            assert front.wait() == 1
        finally:
            front.close()


def test_it_ends_at_once_when_its_parent_lets_go(own_server, tmp_path):
    started = tmp_path / "stärted"
    code = f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep(600)"
    with ThreadPoolExecutor() as threads:
        call = threads.submit(own_server.post, "/eval", {"expression": code})
        eventually(started.exists, "the code runs")
        own_server.front.process.stdin.close()
        assert own_server.front.wait() == 0
        with pytest.raises(OSError):
            call.result()


@needs_signals
def test_sigterm_lets_requests_finish(own_server, tmp_path):
    started, go = tmp_path / "stärted", tmp_path / "gö"
    code = (
        f"import os, time\nopen(r'''{started}''', 'w').close()\n"
        f"while not os.path.exists(r'''{go}'''): time.sleep(0.01)\n'finished'"
    )
    with ThreadPoolExecutor() as threads:
        call = threads.submit(own_server.post, "/eval", {"expression": code})
        eventually(started.exists, "the code runs")
        own_server.front.process.send_signal(signal.SIGTERM)
        eventually(lambda: refuses_connections(own_server.port), "new connections are refused")
        go.touch()
        assert call.result().json["value"] == "finished"
    assert own_server.front.wait() == 0
    assert "Traceback" not in own_server.front.errors()


@needs_signals
def test_sigterm_answers_what_does_not_finish_in_time(own_server, tmp_path):
    started = tmp_path / "stärted"
    code = f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep(600)"
    with ThreadPoolExecutor() as threads:
        call = threads.submit(own_server.post, "/eval", {"expression": code})
        eventually(started.exists, "the code runs")
        own_server.front.process.send_signal(signal.SIGTERM)
        answer = call.result()
    assert (answer.status, answer.json["code"]) == (502, "WORKER_LOST")
    assert own_server.front.wait() == 0
    assert "Traceback" not in own_server.front.errors()


def test_it_prints_nothing_while_all_is_well(own_server):
    for _ in range(3):
        own_server.eval("1")
    own_server.ask("GET", "/docs")
    own_server.post("/eval", {"expression": "1/0"})
    own_server.post("/eval", b"nonsense")
    own_server.post("/nowhere")
    assert own_server.front.errors() == ""


def test_without_a_token_the_other_checks_stay():
    with running_server(token=None) as server:
        assert server.eval("1")["value"] == 1
        assert server.done("/eval", {"expression": "1"}, authorization="Bearer whatever")["value"] == 1
        assert server.post("/eval", {"expression": "1"}, host="example.com").status == 403
        assert server.post("/eval", {"expression": "1"}, origin="null").status == 403
        assert server.post("/eval", {"expression": "1"}, content_type="text/plain").status == 415


def refuses_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        # It was waiting to be accepted when the listener was closed.
        return False
    return False


def test_the_secrets_are_not_in_the_arguments(own_server):
    if not os.path.exists("/proc/self/cmdline"):
        pytest.skip("needs /proc")
    with open(f"/proc/{own_server.front.process.pid}/cmdline", "rb") as file:
        assert own_server.token.encode() not in file.read()
