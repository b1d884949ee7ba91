"""The same attacks in the worker that sessions share: they cost it and what it held, and nobody else."""

import os
import sys

import pytest
from pools.harness import eventually, running_pool
from pools.test_attacks import DEATHS, SWALLOWS
from pools.test_limits import STUCK, WARM
from pools.test_own_sessions import own_session


@pytest.fixture(scope="module")
def attacked_pool():
    # The attacks are the system's business more than Python's: one Python shows it.
    with running_pool(sys.executable, settings={"graceSeconds": 0.3, "processLimit": 24}) as running:
        yield running


@pytest.mark.parametrize(("source", "how"), DEATHS)
def test_an_attack_costs_the_shared_worker_and_no_session_with_a_process_of_its_own(attacked_pool, source, how):
    limit = {"timeoutSeconds": 0.5} if source in (STUCK, SWALLOWS) else {}
    with attacked_pool.frames() as client, own_session(attacked_pool) as (_, other):
        other.value("kept = 'own'\nkept")
        epoch = client.ask("ping")["epoch"]
        session = {"sessionId": client.ask("session_open")["sessionId"]}
        assert client.ask("eval", expression=WARM, **session)["value"] == 1
        client.send("eval", expression=source, **session, **limit)
        told = client.receive()
        assert (told["code"], told["event"]) == ("WORKER_LOST", "worker.lost")
        assert how.items() <= told["details"].items(), told
        # The server goes on with another worker, on the same connection; what shared the lost one is gone with it.
        assert client.ask("eval", expression="1", **session)["code"] == "SESSION_NOT_FOUND"
        assert client.value("1 + 1") == 2
        assert client.ask("ping")["epoch"] == epoch + 1
        assert other.value("kept") == "own"


def test_an_endless_loop_in_a_shared_session_ends_at_its_limit_and_takes_nothing_along(attacked_pool):
    with attacked_pool.frames() as client:
        one, two = ({"sessionId": client.ask("session_open")["sessionId"]} for _ in range(2))
        assert client.ask("eval", expression="x = 5\nx", **two)["value"] == 5
        assert client.ask("eval", expression="while True: pass", timeoutSeconds=0.1, **one)["code"] == "TIMEOUT"
        assert client.ask("eval", expression="x", **two)["value"] == 5


def test_a_shared_session_cannot_have_a_limit_of_memory_that_is_not_its_own(attacked_pool):
    """Memory is limited by process: who asks for a limit gets a process, and the shared worker is never under one."""
    with attacked_pool.frames() as client:
        opened = client.ask("session_open", memoryLimitBytes=512 * 1024 * 1024)
        assert (opened["ownProcess"], opened["pid"] != client.ask("ping")["pid"]) == (True, True)
        unlimited = "import resource\nresource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY"
        assert client.value(unlimited) is True
        client.ask("session_close", sessionId=opened["sessionId"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a niceness for each thread")
def test_code_of_a_session_that_keeps_a_processor_busy_lets_others_go_first(attacked_pool):
    with own_session(attacked_pool) as (opened, own), attacked_pool.frames() as main:
        pid = opened["pid"]
        assert os.getpriority(os.PRIO_PROCESS, pid) == 0
        own.send("eval", expression="while True: pass")
        eventually(lambda: os.getpriority(os.PRIO_PROCESS, pid) == 10, "its code stands back")
        # What serves it does not.
        threads = map(int, os.listdir(f"/proc/{pid}/task"))
        assert all(os.getpriority(os.PRIO_PROCESS, thread) == 0 for thread in threads if thread != pid)
        assert os.getpriority(os.PRIO_PROCESS, main.ask("ping")["pid"]) == 0
        main.ask("interrupt", sessionId=opened["sessionId"])
        assert own.receive()["code"] == "CANCELLED"
        if os.geteuid() == 0:
            eventually(lambda: os.getpriority(os.PRIO_PROCESS, pid) == 0, "it is as it was")
        assert own.value("1 + 1") == 2
