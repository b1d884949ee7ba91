"""The hook that notices interrupts that Python has ignored, without a worker around it."""

import sys

import pytest

from beep_engine.worker.interruption import Interruptions


class Gone:
    """Raises `error` where Python ignores it."""

    def __init__(self, error):
        self._error = error

    def __del__(self):
        raise self._error


@pytest.fixture
def heard(monkeypatch):
    """What a hook of somebody's has heard of."""
    heard = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: heard.append(unraisable.exc_value))
    return heard


def test_it_takes_back_what_it_has_made_and_hands_on_the_rest(heard):
    ignored = []
    interruptions = Interruptions(lambda: ignored.append(1))
    Gone(interruptions.new())
    assert (len(ignored), heard) == (1, [])
    others = [KeyboardInterrupt(), ValueError(), type("Mine", (KeyboardInterrupt,), {})()]
    for error in others:
        Gone(error)
    assert (len(ignored), heard) == (1, others)


def test_one_of_a_request_that_has_ended_is_as_any_other(heard):
    ignored = []
    interruptions = Interruptions(lambda: ignored.append(1))
    old = interruptions.new()
    interruptions.forget()
    Gone(old)
    interruptions.new()
    Gone(old)
    assert (ignored, heard) == ([], [old, old])


def test_one_that_meets_the_hook_before_it_is_taken_back_too(monkeypatch):
    ignored = []
    interruptions = Interruptions(lambda: ignored.append(1))

    def interrupted(_):
        raise interruptions.new()

    monkeypatch.setattr(sys, "unraisablehook", interrupted)
    interruptions.watch()
    Gone(ValueError())
    assert len(ignored) == 1


def test_hooks_that_are_put_around_each_other_again_and_again(heard):
    ignored = []
    interruptions = Interruptions(lambda: ignored.append(1))
    for _ in range(3):
        before = sys.unraisablehook
        sys.unraisablehook = lambda unraisable, before=before: before(unraisable)
        Gone(interruptions.new())
    error = ValueError()
    Gone(error)
    assert (len(ignored), heard) == (3, [error])


def test_without_any_hook(monkeypatch, capsys):
    interruptions = Interruptions(lambda: None)
    monkeypatch.delattr(sys, "unraisablehook")
    interruptions.watch()
    Gone(ValueError("said by Python itself"))
    assert "said by Python itself" in capsys.readouterr().err
