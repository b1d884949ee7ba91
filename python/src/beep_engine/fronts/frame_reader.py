"""Cuts a byte stream into frames and leaves their headers as text: a front mostly passes that on as it is."""

from typing import Callable, List, Optional, Tuple

from ..wire.frames import MAGIC, PREFIX
from ..wire.limits import MAX_BODY, MAX_HEADER


class BrokenStream(Exception):
    """The peer sent what is not a frame; nothing after it on this stream can be trusted."""


# Header and body.
Frame = Tuple[bytes, memoryview]

NO_BODY = memoryview(b"")

# Takes a body part by part, as it comes.
Sink = Callable[[memoryview], None]


class FrameReader:
    """Feed it what arrives; it gives back the frames that are complete.

    A frame that arrives whole is sliced out of the chunk; a short reply, as nearly all are, is the whole chunk. A
    longer one is collected in a buffer of its final size, so that 64 MB are copied once and not at every chunk; or not
    at all, if `sink_for` has a place where the body of this header, of so many bytes, can go at once. Then the frame
    that is given back has none.
    """

    def __init__(self, sink_for: Optional[Callable[[bytes, int], Optional[Sink]]] = None) -> None:
        self._sink_for = sink_for
        self._sink: Optional[Sink] = None
        self._header = b""
        self._prefix = b""
        self._frame = bytearray()
        self._missing = 0
        self._header_length = 0

    def feed(self, chunk: bytes) -> List[Frame]:
        if len(chunk) >= PREFIX.size and not self._missing and not self._prefix:
            magic, header_length, body_length = PREFIX.unpack_from(chunk)
            if magic == MAGIC and not body_length and PREFIX.size + header_length == len(chunk):
                return [(chunk[PREFIX.size :], NO_BODY)]
        frames: List[Frame] = []
        view = memoryview(chunk)
        position, end = 0, len(chunk)
        while position < end:
            if self._missing:
                position += self._collect(view[position:], frames)
                continue
            needed = PREFIX.size - len(self._prefix)
            if end - position < needed:
                self._prefix += chunk[position:]
                break
            prefix = self._prefix + chunk[position : position + needed]
            self._prefix = b""
            position += needed
            header_length, body_length = read_prefix(prefix)
            if header_length + body_length > end - position:
                if self._sink_for is not None and body_length and header_length <= end - position:
                    header = chunk[position : position + header_length]
                    self._sink = self._sink_for(header, body_length)
                    if self._sink is not None:
                        position += header_length
                        self._header, self._missing = header, body_length
                        continue
                self._frame = bytearray(header_length + body_length)
                self._missing = len(self._frame)
                self._header_length = header_length
                continue
            body_start = position + header_length
            stop = body_start + body_length
            frames.append((chunk[position:body_start], view[body_start:stop]))
            position = stop
        return frames

    def _collect(self, view: memoryview, frames: List[Frame]) -> int:
        taken = min(len(view), self._missing)
        if self._sink is not None:
            self._sink(view[:taken])
            self._missing -= taken
            if not self._missing:
                self._sink = None
                frames.append((self._header, NO_BODY))
            return taken
        filled = len(self._frame) - self._missing
        self._frame[filled : filled + taken] = view[:taken]
        self._missing -= taken
        if not self._missing:
            whole = memoryview(self._frame)
            frames.append((bytes(whole[: self._header_length]), whole[self._header_length :]))
            self._frame = bytearray()
        return taken


def read_prefix(prefix: bytes) -> Tuple[int, int]:
    """Header length and body length of a frame's first twelve bytes; raises BrokenStream."""
    magic, header_length, body_length = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise BrokenStream(f"a frame should begin with {MAGIC!r}, this one begins with {magic!r}")
    if header_length > MAX_HEADER or body_length > MAX_BODY:
        raise BrokenStream(f"a frame announces {header_length} bytes of header and {body_length} bytes of body")
    return header_length, body_length
