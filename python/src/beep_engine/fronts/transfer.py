"""A reply with one large attachment, whose bytes can be passed on while they still come from the worker."""

import asyncio
import json
from collections import deque
from typing import Any, Deque, Dict, List, Optional

from .frame_reader import BrokenStream, Sink
from .pending_request import Reply


class Transfer:
    """Give its `begin` to `PoolConnection.send`, and the reply to `end`, as soon as that is there.

    `data` describes the attachment, once `opening` has been awaited.
    """

    def __init__(self) -> None:
        self.data: Dict[str, Any] = {}
        # Bytes of the attachment.
        self.length = 0
        self._begun = False
        self._ended = False
        self._closed = False
        self._failure: Optional[BaseException] = None
        self._parts: Deque[memoryview] = deque()
        self._size = 0
        # How many bytes `take` waits for.
        self._wanted = 0
        self._news = asyncio.Event()

    def begin(self, text: bytes, length: int) -> Sink:
        """For the text of a reply whose body has only begun to come."""
        document = json.loads(text)
        self.data = document["data"]
        if document["attachments"] != [length]:
            raise BrokenStream(
                f"a body of {length} bytes holds {document['attachments']}, where one thing was asked for"
            )
        self.length = length
        self._begun = True
        self._news.set()
        return self._append

    def end(self, reply: Reply) -> None:
        """For the whole reply, which is no error. What has come by `begin` is not in its body any more."""
        if not self._begun:
            self.begin(reply.text, len(reply.body))(reply.body)
        self._ended = True
        self._news.set()

    def fail(self, failure: BaseException) -> None:
        """Whoever waits, or comes to wait, is told this."""
        self._failure = failure
        self._news.set()

    def close(self) -> None:
        """Nobody takes any more: what still comes is dropped."""
        self._parts.clear()
        self._closed = True

    async def opening(self) -> None:
        """Waits until `data` and `length` are known."""
        while not self._begun:
            await self._change()

    async def take(self, size: int) -> List[memoryview]:
        """The next `size` bytes in parts that lie one behind the other; fewer at the end."""
        self._wanted = size
        while self._size < size and not self._ended:
            await self._change()
        taken: List[memoryview] = []
        missing = size
        while missing and self._parts:
            part = self._parts.popleft()
            if len(part) > missing:
                self._parts.appendleft(part[missing:])
                part = part[:missing]
            taken.append(part)
            missing -= len(part)
        self._size -= size - missing
        return taken

    def _append(self, part: memoryview) -> None:
        if part and not self._closed:
            self._parts.append(part)
            self._size += len(part)
            if self._size >= self._wanted:
                self._news.set()

    async def _change(self) -> None:
        if self._failure is not None:
            raise self._failure
        self._news.clear()
        await self._news.wait()
