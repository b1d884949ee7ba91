"""Asking code to end, while its main thread looks at every moment whether somebody does."""

import pytest

from beep_engine.counters import private_counters
from beep_engine.engine.operations import Engine
from beep_engine.worker import interrupts
from beep_engine.worker.caller import Caller
from beep_engine.worker.delivery import Delivery
from beep_engine.worker.request import DONE, RUNNING, Request
from beep_engine.worker.runner import Runner


class Eager:
    """Stands for the pool, which is told in the midst of it; the code meets its interrupt at that very moment."""

    def __init__(self):
        self.met = 0

    def tell(self, *_):
        if self.request.asked and not self.request.interrupted:
            self.met += 1
            self.runner.new_interruption(self.request)


@pytest.fixture
def eager(monkeypatch):
    monkeypatch.setattr(interrupts, "send_interrupt", lambda _: None)
    pool = Eager()
    pool.runner = Runner(Engine(), pool, 5, private_counters(), 10)
    pool.request = Request(None, 1, "execute", {})
    pool.request.state = RUNNING
    yield pool
    pool.request.state = DONE


@pytest.mark.parametrize(
    "ask",
    [
        lambda runner, request: runner.cancel(request, 1),
        lambda runner, request: runner.abandon([request]),
        lambda runner, request: runner.limits.interrupt(request, 1),
        lambda runner, request: runner.limits.interrupt_for_pool(request, 1),
    ],
    ids=["cancel", "abandon", "interrupt", "by the pool"],
)
def test_code_that_has_met_its_interrupt_is_not_told_again(eager, ask):
    ask(eager.runner, eager.request)
    assert eager.met == 1
    assert eager.request.interrupted


def test_what_is_shown_interrupts_nothing_but_the_code(eager):
    """A finalizer may show something while the worker prepares for the code, or tidies up behind it."""
    request, runner = eager.request, eager.runner
    caller = Caller(request, None, None, Delivery(), runner)
    request.ask()
    caller.show_text("stdout", "before")
    with pytest.raises(KeyboardInterrupt):
        runner._interrupts.run_interruptible(request, caller.show_text, "stdout", "amid")
    request.ask()
    caller.show_text("stdout", "behind")
    assert not request.interrupted


def test_whoever_asks_again_means_it(eager):
    eager.runner.cancel(eager.request, 2)
    eager.runner.cancel(eager.request, 1)
    assert eager.met == 2


@pytest.mark.parametrize("name", ["_get_module_lock", "cb", "acquire"])
def test_imports_that_take_a_lock_are_not_interrupted(eager, name):
    """Python would leave it taken. The signal that comes again meets the code a step further on."""
    found = {}
    exec(compile(f"import sys\ndef {name}(): return sys._getframe()", interrupts.IMPORTING, "exec"), found)
    meet = eager.runner._interrupts._meet
    eager.request.ask()
    eager.runner._interrupts.run_interruptible(eager.request, meet, found[name]())
    assert not eager.request.interrupted
    with pytest.raises(KeyboardInterrupt):
        eager.runner._interrupts.run_interruptible(eager.request, meet, found["sys"]._getframe())
