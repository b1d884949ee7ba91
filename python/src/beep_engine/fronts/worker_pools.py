"""The ways to the workers of a server, and where among them a request belongs (docs/wire.md §2.7)."""

import asyncio
import json
import re
from typing import Any, Dict, List, Optional, Sequence, Set

from ..faults import Fault
from ..posts import sibling_path, worker_of
from ..wire.text import to_json
from .frame_reader import NO_BODY
from .pending_request import Reply
from .pool_client import PoolClient

# Inside a JSON string a quote is escaped, so this finds fields only, at any depth.
_HANDLES = re.compile(rb'"(?:[hH]andleId|moduleHandleId)"\s*:\s*"h([1-9][0-9]?)\.[0-9]+-')


def worker_paths(path: str, workers: int) -> List[str]:
    """The sockets that a front connects to."""
    return [path] if workers == 1 else [sibling_path(path, worker) for worker in range(1, workers + 1)]


class WorkerPools:
    """`clients` are in the order of the workers. `only` is the one that there is, where there is but one. `beside` are
    other ways to the same workers: what waits there tells how busy each is, too."""

    def __init__(self, clients: Sequence[PoolClient], beside: Optional["WorkerPools"] = None) -> None:
        self._clients = list(clients)
        self._beside = beside
        self.only: Optional[PoolClient] = self._clients[0] if len(self._clients) == 1 else None
        # Sessions that were opened through this front, at each worker: they take turns.
        self._opened = [0] * len(self._clients)

    @classmethod
    def to(cls, path: str, token: Optional[str], workers: int, beside: Optional["WorkerPools"] = None) -> "WorkerPools":
        return cls([PoolClient(one, token) for one in worker_paths(path, workers)], beside)

    async def open(self) -> None:
        await asyncio.gather(*(client.open() for client in self._clients))

    def close(self, why: Optional[str] = None) -> None:
        for client in self._clients:
            client.close(why)

    @property
    def is_live(self) -> bool:
        return any(client.live() is not None for client in self._clients)

    def changed(self) -> "List[asyncio.Future[None]]":
        """Each is done when one of them is lost, or there again. Not to be cancelled, as those of a PoolClient."""
        return [client.changed() for client in self._clients]

    def any(self) -> PoolClient:
        """One that can be reached, with the least to do; the first of several that have the same."""
        return self.only or self._clients[min(range(len(self._clients)), key=self._pending)]

    def of_session(self, session_id: Any) -> PoolClient:
        """Whoever knows it, if it belongs to a worker."""
        return self.only or self._at(worker_of(session_id)) or self.any()

    def of(self, command: str, session_id: Any, text: bytes, wish: Optional[int] = None) -> PoolClient:
        """The worker of the session, or else of the handles in `text`, or else the one that the caller wishes for.

        Raises a WRONG_WORKER fault where these are several."""
        if self.only is not None:
            return self.only
        if command == "session_open":
            return self._next_for_a_session()
        named: Set[int] = {int(worker) for worker in _HANDLES.findall(text)}
        owner = worker_of(session_id)
        if owner is not None:
            named.add(owner)
        if len(named) > 1:
            raise _mixed(sorted(named))
        return self._at(named.pop() if named else wish) or self.any()

    async def interrupt(self, text: bytes) -> Reply:
        """Whatever runs in any worker."""
        replies = await self._ask_all(b"interrupt", text)
        return next((reply for reply in replies if json.loads(reply.text).get("success") is True), replies[0])

    async def handles(self, payload: Dict[str, Any]) -> Reply:
        """Those outside of all sessions, of each worker in its order."""
        replies = [json.loads(reply.text) for reply in await self._ask_all(b"handles_list", to_json(payload))]
        failed = next((fields for fields in replies if "error" in fields), None)
        if failed is not None:
            return Reply(to_json(failed), NO_BODY)
        listed = [handle for fields in replies for handle in fields["handles"]]
        # As many as one worker would name: each has named no more.
        most = max(len(listed) if payload.get("limit") is None else payload["limit"], 0)
        count = sum(fields["count"] for fields in replies)
        return Reply(to_json({"handles": listed[: min(most, 1000)], "count": count}), NO_BODY)

    async def _ask_all(self, command: bytes, text: bytes) -> List[Reply]:
        async def ask(client: PoolClient) -> Reply:
            connection = client.live() or await client.connection()
            pending = connection.send(command, text)
            try:
                return await pending.reply
            except asyncio.CancelledError:
                pending.abandon()
                raise

        return list(await asyncio.gather(*map(ask, self._clients)))

    def _at(self, worker: Optional[int]) -> Optional[PoolClient]:
        return self._clients[worker - 1] if worker is not None and 0 < worker <= len(self._clients) else None

    def _pending(self, place: int) -> int:
        return self._clients[place].pending + (self._beside._pending(place) if self._beside else 0)

    def _next_for_a_session(self) -> PoolClient:
        place = min(range(len(self._clients)), key=lambda at: (self._opened[at], self._pending(at)))
        self._opened[place] += 1
        return self._clients[place]


def read_wish(value: Optional[str]) -> Optional[int]:
    """The worker that a caller would rather have, where nothing else says which one it must be."""
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) < 3 else None


def _mixed(workers: List[int]) -> Fault:
    named = ", ".join(map(str, workers[:-1])) + f" and {workers[-1]}"
    return Fault(
        "WRONG_WORKER",
        f"the request names objects of the workers {named} of this server, and one worker must have them all",
        hint="make what belongs together in one session, or tell each request which worker shall do it",
        details={"workers": workers},
    )
