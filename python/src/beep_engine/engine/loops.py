"""Making and closing an event loop: in one piece, whatever interrupts."""

import asyncio
import inspect
import sys
from typing import Any, Callable, Coroutine, Dict

from .audience import UNDISTURBED

UNDISTURBED.add(__file__)

# Makes the coroutine, once.
Start = Callable[[], Coroutine[Any, Any, Any]]
OnFailure = Callable[[asyncio.AbstractEventLoop, Dict[str, Any]], Any]


def open_loop(on_failure: OnFailure) -> asyncio.AbstractEventLoop:
    """`on_failure` is told of what nobody else hears of, in place of asyncio's own handler."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(on_failure)
    asyncio.set_event_loop(loop)
    return loop


def start_task(loop: asyncio.AbstractEventLoop, start: Start) -> "asyncio.Task[Any]":
    return loop.create_task(start())


def close_loop(loop: asyncio.AbstractEventLoop) -> None:
    loop.set_exception_handler(_too_late)
    for task in asyncio.all_tasks(loop):
        # An interrupt came before its first step: Python would warn, in anybody's output, that it was never awaited.
        coroutine = task.get_coro()
        if inspect.iscoroutine(coroutine) and inspect.getcoroutinestate(coroutine) == inspect.CORO_CREATED:
            coroutine.close()
    asyncio.set_event_loop(None)
    loop.close()


def _too_late(_loop: asyncio.AbstractEventLoop, context: Dict[str, Any]) -> None:
    """The collector has found a task that had failed and that nobody had asked: the caller has gone by then."""
    error = context.get("exception")
    if error is not None and not isinstance(error, KeyboardInterrupt):
        print(f"beep: in code that has ended: {context.get('message')} {error!r}", file=sys.__stderr__)
