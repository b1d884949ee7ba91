"""The live objects that callers hold by id. Only the thread that runs user code touches the table."""

from typing import Any, Dict

from ..faults import Fault, bad_request


class Handles:
    """Ids are `h<epoch>-<n>`: a worker that takes over from a lost one never gives an old id a new meaning."""

    def __init__(self, epoch: int) -> None:
        self._prefix = f"h{epoch}-"
        self._objects: Dict[str, Any] = {}
        self._last = 0

    def __len__(self) -> int:
        return len(self._objects)

    def add(self, value: Any) -> str:
        self._last += 1
        handle_id = f"{self._prefix}{self._last}"
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

    def _unknown(self, handle_id: str) -> Fault:
        if handle_id.startswith(self._prefix):
            return Fault("HANDLE_NOT_FOUND", f"there is no handle {handle_id!r:.80}; it may have been disposed of")
        return Fault(
            "HANDLE_NOT_FOUND",
            f"there is no handle {handle_id!r:.80} in this worker",
            hint="handles go with the worker that made them; import or create the object again",
        )
