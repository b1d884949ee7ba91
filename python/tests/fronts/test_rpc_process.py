import signal
import socket
import sys

import grpc
import pytest
from fronts.harness import eventually, front_config, short_folder, start_front
from fronts.rpc_client import refused

pytestmark = pytest.mark.needs_admin

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to obey")
STATUS = grpc.StatusCode


def rpc_config(pool_path, **changes):
    return front_config(pool_path, role="rpc", **changes)


def test_the_ready_line_says_where_it_listens(own_rpc):
    ready = own_rpc.front.ready
    assert ready == {
        "ready": True,
        "protocol": 1,
        "role": "rpc",
        "address": f"127.0.0.1:{ready['port']}",
        "port": ready["port"],
        "pid": own_rpc.front.process.pid,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives all of 127.0.0.0/8 to loopback")
def test_it_listens_on_one_address_only(own_rpc):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", own_rpc.front.ready["port"]), timeout=5)


def test_a_fixed_port_is_honoured_and_taken_again_at_once(own_rpc):
    port = own_rpc.front.ready["port"]
    with own_rpc.client() as client:
        assert client.value("1") == 1
        own_rpc.front.close()
    again = start_front(own_rpc.folder, rpc_config(own_rpc.pool_path, port=port))
    try:
        assert again.ready.get("port") == port, again.ready
        with own_rpc.client() as client:
            assert client.value("1") == 1
    finally:
        again.close()


def test_a_busy_port_is_a_conflict(own_rpc):
    port = own_rpc.front.ready["port"]
    second = start_front(own_rpc.folder, rpc_config(own_rpc.pool_path, port=port))
    try:
        assert (second.ready["ready"], second.ready["code"]) == (False, "PORT_IN_USE")
        assert str(port) in second.ready["message"]
        assert second.wait() == 1
        assert second.errors() == ""
    finally:
        second.close()
    with own_rpc.client() as client:
        assert client.value("1") == 1


@pytest.mark.parametrize(
    ("config", "code", "word"),
    [
        (rpc_config("/nowhere", protocol=2), "BAD_REQUEST", "protocol"),
        (rpc_config("/nowhere", host="0.0.0.0"), "BAD_REQUEST", "0.0.0.0"),
        (rpc_config("/nowhere", token=""), "BAD_REQUEST", "token"),
        (rpc_config("/nowhere/é.sock"), "WORKER_LOST", "/nowhere/é.sock"),
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


@pytest.mark.parametrize("module", ["grpc", "google.protobuf.any_pb2"])
def test_a_broken_admin_environment_is_said_so(module):
    with short_folder() as folder:
        front = start_front(folder, rpc_config("/nowhere"), without=[module])
        try:
            assert (front.ready["ready"], front.ready["code"]) == (False, "INTERNAL")
            assert module in front.ready["message"]
            assert "beep-host venv admin" in front.ready["message"]
            assert front.wait() == 1
        finally:
            front.close()


def endless(started):
    return f"open(r'''{started}''', 'w').close()\nimport time\ntime.sleep(600)"


def test_it_ends_at_once_when_its_parent_lets_go(own_rpc, tmp_path):
    started = tmp_path / "stärted"
    with own_rpc.client() as client:
        call = client.future("Evaluate", expression=endless(started))
        eventually(started.exists, "the code runs")
        own_rpc.front.process.stdin.close()
        assert own_rpc.front.wait() == 0
        with pytest.raises(grpc.RpcError) as caught:
            call.result()
        assert caught.value.code() is STATUS.UNAVAILABLE


@needs_signals
def test_sigterm_lets_calls_finish(own_rpc, tmp_path):
    started, go = tmp_path / "stärted", tmp_path / "gö"
    code = (
        f"import os, time\nopen(r'''{started}''', 'w').close()\n"
        f"while not os.path.exists(r'''{go}'''): time.sleep(0.01)\n'finished'"
    )
    with own_rpc.client() as client:
        call = client.future("Evaluate", expression=code)
        eventually(started.exists, "the code runs")
        own_rpc.front.process.send_signal(signal.SIGTERM)
        eventually(lambda: refuses_connections(own_rpc.front.ready["port"]), "new connections are refused")
        go.touch()
        assert call.result().value_json == '"finished"'
    assert own_rpc.front.wait() == 0
    assert own_rpc.front.errors() == ""


@needs_signals
def test_sigterm_answers_what_does_not_finish_in_time(own_rpc, tmp_path):
    started = tmp_path / "stärted"
    with own_rpc.client() as client:
        call = client.future("Evaluate", expression=endless(started))
        eventually(started.exists, "the code runs")
        own_rpc.front.process.send_signal(signal.SIGTERM)
        assert "stopping" in refused(STATUS.ABORTED, "WORKER_LOST", call.result).message
    assert own_rpc.front.wait() == 0
    assert own_rpc.front.errors() == ""


def test_it_prints_nothing_while_all_is_well(own_rpc):
    with own_rpc.client() as client:
        assert client.value("1") == 1
        assert client.eval("1/0")["code"] == "PYTHON_ERROR"
        assert client.ask("eval", expression="x", locals=[1])["code"] == "BAD_REQUEST"
    with own_rpc.client(authorization="Bearer wrong") as client:
        assert client.ask("ping")["code"] == "UNAUTHORIZED"
    assert own_rpc.front.errors() == ""


def refuses_connections(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        # It was waiting to be accepted when the listener was closed.
        return False
    return False
