"""Requests in flight by the name that their callers gave them."""

import asyncio
from typing import Dict, List, Optional, Union

from .execution import Execution
from .pending_request import PendingRequest

Request = Union[PendingRequest, Execution]

# Seconds in which a worker that can hear anything has heard of a cancel.
PATIENCE = 0.5


class NamedRequests:
    def __init__(self) -> None:
        self._requests: Dict[bytes, List[Request]] = {}

    def add(self, name: bytes, request: Request) -> None:
        self._requests.setdefault(name, []).append(request)

    def remove(self, name: bytes, request: Request) -> None:
        same_name = self._requests[name]
        same_name.remove(request)
        if not same_name:
            del self._requests[name]

    async def cancel(self, name: bytes, grace: Optional[float] = None) -> bool:
        """Cancels all requests of that name; True if at least one was still waiting or running."""
        # The last one first, one after the other: at the end of what runs the next would begin before its cancel comes.
        asked = []
        for request in reversed(list(self._requests.get(name, ()))):
            asked.append(asyncio.ensure_future(request.cancel(grace)))
            # One whose worker hears nothing must not keep the others from being cancelled.
            await asyncio.wait(asked[-1:], timeout=PATIENCE)
        return any(await asyncio.gather(*asked))

    async def interrupt(self, name: bytes, grace: Optional[float] = None) -> bool:
        """Interrupts what runs of that name; True if something did."""
        requests = list(self._requests.get(name, ()))
        return any(await asyncio.gather(*(request.interrupt(grace) for request in requests)))

    async def answer(self, name: bytes, text: Optional[str]) -> bool:
        """Answers the first run of that name that asks something; None ends its input. False if none does."""
        for request in list(self._requests.get(name, ())):
            if isinstance(request, Execution) and await request.answer(text):
                return True
        return False
