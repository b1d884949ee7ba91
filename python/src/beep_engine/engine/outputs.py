"""The attachments that a reply collects, in the dialect that has them."""

from typing import Any, List


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
