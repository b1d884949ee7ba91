"""Offers of another protocol are passed over: a client that offers HTTP/2 gets HTTP/1.1, as the standard has it.

The client of Java's own library offers it with every first request. The parser would take such a request for the end of
HTTP on the connection, and lose its body.
"""

import asyncio
import re
from typing import Type

# Other upgrades, to web sockets above all, stay what they are: refused, with whatever follows unread.
_OFFER = re.compile(rb"(?i)\r\nupgrade(?=:[ \t]*h2c)")
# Of the same length, and nothing to anybody.
_NOTHING = b"\r\nx-offer"


def with_no_upgrades(protocol: Type[asyncio.Protocol]) -> Type[asyncio.Protocol]:
    """uvicorn's protocol class `protocol`, deaf to such offers."""

    class StayingProtocol(protocol):  # type: ignore[misc, valid-type]
        def data_received(self, data: bytes) -> None:
            # Between two requests what comes is a head; later it may be a body, in which nothing is an offer.
            if b"pgrade:" in data and (self.cycle is None or self.cycle.response_complete):
                data = without_offer(data)
            super().data_received(data)

    return StayingProtocol


def without_offer(data: bytes) -> bytes:
    """The same, with no offer in its head."""
    end = data.find(b"\r\n\r\n")
    head, rest = (data, b"") if end < 0 else (data[:end], data[end:])
    return _OFFER.sub(_NOTHING, head) + rest
