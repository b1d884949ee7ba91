"""How a pool begins and ends: its socket file, its host, its signals."""

import json
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import threading

import pytest
from pools.harness import ENTRY, LineClient, Pool, connect, eventually, is_alive, running_pool, temporary_folder

from beep_engine.slots import MAX_CONNECTIONS

STARTS = ["fork", "spawn"]


@pytest.mark.parametrize("start", STARTS)
def test_both_ways_to_start_a_worker(python, start):
    with running_pool(python, start=start) as pool:
        first = pool.ready["worker"]["pid"]
        assert pool.ready["pid"] == pool.process.pid
        with pool.frames() as client:
            assert client.ask("ping")["pid"] == first
            facts = "import os, sys\n[os.getpgrp() == os.getpid(), sys.flags.isolated, sys.flags.utf8_mode, sys.argv]"
            assert client.value(facts) == [True, 1, 1, [""]]
            # What it is made of is never looked through, what the code makes is.
            assert client.value("import gc\n[gc.isenabled(), gc.get_freeze_count() > 5000]") == [True, True]
            links = "import os\nsorted(os.readlink(f'/proc/self/fd/{fd}').split(':')[0] for fd in (0, 1, 2))"
            assert client.value(links) == ["/dev/null", "pipe", "pipe"]
            client.send("eval", expression="import ctypes; ctypes.string_at(0)")
            told = client.receive()
            assert told["details"]["signal"] == "SIGSEGV"
            assert "Fatal Python error: Segmentation fault" in told["details"]["lastLines"]
            # It rests while a process starts, and no longer.
            assert client.value("import gc\ngc.isenabled()") is True
            assert client.eval("print('from the next', flush=True)")["value"] is None
            eventually(lambda: "from the next" in pool.output, "stdout of the next worker")


@pytest.mark.parametrize("start", STARTS)
def test_stdin_end_is_the_end(python, start):
    with running_pool(python, start=start) as pool, pool.frames() as client:
        child = client.value("import subprocess\nsubprocess.Popen(['sleep', '1000']).pid")
        client.send("eval", expression="while True: pass")
        pool.process.stdin.close()
        assert pool.wait(10) == 0
        eventually(lambda: not is_alive(pool.ready["worker"]["pid"]), "the worker ends")
        eventually(lambda: not is_alive(child), "the worker's child ends")
        assert not pool.path.exists()


@pytest.mark.parametrize("start", STARTS)
def test_kill_9_of_the_pool_takes_the_worker_along(python, start):
    with running_pool(python, start=start) as pool, pool.frames() as client:
        child = client.value("import subprocess\nsubprocess.Popen(['sleep', '1000']).pid")
        client.send("eval", expression="while True: pass")
        pool.process.kill()
        pool.wait()
        eventually(lambda: not is_alive(pool.ready["worker"]["pid"]), "the worker ends", deadline=10)
        eventually(lambda: not is_alive(child), "the worker's child ends", deadline=10)
        with pytest.raises((EOFError, ConnectionResetError)):
            client.receive()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_orderly_end(own_pool, number):
    with own_pool.frames() as client:
        client.eval("import atexit; atexit.register(print, 'good bye', flush=True)")
        client.send("eval", expression="print('busy', flush=True)\nwhile True: pass")
        client.send("eval", expression="print('must not run', flush=True)")
        eventually(lambda: "busy" in own_pool.output, "the code runs")
        own_pool.process.send_signal(number)
        assert own_pool.wait(10) == 0
        assert not own_pool.path.exists()
        assert not is_alive(own_pool.ready["worker"]["pid"])
        eventually(lambda: "good bye" in own_pool.output, "exit handlers run")
        assert "must not run" not in own_pool.output
        assert own_pool.events("worker.lost") == []


def test_an_end_that_user_code_resists(own_pool):
    resist = "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
    with own_pool.frames() as client:
        client.send("eval", expression=f"print('busy', flush=True)\n{resist}")
        eventually(lambda: "busy" in own_pool.output, "the code runs")
        own_pool.process.terminate()
        assert own_pool.wait(20) == 0
        assert not is_alive(own_pool.ready["worker"]["pid"])


def test_the_socket_is_private(own_pool):
    mode = os.stat(own_pool.path).st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


@pytest.fixture
def many_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2 * MAX_CONNECTIONS:
        pytest.skip(f"only {hard} files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * MAX_CONNECTIONS), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_more_connections_than_there_are_slots(own_pool, many_files):
    clients = []
    with own_pool.frames() as watcher:
        for _ in range(MAX_CONNECTIONS - 1):
            clients.append(LineClient(own_pool.path))
            # One at a time: a queue of connections that nobody has accepted yet is limited.
            assert clients[-1].ask("ping")["status"] == "ok"
        with own_pool.lines() as one_too_many:
            assert one_too_many.receive()["code"] == "BUSY"
        for client in clients:
            client.__exit__()

        def served():
            with own_pool.lines() as again:
                try:
                    return again.ask("ping").get("status") == "ok"
                except (OSError, EOFError):
                    # Refused before it could ask.
                    return False

        eventually(served, "room again")
        assert watcher.value("1") == 1


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_another_user_is_refused(own_pool):
    """Even where file permissions would let them in."""
    os.chmod(own_pool.path, 0o777)
    os.chmod(own_pool.path.parent, 0o755)
    source = "import os, socket, sys\nos.setuid(65534)\ns = socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n"
    source += "print(s.makefile().readline())"
    done = subprocess.run([sys.executable, "-c", source, own_pool.path], stdout=subprocess.PIPE, check=True)
    assert json.loads(done.stdout)["code"] == "FORBIDDEN"
    with own_pool.frames() as client:
        assert client.value("1") == 1


def test_a_stale_socket_is_replaced(python):
    with temporary_folder() as folder:
        path = folder / "pool.sock"
        for _ in range(2):
            pool = Pool(python, path)
            assert pool.ready["ready"] is True
            pool.process.kill()
            pool.wait()
            assert path.exists()
        pool = Pool(python, path)
        with pool.frames() as client:
            assert client.value("1") == 1
        pool.close()
        assert list(folder.iterdir()) == []


def test_a_socket_in_use_is_left_alone(python, own_pool):
    second = Pool(python, own_pool.path)
    assert (second.ready["ready"], second.ready["code"]) == (False, "PATH_IN_USE")
    assert str(own_pool.path) in second.ready["message"]
    assert second.wait() == 1
    with own_pool.frames() as client:
        assert client.value("1") == 1


def test_several_pools_race_for_one_path(python):
    with temporary_folder() as folder:
        path = folder / "pool.sock"
        stale = socket.socket(socket.AF_UNIX)
        stale.bind(str(path))
        stale.close()
        pools = []
        threads = [threading.Thread(target=lambda: pools.append(Pool(python, path))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(pool.ready["ready"] for pool in pools) == [False, False, False, True]
        with pools[0].frames() as client:
            assert client.value("1") == 1
        for pool in pools:
            pool.close()


def test_a_file_that_is_no_socket_is_left_alone(python, tmp_path):
    path = tmp_path / "precious"
    path.write_text("data")
    pool = Pool(python, path)
    assert (pool.ready["code"], pool.wait()) == ("PATH_IN_USE", 1)
    assert path.read_text() == "data"


def test_somebody_elses_socket_is_not_unlinked_at_the_end(python):
    with running_pool(python) as pool:
        os.unlink(pool.path)
        with socket.socket(socket.AF_UNIX) as other:
            other.bind(str(pool.path))
            pool.process.stdin.close()
            assert pool.wait() == 0
            assert pool.path.exists()


def test_what_follows_the_configuration_is_ignored(python):
    with temporary_folder() as folder:
        document = {"protocol": 1, "path": str(folder / "s")}
        pool = Pool(python, folder / "s", config=json.dumps(document).encode() + b"\nmore\n")
        assert pool.ready["ready"] is True
        with pool.frames() as client:
            assert client.value("1") == 1
        pool.close()


@pytest.mark.parametrize(
    ("config", "code"),
    [
        (b"nonsense\n", "BAD_REQUEST"),
        (b"[]\n", "BAD_REQUEST"),
        (b"{}\n", "BAD_REQUEST"),
        (json.dumps({"protocol": 2, "path": "/tmp/x"}).encode() + b"\n", "BAD_REQUEST"),
        (json.dumps({"protocol": 1, "role": "http", "path": "/tmp/x"}).encode() + b"\n", "BAD_REQUEST"),
        (json.dumps({"protocol": 1, "path": "/tmp/x", "start": "magic"}).encode() + b"\n", "BAD_REQUEST"),
        (json.dumps({"protocol": 1, "path": "/no/such/folder/x"}).encode() + b"\n", "INTERNAL"),
        (json.dumps({"protocol": 1, "path": "/tmp/" + "long" * 40}).encode() + b"\n", "BAD_REQUEST"),
    ],
)
def test_a_configuration_that_cannot_work(python, config, code):
    pool = Pool(python, "", config=config)
    assert (pool.ready["ready"], pool.ready["code"]) == (False, code)
    assert pool.ready["message"]
    assert pool.wait() == 1


def test_stdin_that_ends_before_the_configuration(python):
    argv = [python, "-I", "-X", "utf8", "-u", str(ENTRY), "pool"]
    done = subprocess.run(argv, input=b"", stdout=subprocess.PIPE, check=False)
    assert (done.returncode, json.loads(done.stdout)["ready"]) == (1, False)
    done = subprocess.run([*argv[:-1], "nonsense"], input=b"", stdout=subprocess.PIPE, check=False)
    assert (done.returncode, json.loads(done.stdout)["ready"]) == (1, False)


def test_the_first_worker_must_start(python):
    """A worker that dies before it is ready is a failed start, with its last words."""
    with temporary_folder() as folder:
        site = folder / "entry"
        site.mkdir()
        # The package, but with a worker that cannot run.
        for item in ENTRY.parent.iterdir():
            (site / item.name).symlink_to(item)
        (site / "worker").unlink()
        (site / "worker").mkdir()
        (site / "worker" / "__init__.py").write_text("")
        broken = "import os\nos.write(2, b'no room today\\n')\nos._exit(9)\n"
        (site / "worker" / "process.py").write_text(broken)
        pool = Pool(python, folder / "s", entry=site / "__main__.py")
        assert pool.ready["ready"] is False
        assert pool.ready["details"]["exitCode"] == 9
        assert "no room today" in pool.ready["details"]["lastLines"]
        assert pool.wait() == 1
        assert not (folder / "s").exists()


def test_a_host_that_does_not_read_stderr(python):
    """Warnings pile up at a host that is busy: the code that warns waits, the pool and `ping` do not."""
    with running_pool(python) as pool, pool.frames() as client, pool.frames() as other:
        pool.reading.clear()
        client.send("eval", expression="import os\nfor _ in range(2000): os.write(2, b'w' * 999 + b'\\n')\n'done'")
        for _ in range(20):
            assert other.ask("ping")["status"] == "ok"
        with connect(pool.path) as newcomer:
            newcomer.sendall(b'{"command":"ping"}\n')
            assert b'"ok"' in newcomer.recv(4096)
        pool.reading.set()
        assert client.receive()["value"] == "done"
        eventually(lambda: pool.log.count("w\n") == 2000, "all lines arrive")
