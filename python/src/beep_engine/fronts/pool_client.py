"""Keeps one connection to a pool alive: connects, says hello, and connects again as soon as it drops.

Every front uses it. A front that must stay answerable while a long reply is on the wire opens a second one.
"""

import asyncio
import json
import logging
from typing import Callable, Optional, Set

from ..faults import Fault
from .pool_connection import PoolConnection

# A pool that is alive accepts at once; this covers one that is being started again on a busy machine.
CONNECT_DEADLINE = 5.0
FIRST_RETRY_DELAY = 0.01
LONGEST_RETRY_DELAY = 0.5
# A connection that lasted this long was a good one; losing it is no reason to wait before the next.
GOOD_LIFETIME = 1.0

# More than anybody waits for.
UNREACHABLE = 1 << 30

# Connections of single callers; a pool takes twice as many, and others want some, too.
MOST_OWN = 500

log = logging.getLogger("beep.pool")


class PoolClient:
    """`address` is a Unix socket path, or a Windows pipe `\\\\.\\pipe\\name`, which wants `token`.

    With `on_lost`, a lost connection is not made again; that is told instead.
    """

    def __init__(
        self, address: str, token: Optional[str] = None, on_lost: Optional[Callable[["PoolClient"], None]] = None
    ) -> None:
        self._address = address
        self._token = token
        self._connection: Optional[PoolConnection] = None
        self._connected: asyncio.Event
        self._keeper: Optional[asyncio.Task[None]] = None
        self._closed = False
        self._connected_at = 0.0
        self._delay = 0.0
        self._last_error = "no answer yet"
        self._change: Optional[asyncio.Future[None]] = None
        self._on_lost = on_lost
        # Those of single callers, and how many more are being made.
        self._own: Set[PoolConnection] = set()
        self._opening = 0

    async def open(self, deadline: float = CONNECT_DEADLINE) -> None:
        """Connects for the first time; a WORKER_LOST fault after `deadline` seconds."""
        self._connected = asyncio.Event()
        self._keeper = asyncio.ensure_future(self._connect_until_it_works())
        await self.connection(deadline)

    async def connection(self, deadline: float = CONNECT_DEADLINE) -> PoolConnection:
        """The live connection, waiting up to `deadline` seconds for one; a WORKER_LOST fault when none comes."""
        if self._connection is None:
            try:
                await asyncio.wait_for(self._connected.wait(), deadline)
            except asyncio.TimeoutError:
                pass
        if self._connection is None:
            raise Fault("WORKER_LOST", f"the pool at {self._address} cannot be reached: {self._last_error}")
        return self._connection

    async def own_connection(self, deadline: float = CONNECT_DEADLINE) -> PoolConnection:
        """Another connection, for one caller alone, who closes it; a WORKER_LOST fault when there is none in time, BUSY
        when there are too many."""
        if len(self._own) + self._opening >= MOST_OWN:
            raise Fault(
                "BUSY",
                f"{MOST_OWN} runs of code are under way already",
                hint="try again in a moment, with fewer at once",
                details={"limit": MOST_OWN},
            )
        self._opening += 1
        try:
            connection = await asyncio.wait_for(self._connect(), deadline)
            if connection.lost is None:
                self._own.add(connection)
            return connection
        except (OSError, asyncio.TimeoutError) as error:
            raise Fault("WORKER_LOST", f"the pool at {self._address} cannot be reached: {error!r}") from None
        finally:
            self._opening -= 1

    @property
    def pending(self) -> int:
        """How many requests it waits for, runs among them; as good as endless while it cannot be reached."""
        if self._connection is None:
            return UNREACHABLE
        return self._connection.pending + len(self._own) + self._opening

    def live(self) -> Optional[PoolConnection]:
        """The connection if there is one right now: spares the hot path an await."""
        return self._connection

    def changed(self) -> "asyncio.Future[None]":
        """Done when the connection is lost, or there again: see `live`. Not to be cancelled, others may wait for it."""
        if self._change is None:
            self._change = asyncio.get_running_loop().create_future()
        return self._change

    def close(self, why: Optional[str] = None) -> None:
        """For good; requests in flight are answered with WORKER_LOST, which says why."""
        self._closed = True
        if self._keeper is not None:
            self._keeper.cancel()
        if self._connection is not None:
            self._connection.close(why)

    async def _connect_until_it_works(self) -> None:
        while True:
            await asyncio.sleep(self._delay)
            self._delay = min(max(self._delay * 2, FIRST_RETRY_DELAY), LONGEST_RETRY_DELAY)
            try:
                connection = await self._connect()
            except (OSError, Fault) as error:
                self._last_error = str(error)
                continue
            self._connection = connection
            self._connected_at = asyncio.get_running_loop().time()
            self._connected.set()
            self._tell_change()
            return

    async def _connect(self) -> PoolConnection:
        loop = asyncio.get_running_loop()

        def connection_of() -> PoolConnection:
            # Where pipes want a token, the first hello must have it.
            return PoolConnection(self._lost, greets=self._token is None)

        if is_windows_pipe(self._address):
            # Only the proactor loop has this; it is the default loop on Windows, and absent from the type elsewhere.
            _, connection = await loop.create_pipe_connection(  # type: ignore[attr-defined]
                connection_of, self._address
            )
        else:
            _, connection = await loop.create_unix_connection(connection_of, self._address)
        if self._token is not None:
            await _say_hello(connection, self._token)
        if connection.lost is not None:
            # Before it became ours: `_lost` took no notice.
            raise ConnectionError(connection.lost)
        return connection

    def _tell_change(self) -> None:
        change, self._change = self._change, None
        if change is not None:
            change.set_result(None)

    def _lost(self, connection: PoolConnection) -> None:
        self._own.discard(connection)
        if self._closed or connection is not self._connection:
            return
        self._connection = None
        self._connected.clear()
        self._tell_change()
        self._last_error = connection.lost or "closed"
        if self._on_lost is not None:
            self._on_lost(self)
            return
        loop = asyncio.get_running_loop()
        if loop.time() - self._connected_at > GOOD_LIFETIME:
            self._delay = 0.0
        log.warning("connection to the pool lost (%s), connecting again", self._last_error)
        self._keeper = loop.create_task(self._connect_until_it_works())


async def _say_hello(connection: PoolConnection, token: str) -> None:
    answer = await connection.send(b"hello", json.dumps({"token": token, "refuse": True}).encode()).reply
    fields = json.loads(answer.text)
    if "error" in fields:
        connection.close()
        raise Fault("UNAUTHORIZED", f"the pool refused our hello: {fields['error']}")


def is_windows_pipe(address: str) -> bool:
    return address.startswith("\\\\.\\pipe\\")
