"""A worker that dies: every caller is told why, and the socket never goes away."""

import fcntl
import os
import signal
import socket
import struct

import pytest
from pools.harness import FrameClient, LineClient, at_end, at_rest, connect, eventually, is_alive, running_pool

DEATHS = [
    ("import os; os._exit(7)", {"exitCode": 7}, None),
    ("import os; os.abort()", {"signal": "SIGABRT"}, "Fatal Python error: Aborted"),
    ("import ctypes; ctypes.string_at(0)", {"signal": "SIGSEGV"}, "Fatal Python error: Segmentation fault"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", {"signal": "SIGKILL"}, None),
    ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", {"signal": "SIGTERM"}, None),
    ("import os; os.write(2, b'last words\\n'); os._exit(1)", {"exitCode": 1}, "last words"),
]


@pytest.mark.parametrize(("source", "how", "line"), DEATHS, ids=[row[0][:40] for row in DEATHS])
def test_frames_get_a_notice_and_go_on(own_pool, source, how, line):
    with own_pool.frames() as client, own_pool.frames() as bystander:
        handle = bystander.ask("wrap", value=[])["handleId"]
        client.send("eval", expression=source)
        for told in (client.receive(), bystander.receive()):
            assert (told["id"], told["event"], told["code"]) == (None, "worker.lost", "WORKER_LOST")
            assert how.items() <= told["details"].items()
            assert ("signal" in told["details"]) != ("exitCode" in told["details"])
            assert next(iter(how.values())) in (told["message"].split() if "signal" in how else how.values())
            if line:
                assert line in told["details"]["lastLines"]
            assert not any("beep_engine" in shown for shown in told["details"]["lastLines"])
        assert client.value("1 + 1") == 2
        assert bystander.ask("ping")["epoch"] == 2
        lost = bystander.ask("getattr", handleId=handle, attributeName="x")
        assert (lost["code"], "worker" in lost["message"]) == ("HANDLE_NOT_FOUND", True)
        assert bystander.ask("wrap", value=1)["handleId"] != handle
    (event,) = eventually(lambda: own_pool.events("worker.lost"), "the host is told")
    assert event["pid"] == own_pool.ready["worker"]["pid"]
    assert how.items() <= event.items()
    (started,) = eventually(lambda: own_pool.events("worker.started"), "the host is told of the next")
    assert started["pid"] != event["pid"]


def test_lines_get_an_error_for_each_request_in_flight(own_pool):
    with own_pool.lines() as client, own_pool.lines() as idle:
        idle.ask("ping")
        client.send("eval", expression="import time; time.sleep(0.5); import os; os._exit(3)", request_id=1)
        client.send("eval", expression="'waits'", request_id="two")
        client.send("eval", expression="'waits too'")
        client.send("eval", expression="'behind it'")
        replies = [client.receive() for _ in range(3)]
        assert {reply["code"] for reply in replies} == {"WORKER_LOST"}
        assert {reply["details"]["exitCode"] for reply in replies} == {3}
        assert sorted(str(reply.get("id")) for reply in replies) == ["1", "None", "two"]
        # The dead worker had not read this one.
        assert client.receive()["value"] == "behind it"
        assert client.value("1 + 1") == 2
        assert idle.ask("ping")["epoch"] == 2


def test_a_worker_killed_from_outside(own_pool):
    with own_pool.frames() as client, own_pool.lines() as lines:
        assert lines.ask("ping")["status"] == "ok"
        pid = client.ask("ping")["pid"]
        eventually(lambda: at_rest(pid), "the replies are out and forgotten")
        os.kill(pid, signal.SIGKILL)
        assert client.receive()["details"]["signal"] == "SIGKILL"
        assert client.value("1") == 1
        assert lines.value("1") == 1


def test_a_connection_that_has_said_nothing_goes_on(own_pool):
    with connect(own_pool.path) as silent, own_pool.frames() as client:
        client.send("eval", expression="import os; os._exit(1)")
        client.receive()
        silent.sendall(b'{"command":"ping"}\n')
        assert b'"epoch":2' in silent.recv(4096)


def test_half_a_request_read_ends_the_connection(own_pool):
    with own_pool.frames() as half, own_pool.lines() as half_line, own_pool.frames() as client:
        assert half.ask("ping")["status"] == "ok"
        half.sock.sendall(b"BPF1\x20\0\0\0\0\0\0\0{")
        half_line.sock.sendall(b'{"command":')
        pid = client.ask("ping")["pid"]
        eventually(lambda: unread(half.sock) and unread(half_line.sock), "the halves are read")
        eventually(lambda: at_rest(pid), "and noted")
        os.kill(pid, signal.SIGKILL)
        assert half.receive()["event"] == "worker.lost"
        assert at_end(half.sock)
        assert half_line.receive()["code"] == "WORKER_LOST"
        assert at_end(half_line.sock)
        assert client.receive()["event"] == "worker.lost"
        assert client.value("1") == 1


def unread(sock):
    """True when the other side has taken all bytes sent (SIOCOUTQ)."""
    return struct.unpack("i", fcntl.ioctl(sock.fileno(), 0x5411, struct.pack("i", 0)))[0] == 0


def test_half_a_reply_written_ends_the_connection(own_pool):
    with own_pool.frames() as client, own_pool.frames() as other:
        client.send("eval", expression="'x' * 30_000_000")
        assert client.sock.recv(12, socket.MSG_WAITALL)[:4] == b"BPF1"
        pid = other.ask("ping")["pid"]
        os.kill(pid, signal.SIGKILL)
        assert other.receive()["event"] == "worker.lost"
        received = 0
        while True:
            data = client.sock.recv(1 << 20)
            if not data:
                break
            assert b"worker.lost" not in data
            received += len(data)
        assert received < 30_000_000
        assert other.value("1") == 1


def test_death_after_death(own_pool):
    with own_pool.lines() as client:
        for number in range(12):
            assert client.eval(f"import os; os._exit({number})")["details"]["exitCode"] == number
        assert client.ask("ping")["epoch"] == 13
    assert own_pool.process.poll() is None


def test_children_of_a_dead_worker_are_ended(own_pool):
    with own_pool.frames() as client:
        child = client.value("import subprocess\nsubprocess.Popen(['sleep', '1000']).pid")
        assert is_alive(child)
        client.send("eval", expression="import os; os._exit(1)")
        client.receive()
        eventually(lambda: not is_alive(child), "the child ends")


def test_connections_made_while_there_is_no_worker(own_pool):
    with own_pool.frames() as client:
        for _ in range(5):
            client.send("eval", expression="import os; os._exit(1)")
            with own_pool.lines() as newcomer:
                # Whichever worker gets it: the reply, or the loss, is an answer.
                reply = newcomer.eval("6 * 7")
                assert reply.get("value") == 42 or reply["code"] == "WORKER_LOST"
            assert client.receive()["event"] == "worker.lost"


def test_native_code_that_holds_the_interpreter_dies_with_the_pool(python):
    with running_pool(python) as pool, pool.frames() as client:
        pid = client.ask("ping")["pid"]
        client.send("eval", expression="import ctypes; print('stuck', flush=True); ctypes.PyDLL(None).sleep(1000)")
        eventually(lambda: "stuck" in pool.output, "the code runs")
        pool.process.kill()
        pool.wait()
        eventually(lambda: not is_alive(pid), "the worker ends", deadline=10)


def test_a_worker_that_cannot_live(python, tmp_path):
    """Every worker after the first is killed as soon as it starts: the pool gives up, and says so."""
    with running_pool(python) as pool:
        killed = set()
        with FrameClient(pool.path) as client:
            pid = client.ask("ping")["pid"]
            while pool.process.poll() is None:
                if is_alive(pid):
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass
                    killed.add(pid)
                started = [event["pid"] for event in pool.events("worker.started")]
                pid = started[-1] if started else pid
        assert pool.wait() == 1
        assert len(killed) >= 5
        (event,) = eventually(lambda: pool.events("pool.failed"), "the host is told")
        assert event["code"] == "WORKER_LOST"
        assert event["details"]["signal"] == "SIGKILL"
        assert not pool.path.exists()


def test_lines_after_a_death_in_the_middle_of_many(own_pool):
    with LineClient(own_pool.path) as client:
        for number in range(60):
            source = "import os, time; time.sleep(0.5); os._exit(1)" if number == 20 else str(number)
            client.send("eval", expression=source)
        replies = [client.receive() for _ in range(60)]
        assert [reply.get("value") for reply in replies[:20]] == list(range(20))
        assert replies[20]["code"] == "WORKER_LOST"
        assert [reply.get("value") for reply in replies[21:]] == list(range(21, 60))
        assert client.value("1") == 1


def test_lines_that_wait_behind_one_are_the_next_workers(own_pool):
    with LineClient(own_pool.path) as client:
        line = b'{"command":"eval","payload":{"expression":"1"}}\n'
        client.sock.sendall(b'{"command":"eval","payload":{"expression":"import os; os._exit(1)"}}\n' + line * 500)
        assert client.receive()["code"] == "WORKER_LOST"
        assert [client.receive().get("value") for _ in range(500)] == [1] * 500


def test_more_lines_than_the_pool_can_answer_for_end_the_connection(own_pool):
    """The dead worker had read a line that the journal had no room for: nobody can say what became of it."""
    with LineClient(own_pool.path) as client:
        lines = [b'{"id":0,"command":"eval","payload":{"expression":"import os, time; time.sleep(1); os._exit(1)"}}']
        lines += [b'{"id":%d,"command":"eval","payload":{"expression":"1"}}' % number for number in range(1, 200)]
        client.sock.sendall(b"\n".join(lines) + b"\n")
        codes = []
        with pytest.raises((EOFError, ConnectionResetError)):
            while True:
                codes.append(client.receive().get("code"))
        assert set(codes) == {"WORKER_LOST"}
        assert own_pool.frames().value("1") == 1
