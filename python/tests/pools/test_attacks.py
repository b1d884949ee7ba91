"""Code that would take the server down with it: its session ends, the server and its other sessions go on."""

from contextlib import contextmanager, suppress

import pytest
from pools.harness import FrameClient, at_end, eventually, is_alive, running_pool
from pools.test_limits import STUCK, WARM
from pools.test_own_sessions import own_session

MIB = 1024 * 1024
SWALLOWS = """
while True:
    try:
        for _ in range(10 ** 12): pass
    except KeyboardInterrupt: pass
"""
DEATHS = [
    pytest.param("import os\nos._exit(3)", {"exitCode": 3}, id="exit"),
    pytest.param("import ctypes\nctypes.string_at(0)", {"signal": "SIGSEGV"}, id="segfault"),
    pytest.param(SWALLOWS, {"signal": "SIGKILL"}, id="swallows-interrupts"),
    pytest.param(STUCK, {"signal": "SIGKILL"}, id="native-call"),
    pytest.param(
        "import os\nwhile True: os.fork() or __import__('time').sleep(1000)", {"signal": "SIGKILL"}, id="forks"
    ),
    pytest.param(
        "import subprocess\nwhile True: subprocess.Popen(['sleep', '1000'], start_new_session=True)",
        {"signal": "SIGKILL"},
        id="processes-of-their-own-group",
    ),
]


@pytest.fixture(scope="module")
def guarded_pool(python):
    with running_pool(python, settings={"graceSeconds": 0.3, "processLimit": 24}) as running:
        yield running


@contextmanager
def bystanders(pool):
    """A session of each kind, which must not notice anything."""
    with pool.frames() as main, own_session(pool) as (_, other):
        shared = main.ask("session_open")["sessionId"]
        main.ask("eval", expression="kept = 'shared'", sessionId=shared)
        other.value("kept = 'own'\nkept")
        epoch = main.ask("ping")["epoch"]
        yield
        assert main.ask("eval", expression="kept", sessionId=shared)["value"] == "shared"
        assert other.value("kept") == "own"
        assert main.ask("ping")["epoch"] == epoch
        main.ask("session_close", sessionId=shared)


@pytest.mark.parametrize(("source", "how"), DEATHS)
def test_an_attack_ends_its_own_session(guarded_pool, source, how):
    # Only what would not end otherwise, nor meet the limit of processes.
    limit = {"timeoutSeconds": 0.5} if source in (STUCK, SWALLOWS) else {}
    with bystanders(guarded_pool), own_session(guarded_pool) as (opened, own):
        assert own.value(WARM) == 1
        own.send("eval", expression=source, **limit)
        told = own.receive()
        assert told["code"] == "WORKER_LOST"
        assert how.items() <= told["details"].items(), told
        if how == {"signal": "SIGKILL"}:
            assert ("0.5 s" if limit else "processes") in told["details"]["reason"]
        assert opened["sessionId"] in told["message"]
        assert at_end(own.sock)
        eventually(lambda: not is_alive(opened["pid"]), "its process ends")


def test_an_endless_loop_ends_at_its_limit(guarded_pool):
    with bystanders(guarded_pool), own_session(guarded_pool, timeoutSeconds=0.1) as (_, own):
        assert own.eval("while True: pass")["code"] == "TIMEOUT"
        assert own.value("1 + 1") == 2


def test_nothing_is_left_of_what_was_started_without_end(guarded_pool, tmp_path):
    pids = tmp_path / "pids"
    source = f"""
import subprocess
while True:
    one = subprocess.Popen(['sleep', '1000'], start_new_session=True)
    with open({str(pids)!r}, 'a') as file: print(one.pid, file=file)
"""
    with own_session(guarded_pool) as (_, own):
        own.send("eval", expression=source)
        assert "processes" in own.receive()["details"]["reason"]
        started = [int(line) for line in pids.read_text().splitlines()]
        assert len(started) >= 23
        eventually(lambda: not any(map(is_alive, started)), "all of them end")


def test_a_worker_of_all_that_starts_processes_without_end(python):
    with running_pool(python, settings={"processLimit": 16}) as pool, pool.frames() as client:
        client.send("eval", expression="import os\nwhile True: os.fork() or __import__('time').sleep(1000)")
        told = client.receive()
        assert (told["code"], "16" in told["details"]["reason"]) == ("WORKER_LOST", True)
        assert client.value("1 + 1") == 2


def test_processes_within_the_limit_are_welcome(guarded_pool):
    source = """
import subprocess
started = [subprocess.Popen(['sleep', '1000']) for _ in range(12)]
for one in started: one.kill(); one.wait()
len(started)
"""
    with guarded_pool.frames() as client:
        for _ in range(4):
            assert client.value(source) == 12


def test_memory_beyond_the_limit_is_an_error_of_the_code(guarded_pool):
    with bystanders(guarded_pool), own_session(guarded_pool, memoryLimitBytes=512 * MIB) as (_, own):
        reply = own.eval("x = 1\nbytearray(4 * 1024 ** 3)")
        assert (reply["code"], reply["details"]["exceptionType"]) == ("PYTHON_ERROR", "MemoryError")
        # Bit by bit, to the last one: what was taken is free again once the code has ended.
        greedy = "def take():\n    all = []\n    while True: all.append(bytearray(1024 * 1024))\ntake()"
        assert own.eval(greedy)["details"]["exceptionType"] == "MemoryError"
        assert own.value("x") == 1


def test_a_session_that_keeps_all_its_memory_can_still_let_go_of_it(guarded_pool):
    with own_session(guarded_pool, memoryLimitBytes=512 * MIB) as (_, own):
        greedy = "kept = []\nwhile True: kept.append(bytearray(1024 * 1024))"
        assert own.eval(greedy)["details"]["exceptionType"] == "MemoryError"
        with FrameClient(own.sock.getpeername()) as another:
            assert another.value("len(kept) > 10") is True
            assert another.value("kept.clear()\nlen(bytearray(50 * 1024 * 1024))") == 50 * MIB


def test_a_session_without_memory_for_its_requests_says_why(guarded_pool):
    """A request that does not fit beside what the session holds cannot be read."""
    with bystanders(guarded_pool), own_session(guarded_pool, memoryLimitBytes=512 * MIB) as (_, own):
        own.eval("kept = []\nwhile True: kept.append(bytearray(1024 * 1024))")
        with suppress(OSError):
            # Its end may come before the last byte of this.
            own.send("wrap", value=1, attachments=[bytes(300 * MIB)])
        told = own.receive()
        assert (told["code"], "no memory" in told["details"]["reason"]) == ("WORKER_LOST", True)
