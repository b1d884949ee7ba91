"""Runs code that awaits, in an event loop of the thread that calls."""

import asyncio
import os
import selectors
from typing import Any, Dict

from .audience import Audience
from .loops import Start, close_loop, open_loop, start_task
from .place import Place

# While one of these files runs, the loop is alive; an exception there could cost it one of its callbacks.
_LOOP_FILES = (os.path.dirname(asyncio.__file__) + os.sep, selectors.__file__)


def run_awaiting(place: Place, start: Start, audience: Audience) -> Any:
    """What the coroutine gives. In a session, what it has started and not awaited goes on with the session's next run
    that awaits; else it is cancelled at the end, as by `asyncio.run`."""
    if not place.keeps_loop:
        loop = open_loop(_but_interrupts)
        try:
            return run_in_loop(loop, start, audience)
        finally:
            end_loop(loop)
    if place.loop is None or place.loop.is_closed():
        place.loop = open_loop(_but_interrupts)
    try:
        asyncio.set_event_loop(place.loop)
        return run_in_loop(place.loop, start, audience)
    finally:
        asyncio.set_event_loop(None)


def end_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Cancels what is left in it, lets that clean up, and closes it."""
    try:
        _cancel_the_rest(loop)
        loop.run_until_complete(start_task(loop, loop.shutdown_asyncgens))
    finally:
        close_loop(loop)


def run_in_loop(loop: asyncio.AbstractEventLoop, start: Start, audience: Audience) -> Any:
    """An interrupt cancels the coroutine, so that its `finally` runs; it raises only in code that keeps the loop."""
    task = start_task(loop, start)
    try:
        audience.on_interrupt = _Cancellation(loop, task, audience).request
        return loop.run_until_complete(task)
    except KeyboardInterrupt:
        if not task.done():
            task.cancel()
            try:
                loop.run_until_complete(task)
            except (asyncio.CancelledError, Exception):
                pass
        raise
    finally:
        audience.on_interrupt = None


class _Cancellation:
    def __init__(self, loop: asyncio.AbstractEventLoop, task: "asyncio.Task[Any]", audience: Audience) -> None:
        self._loop = loop
        self._task = task
        self._audience = audience
        self._asked = False

    def request(self, frame: Any) -> bool:
        """From the signal handler, again and again until the loop has come to it."""
        if self._loop.is_closed():
            return False
        if self._asked:
            # The loop had time enough: what keeps it is the code.
            return frame.f_code.co_filename.startswith(_LOOP_FILES)
        self._asked = True
        self._loop.call_soon_threadsafe(self._cancel)
        return True

    def _cancel(self) -> None:
        # In this order: with none asked and none met, a signal would ask for another one.
        is_news = self._audience.met()
        self._asked = False
        if is_news:
            # Else the code has kept the loop until one was raised there, and may be cleaning up.
            self._task.cancel()


def _but_interrupts(loop: asyncio.AbstractEventLoop, context: Dict[str, Any]) -> None:
    """One that has met a task in the background has ended the run: it is no failure to tell of besides."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


def _cancel_the_rest(loop: asyncio.AbstractEventLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            context = {"message": "a task failed as it was cancelled", "exception": task.exception(), "task": task}
            loop.call_exception_handler(context)
