"""Making and closing an event loop: in one piece, whatever interrupts."""

import asyncio
import sys
from typing import Any, Callable, Coroutine, Dict

from .audience import UNDISTURBED

UNDISTURBED.add(__file__)

# Makes the coroutine, once.
Start = Callable[[], Coroutine[Any, Any, Any]]


def open_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


def start_task(loop: asyncio.AbstractEventLoop, start: Start) -> "asyncio.Task[Any]":
    return loop.create_task(start())


def close_loop(loop: asyncio.AbstractEventLoop) -> None:
    loop.set_exception_handler(_too_late)
    asyncio.set_event_loop(None)
    loop.close()


def _too_late(_loop: asyncio.AbstractEventLoop, context: Dict[str, Any]) -> None:
    """The collector has found a task that had failed and that nobody had asked: the caller has gone by then."""
    error = context.get("exception")
    if error is not None and not isinstance(error, KeyboardInterrupt):
        print(f"beep: in code that has ended: {context.get('message')} {error!r}", file=sys.__stderr__)
