"""Where operations go to the worker, each to its place, and where those under way are found by name."""

import asyncio
import json
from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional, Sequence, Set

from ..execution import Execution
from ..named_requests import NamedRequests
from ..pending_request import Buffer, Reply
from ..pool_connection import OnBody
from ..session_pools import SessionPools
from ..transfer import Transfer
from ..worker_pools import WorkerPools
from .replies import checked


class Desk:
    """Names of sessions and calls may be empty: outside of all sessions, and a call that nobody will ask for.

    `cancels`: a caller that goes away in mid-call cancels it.
    """

    def __init__(self, requests: WorkerPools, sessions: SessionPools, cancels: bool = True) -> None:
        self._cancels = cancels
        self._requests = requests
        self._only = requests.only
        self._sessions = sessions
        self._named = NamedRequests()
        self._executions: Set[Execution] = set()

    @property
    def has_choice(self) -> bool:
        """There are several workers: a caller may wish for one."""
        return self._only is None

    async def exchange(
        self,
        command: str,
        payload: bytes,
        attachments: Sequence[Buffer] = (),
        session_id: str = "",
        name: str = "",
        wish: Optional[int] = None,
        on_body: Optional[OnBody] = None,
    ) -> Reply:
        """Sends an operation and waits for its reply, for as long as the caller does. Raises Failed, and faults."""
        pool = self._only
        if pool is None or session_id:
            if pool is None and command == "handles_list" and not session_id and not wish:
                return checked(await self._requests.handles(json.loads(payload)))
            pool = await self._sessions.of(session_id, command, payload, wish)
        connection = pool.live() or await pool.connection()
        pending = connection.send(command.encode(), payload, attachments, on_body=on_body)
        key = name.encode()
        if key:
            self._named.add(key, pending)
        try:
            return checked(await pending.reply)
        except asyncio.CancelledError:
            # The caller has gone, or its deadline is over. Once the call has returned, grpc.aio tells neither: its task
            # is not cancelled any more, and a write that fails is kept from it and from its callbacks.
            if self._cancels:
                pending.abandon()
            else:
                pending.forget()
            raise
        finally:
            if key:
                self._named.remove(key, pending)

    @asynccontextmanager
    async def transfer(
        self, command: str, payload: bytes, session_id: str, name: str, wish: Optional[int] = None
    ) -> AsyncIterator[Transfer]:
        """An operation whose reply is one large thing. Ends with the context, at the latest."""
        transfer = Transfer()

        async def exchange() -> None:
            try:
                transfer.end(await self.exchange(command, payload, (), session_id, name, wish, transfer.begin))
            except Exception as error:
                transfer.fail(error)

        exchanging = asyncio.ensure_future(exchange())
        try:
            await transfer.opening()
            yield transfer
        finally:
            exchanging.cancel()
            transfer.close()

    @asynccontextmanager
    async def execution(
        self,
        payload: bytes,
        attachments: Sequence[Buffer],
        session_id: str,
        name: str,
        wish: Optional[int] = None,
        command: str = "execute",
    ) -> AsyncIterator[Execution]:
        """A run of code, or long work of the host, which ends with the context at the latest."""
        pool = await self._sessions.of(session_id, command, payload, wish)
        execution = await Execution.start(pool, payload, attachments, command.encode())
        key = name.encode()
        self._named.add(key, execution)
        self._executions.add(execution)
        try:
            yield execution
        finally:
            self._executions.discard(execution)
            self._named.remove(key, execution)
            execution.close()

    async def cancel(self, name: str, grace: Optional[float] = None) -> bool:
        """Cancels all calls of that name; True if at least one was waiting or running. `grace` in seconds."""
        return await self._named.cancel(name.encode(), grace)

    async def interrupt(self, name: str, grace: Optional[float] = None) -> bool:
        """Interrupts what runs of that name; True if something did. `grace` in seconds."""
        return await self._named.interrupt(name.encode(), grace)

    async def answer(self, name: str, text: Optional[str]) -> bool:
        """Answers what the code of that name asks; None ends its input. False if it has not asked."""
        return await self._named.answer(name.encode(), text)

    def stop(self, why: str) -> None:
        """Ends what is under way; its callers are told why."""
        self._requests.close(why)
        self._sessions.close(why)
        for execution in self._executions:
            execution.close(why)
