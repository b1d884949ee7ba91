"""A worker's place among those of its server: how its ids begin, and where the others are (docs/wire.md §2.7)."""

import re
from typing import Any, Dict, List, NamedTuple, Optional

from .faults import Fault

MOST_WORKERS = 64

# Handles and sessions of a worker that is not the only one.
_ID = r"[hs]([1-9][0-9]?)\.[0-9]+-"


def sibling_path(path: str, worker: int) -> str:
    """The socket of one worker, beside that of its server. A pipe's name on Windows takes the same ending."""
    return f"{path}.w{worker}"


def worker_of(given_id: Any) -> Optional[int]:
    """Whose id this is; None for those that do not say, as where there is but one worker."""
    found = re.match(_ID, given_id) if type(given_id) is str else None
    return int(found[1]) if found else None


def share_of_queue(limit: int, workers: int) -> int:
    """How many of the requests that may wait at a server may wait for one of its workers."""
    return -(-limit // workers)


class Post(NamedTuple):
    """`path` is the server's own."""

    worker: int = 1
    workers: int = 1
    path: str = ""

    def origin(self, epoch: int) -> str:
        """What the ids that this worker gives have before their number."""
        return str(epoch) if self.workers == 1 else f"{self.worker}.{epoch}"

    def siblings(self) -> List[str]:
        return [sibling_path(self.path, worker) for worker in range(1, self.workers + 1)]

    def facts(self) -> Dict[str, Any]:
        """What a worker tells of its place; nothing where it is the only one."""
        if self.workers == 1:
            return {}
        return {"worker": self.worker, "workers": self.workers, "siblings": self.siblings()}

    def wrong_worker(self, given_id: Any) -> Optional[Fault]:
        """For an id that is not known here: who knows it, if that is another worker."""
        owner = worker_of(given_id)
        if owner is None or owner == self.worker or owner > self.workers:
            return None
        return Fault(
            "WRONG_WORKER",
            f"{given_id!r:.80} belongs to worker {owner} of this server, and this is worker {self.worker}",
            hint="ask at that worker's own socket, `details.path`; one request can use objects of one worker only",
            details={"worker": owner, "path": sibling_path(self.path, owner)},
        )

    def document(self) -> Dict[str, Any]:
        """For the worker itself, see `read_post`."""
        return {"post": list(self)} if self.workers > 1 else {}


# The only worker of its server.
ALONE = Post()


def read_post(document: Dict[str, Any]) -> Post:
    return Post(*document.get("post", ()))
