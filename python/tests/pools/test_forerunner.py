"""The first worker's process, which begins before the pool knows what it hands over."""

import subprocess
import sys

import pytest
from pools.harness import ENTRY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")

PROLOGUE = f"""
import os, runpy, select, signal
runpy.run_path({str(ENTRY)!r})["load_package"]()
from _beep_engine.pool.forerunner import Forerunner
from _beep_engine.pool.worker_process import WorkerProcess
from _beep_engine.settings import Settings
from _beep_engine.slots import make_shared_file

forerunner = Forerunner()
early = forerunner._pid

def launch(session=None):
    slots = make_shared_file("/tmp")
    worker = WorkerProcess(1, forerunner.start, slots, os.dup(2), lambda: None, Settings().document(), session)
    os.close(slots)
    ready = select.select([worker.control], [], [], 60)[0] and [record.kind for record in worker.records()] == [3]
    worker.kill()
    assert ready
    return worker.pid
"""


def holds(python, script):
    done = subprocess.run([python, "-I", "-c", PROLOGUE + script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_first_worker_is_the_forerunner_and_the_next_ones_are_not(python):
    holds(python, "assert launch() == early\nassert launch() != early\nforerunner.dismiss()")


def test_a_death_that_nobody_has_heard_of_does_not_keep_the_first_worker_from_starting(python):
    script = "os.kill(early, signal.SIGKILL)\nos.waitid(os.P_PID, early, os.WEXITED | os.WNOWAIT)\n"
    holds(python, script + "assert launch() != early\nforerunner.dismiss()")


def test_a_pool_that_cannot_start_takes_it_along(python):
    look = "try: os.kill(early, 0)\nexcept ProcessLookupError: pass\nelse: raise SystemExit('it is there')"
    holds(python, "forerunner.dismiss()\n" + look)


def test_it_ends_by_itself_when_the_pool_is_gone(python):
    holds(python, "forerunner._take_line()\nassert os.waitpid(early, 0) == (early, 0)")


def test_whoever_launched_the_pool_may_ignore_deaths(python):
    ignored = "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
    gone = "os.kill(early, signal.SIGKILL)\ntry: os.waitpid(early, 0)\nexcept ChildProcessError: pass\n"
    holds(python, ignored + "forerunner.dismiss()")
    holds(python, ignored + gone + "forerunner.dismiss()")
    holds(python, ignored + gone + "assert not forerunner._hand_over(None, 1)")
