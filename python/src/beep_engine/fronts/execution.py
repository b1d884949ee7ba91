"""What tells of itself for a client of a front: its events as they come, then its reply, at the pace of that client.

A run of code, or long work of the host.
"""

import asyncio
import json
from collections import deque
from typing import Deque, Optional, Sequence

from .pending_request import Buffer, PendingRequest, Reply, naming
from .pool_client import PoolClient
from .pool_connection import PoolConnection

# Bytes of events that may wait here for the client; then the worker is not read from, and its code waits.
HIGH = 512 * 1024
LOW = 128 * 1024


class Execution:
    """On a connection of its own: so a client that reads slowly holds up nobody else. Close it in any case."""

    def __init__(
        self,
        connection: PoolConnection,
        payload: bytes,
        attachments: Sequence[Buffer] = (),
        command: bytes = b"execute",
        pool: Optional[PoolClient] = None,
    ) -> None:
        self._connection = connection
        self._pool = pool
        self._delivered = False
        self._events: Deque[bytes] = deque()
        self._size = 0
        # Done while too much waits.
        self._full: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news = asyncio.Event()
        self._request: PendingRequest = connection.send(command, payload, attachments, self._arrived)
        self._request.reply.add_done_callback(lambda _: self._news.set())

    @classmethod
    async def start(
        cls, pool: PoolClient, payload: bytes, attachments: Sequence[Buffer] = (), command: bytes = b"execute"
    ) -> "Execution":
        """Raises a WORKER_LOST fault when the pool cannot be reached."""
        return cls(await pool.own_connection(), payload, attachments, command, pool)

    async def next(self, seconds: Optional[float] = None) -> Optional[bytes]:
        """The JSON text of the next event; None when there is no other one. asyncio.TimeoutError after `seconds`."""
        while not self._events and not self._request.reply.done():
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), seconds)
        if not self._events:
            return None
        event = self._events.popleft()
        self._size -= len(event)
        if self._full.done() and self._size <= LOW:
            self._full = asyncio.get_running_loop().create_future()
            self._connection.resume_reading()
        return event

    @property
    def reply(self) -> Reply:
        """Once `next` has given None."""
        return self._request.reply.result()

    async def cancel(self, grace: Optional[float] = None) -> bool:
        """True if it was still waiting or running."""
        reply = self._request.reply
        if reply.done():
            return False
        if await self._tell(b"cancel", naming(self._request.id, grace)):
            return True
        # The end of the run may overtake the answer to this, and the connection goes with the run.
        return reply.done() and json.loads(reply.result().text).get("code") == "CANCELLED"

    async def interrupt(self, grace: Optional[float] = None) -> bool:
        """As `cancel`, but code that catches the interrupt may still give its result."""
        return await self._tell(b"interrupt", naming(self._request.id, grace))

    async def answer(self, text: Optional[str]) -> bool:
        """Answers a question of the code; None ends its input. True if it had asked."""
        given = {"eof": True} if text is None else {"text": text}
        return await self._tell(b"input", json.dumps({"requestId": self._request.id, **given}).encode())

    def delivered(self) -> None:
        """The client has been sent the reply."""
        self._delivered = True

    def abandon(self, why: Optional[str] = None) -> None:
        """The client has gone, or must go for the reason in `why`: the worker notices, and ends the code."""
        reply, live = self._request.reply, None if self._pool is None else self._pool.live()
        if reply.done() and not self._delivered and live is not None:
            # Not by its own connection: what is said last there is not heard.
            self._request.discard(reply.result(), live)
            self._delivered = True
        self._connection.close(why)

    close = abandon

    async def _tell(self, command: bytes, payload: bytes) -> bool:
        if self._request.reply.done():
            return False
        answer = self._connection.send(command, payload).reply
        # The answer stays behind the events that the client does not read.
        await asyncio.wait({answer, self._full}, return_when=asyncio.FIRST_COMPLETED)
        return not answer.done() or json.loads(answer.result().text).get("success") is True

    def _arrived(self, event: bytes) -> None:
        self._events.append(event)
        self._size += len(event)
        if self._size > HIGH and not self._full.done():
            self._full.set_result(None)
            self._connection.pause_reading()
        self._news.set()
