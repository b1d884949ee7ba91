"""Notices that an HTTP client has gone away while its request runs."""

import asyncio
from typing import Optional

from ..pool_connection import PendingRequest
from .body import Receive

# Most requests are over long before; for them the watch costs a timer and not a task. Seconds.
WATCH_AFTER = 0.02


class HangUpWatch:
    """Abandons `request` when the client of `receive` disconnects. `stop` it in any case."""

    __slots__ = ("_receive", "_request", "_task", "_timer")

    def __init__(self, receive: Receive, request: PendingRequest) -> None:
        self._receive = receive
        self._request = request
        self._task: Optional[asyncio.Task[None]] = None
        self._timer = asyncio.get_running_loop().call_later(WATCH_AFTER, self._begin)

    def stop(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._request.abandon()
