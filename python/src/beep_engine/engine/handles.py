"""The live objects that callers hold by id. Only the thread that runs user code touches the table."""

from itertools import count, islice
from typing import Any, Dict, Iterator, List, Optional, Tuple

from ..faults import Fault, bad_request
from ..posts import ALONE, Post

# How many a place may hold: a bound for what leaks, far above what anybody uses.
MOST_HANDLES = 1_000_000


class Handles:
    """Ids are `h<origin>-<n>`: a worker that takes over from a lost one never gives an old id a new meaning.

    Tables that share `numbers` never give the same id.
    """

    def __init__(
        self,
        origin: object,
        numbers: Optional[Iterator[int]] = None,
        limit: int = MOST_HANDLES,
        post: Post = ALONE,
    ) -> None:
        self._post = post
        self._prefix = f"h{origin}-"
        self._objects: Dict[str, Any] = {}
        self._numbers = numbers or count(1)
        self._limit = limit

    def __len__(self) -> int:
        return len(self._objects)

    def add(self, value: Any) -> str:
        if len(self._objects) >= self._limit:
            raise Fault(
                "LIMIT_EXCEEDED",
                f"there are {self._limit} handles already",
                hint="dispose of those that are no longer needed, or close their session",
                details={"limit": self._limit},
            )
        handle_id = f"{self._prefix}{next(self._numbers)}"
        self._objects[handle_id] = value
        return handle_id

    def get(self, handle_id: Any, field: str = "handleId") -> Any:
        """The object. Falsy objects are objects like any other: only a missing id is an error."""
        if type(handle_id) is not str:
            raise bad_request(f"{field} must be a string")
        try:
            return self._objects[handle_id]
        except KeyError:
            raise self._unknown(handle_id) from None

    def drop(self, handle_id: Any) -> None:
        """Forgets it; an unknown id is fine."""
        if type(handle_id) is str:
            self._objects.pop(handle_id, None)

    def dispose(self, handle_id: str) -> None:
        """As `drop`, for a caller who may have come to the wrong worker."""
        if handle_id in self._objects:
            del self._objects[handle_id]
            return
        fault = self._post.wrong_worker(handle_id)
        if fault is not None:
            raise fault

    def first(self, most: int) -> List[Tuple[str, Any]]:
        """The oldest ones."""
        return list(islice(self._objects.items(), most))

    def clear(self) -> None:
        self._objects.clear()

    def _unknown(self, handle_id: str) -> Fault:
        elsewhere = self._post.wrong_worker(handle_id)
        if elsewhere is not None:
            return elsewhere
        if handle_id.startswith(self._prefix):
            return Fault(
                "HANDLE_NOT_FOUND",
                f"there is no handle {handle_id!r:.80} here; it may have been disposed of",
                hint="a handle is known in the session that made it, and nowhere else",
            )
        return Fault(
            "HANDLE_NOT_FOUND",
            f"there is no handle {handle_id!r:.80} in this worker",
            hint="handles go with the worker that made them; import or create the object again",
        )
