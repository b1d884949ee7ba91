"""Sends the head and the body of an answer in one packet.

uvicorn writes them one after the other, and the loop hands each write to the kernel at once: two system calls here,
and often two wake-ups at the client.
"""

import asyncio
from typing import Any, Optional, Type, cast

# A longer piece is not copied for the sake of being joined.
JOIN_LIMIT = 64 * 1024


class JoinedWrites:
    """A transport that holds a lone short write back until the next one, or until the loop's next turn."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._held: Optional[bytes] = None

    def write(self, data: Any) -> None:
        held = self._held
        if held is None and len(data) <= JOIN_LIMIT:
            self._held = bytes(data)
            self._loop.call_soon(self._flush)
            return
        self._held = None
        if held is None:
            self._transport.write(data)
        elif len(data) <= JOIN_LIMIT:
            self._transport.write(held + data)
        else:
            self._transport.write(held)
            self._transport.write(data)

    def write_now(self, data: bytes) -> None:
        """A whole answer: nothing follows that it could be joined with."""
        self._flush()
        self._transport.write(data)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, None
        if held is not None and not self._transport.is_closing():
            self._transport.write(held)

    def __getattr__(self, name: str) -> Any:
        # Everything else is the transport's own business; found once, then kept.
        attribute = getattr(self._transport, name)
        setattr(self, name, attribute)
        return attribute


def with_joined_writes(protocol: Type[asyncio.Protocol]) -> Type[asyncio.Protocol]:
    """uvicorn's protocol class `protocol`, writing through JoinedWrites."""

    class JoiningProtocol(protocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            joined = JoinedWrites(cast(asyncio.Transport, transport))
            super().connection_made(cast(asyncio.Transport, joined))

    return JoiningProtocol
