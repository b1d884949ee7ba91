"""Event loops that end in the midst of something."""

import gc
import sys
import warnings

from beep_engine.engine.loops import close_loop, open_loop, start_task


def test_what_has_not_taken_its_first_step_is_closed_in_silence(monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)

    async def waits():
        return None

    # What tests before this one have left is not heard here.
    gc.collect()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        loop = open_loop(print)
        tasks = [start_task(loop, start) for start in (loop.shutdown_asyncgens, waits)]
        tasks[1].cancel()
        close_loop(loop)
        del tasks
        gc.collect()
    assert ([str(one.message) for one in warned], heard) == ([], [])


def test_what_has_begun_is_left_as_it_is():
    steps = []

    async def waits():
        try:
            await forever
        finally:
            steps.append("cleaned up")

    loop = open_loop(print)
    forever = loop.create_future()
    task = start_task(loop, waits)
    loop.call_soon(loop.stop)
    loop.run_forever()
    close_loop(loop)
    assert steps == []
    task.get_coro().close()
    assert steps == ["cleaned up"]
