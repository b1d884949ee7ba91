"""Requests in flight by the name that their callers gave them in `X-Request-Id`."""

import asyncio
from typing import Dict, List

from ..pool_connection import PendingRequest


class NamedRequests:
    def __init__(self) -> None:
        self._requests: Dict[bytes, List[PendingRequest]] = {}

    def add(self, name: bytes, request: PendingRequest) -> None:
        self._requests.setdefault(name, []).append(request)

    def remove(self, name: bytes, request: PendingRequest) -> None:
        same_name = self._requests[name]
        same_name.remove(request)
        if not same_name:
            del self._requests[name]

    async def cancel(self, name: bytes) -> bool:
        """Cancels all requests of that name; True if at least one was still waiting or running."""
        requests = list(self._requests.get(name, ()))
        return any(await asyncio.gather(*(request.cancel() for request in requests)))
