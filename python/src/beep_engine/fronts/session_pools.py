"""Where requests belong: to a worker of the server, or to the process of the session that they name."""

import asyncio
import json
from typing import Any, Dict, Optional

from ..faults import Fault
from .pool_client import PoolClient
from .worker_pools import WorkerPools

# What only the server's own socket knows of sessions, whosever process they have.
AT_THE_SERVER = frozenset(("session_open", "session_list", "session_heartbeat", "session_close", "interrupt"))


class SessionPools:
    """`main` are the ways to the workers of all; `token` opens every pipe of the pool where pipes want one."""

    def __init__(self, main: WorkerPools, token: Optional[str] = None) -> None:
        self._main = main
        self._token = token
        self._clients: Dict[str, PoolClient] = {}
        self._finding: Dict[str, asyncio.Future[PoolClient]] = {}

    async def of(self, session_id: Any, command: str, text: bytes = b"", wish: Optional[int] = None) -> PoolClient:
        """The way to this session, or to whichever worker shall do what is outside of all (WorkerPools.of). Raises the
        fault that the server answers when there is none."""
        if command in AT_THE_SERVER or not has_own_process(session_id):
            return self._main.of(command, session_id, text, wish)
        client = self._clients.get(session_id)
        connection = client and client.live()
        # Nobody takes over from the process of a session: what is not closed yet is about to be.
        if client is not None and connection is not None and not connection.has_lost_worker:
            return client
        if session_id not in self._finding:
            self._finding[session_id] = asyncio.ensure_future(self._find(session_id))
        return await asyncio.shield(self._finding[session_id])

    def close(self, why: Optional[str] = None) -> None:
        for client in self._clients.values():
            client.close(why)

    async def _find(self, session_id: str) -> PoolClient:
        try:
            server = self._main.any()
            connection = server.live() or await server.connection()
            payload = json.dumps({"sessionId": session_id}).encode()
            described = json.loads((await connection.send(b"session_heartbeat", payload).reply).text)
            if "error" in described:
                raise _fault(described)
            client = PoolClient(described["path"], self._token, on_lost=lambda _: self._forget(session_id))
            await client.open()
            self._clients[session_id] = client
            return client
        finally:
            del self._finding[session_id]

    def _forget(self, session_id: str) -> None:
        """Its connection is lost, and most likely its process: the next request asks the server anew."""
        client = self._clients.pop(session_id, None)
        if client is not None:
            client.close()


def has_own_process(session_id: Any) -> bool:
    """docs/wire.md §2.2"""
    return isinstance(session_id, str) and session_id.startswith("p")


def _fault(fields: Dict[str, Any]) -> Fault:
    return Fault(fields["code"], fields["message"], hint=fields.get("hint"), details=fields.get("details"))
