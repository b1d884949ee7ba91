"""Notices that HTTP clients have gone away while their requests run."""

import asyncio
from typing import Dict, Optional, Protocol

from .body import Receive
from .replies import Send

# Most requests are over before anybody looks, and cost no task. Seconds.
LOOK_EVERY = 0.02


class Abandonable(Protocol):
    def abandon(self) -> None:
        """Nobody waits for it any more."""


class HangUpWatch(Protocol):
    def add(self, request: Abandonable, receive: Receive) -> None:
        """Abandons it when its client disconnects. Whoever adds one removes it, in any case."""

    def remove(self, request: Abandonable) -> None:
        """It is over."""


def has_gone(send: Send) -> bool:
    """Whether what is sent now reaches nobody. ASGI does not tell; uvicorn's own end of `send` knows."""
    return getattr(getattr(send, "__self__", None), "disconnected", False) is True


class Unwatched:
    """Where what a client has asked for is done, whether it waits or not."""

    def add(self, request: Abandonable, receive: Receive) -> None:
        pass

    def remove(self, request: Abandonable) -> None:
        pass


class HangUps:
    """See HangUpWatch."""

    def __init__(self) -> None:
        self._new: Dict[Abandonable, Receive] = {}
        self._watched: Dict[Abandonable, asyncio.Task[None]] = {}
        self._timer: Optional[asyncio.TimerHandle] = None

    def add(self, request: Abandonable, receive: Receive) -> None:
        self._new[request] = receive
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOOK_EVERY, self._look)

    def remove(self, request: Abandonable) -> None:
        if self._new.pop(request, None) is None:
            self._watched.pop(request).cancel()

    def _look(self) -> None:
        self._timer = None
        for request, receive in self._new.items():
            self._watched[request] = asyncio.ensure_future(_wait_for_hang_up(request, receive))
        self._new.clear()


async def _wait_for_hang_up(request: Abandonable, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    request.abandon()
