"""The attachments that a reply collects, in the dialect that has them."""

import binascii
from typing import Any, Dict, List, Optional

from ..faults import Fault
from ..wire.limits import MAX_HEADER

# In JSON there is room for so many bytes as base64, beside the other fields of a reply.
MAX_INLINE = (MAX_HEADER - 64 * 1024) // 4 * 3


class Outputs:
    """`borrowed` tells that an item is the memory of a live object, which the next request may change."""

    def __init__(self) -> None:
        self.items: List[Any] = []
        self.size = 0
        self.borrowed = False

    def cut(self, count: int) -> None:
        """Keeps only the first `count`."""
        self.size -= sum(memoryview(item).nbytes for item in self.items[count:])
        del self.items[count:]

    def add(self, buffer: Any, borrowed: bool = False) -> int:
        """Adds one and gives its number."""
        self.items.append(buffer)
        self.size += memoryview(buffer).nbytes
        self.borrowed = self.borrowed or borrowed
        return len(self.items) - 1


def carried(data: memoryview, outputs: Optional[Outputs], borrowed: bool = False) -> Dict[str, Any]:
    """Where the bytes of a `$type` form are: attached, or in place as base64 where there are no attachments."""
    if outputs is not None:
        return {"attachment": outputs.add(data, borrowed)}
    if data.nbytes > MAX_INLINE:
        message = f"{data.nbytes} bytes are too many for JSON, {MAX_INLINE} are the limit"
        raise Fault("TOO_LARGE", message, hint="ask for them over frames, HTTP or gRPC, or fetch slices")
    return {"base64": binascii.b2a_base64(data, newline=False).decode("ascii")}
