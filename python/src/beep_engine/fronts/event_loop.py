"""What a front runs on: its event loop, and a collector that does not get in its way."""

import asyncio
import gc


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop where it is installed (not on Windows, whose default loop is the one that knows named pipes)."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def spare_the_collector() -> None:
    """Lets the garbage collector look less often, and never at the thousands of objects that importing has made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
