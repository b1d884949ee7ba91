"""The frames dialect: `BPF1`, two lengths, a JSON header, and the attachments behind it. No sockets here."""

import mmap
import re
import struct
from typing import Any, Dict, List, Optional, Sequence, Union

from ..faults import Fault, bad_request
from .limits import MAX_BODY, MAX_HEADER
from .text import from_json, to_json

MAGIC = b"BPF1"
PREFIX = struct.Struct("<4sII")

# So that a client with many requests in flight learns which of them could not be read.
_LEADING_ID = rb'\s*\{\s*"id"\s*:\s*(-?\d{1,15})\s*,'

# Up to here a frame is put together from chunks; beyond, its bytes are received in place (see FrameParser.space).
SMALL = 64 * 1024


class Message:
    """One decoded frame or line. `attachments` are writable; None where the dialect has none."""

    __slots__ = ("attachments", "header")

    def __init__(self, header: Dict[str, Any], attachments: Optional[List[memoryview]]) -> None:
        self.header = header
        self.attachments = attachments


def encode_frame(header: Dict[str, Any], attachments: Sequence[Any] = ()) -> List[Any]:
    """The buffers of one frame, in order. An attachment is any C-contiguous buffer; it is not copied."""
    if not attachments:
        text = to_json(header)
        return [PREFIX.pack(MAGIC, len(text), 0) + text]
    bodies = [memoryview(attachment).cast("B") for attachment in attachments]
    header["attachments"] = [len(body) for body in bodies]
    text = to_json(header)
    return [PREFIX.pack(MAGIC, len(text), sum(header["attachments"])) + text, *bodies]


class FrameParser:
    """Fed bytes, gives messages, and faults for what is no request.

    After a fault that leaves the stream without a trustworthy next frame, `broken` is True and nothing more comes.
    A peer with a socket may ask for `space()`: the rest of a large frame, to receive into without a copy.
    `taken_over`: an earlier worker has read from the same stream, and may have died with the beginning of a frame.
    """

    def __init__(self, taken_over: bool = False) -> None:
        self.broken = False
        self._taken_over = taken_over
        self._rest = b""
        self._header: Optional[memoryview] = None
        self._body: Optional[memoryview] = None
        self._filled = 0

    @property
    def pending(self) -> bool:
        """True in the middle of a frame."""
        return bool(self._rest) or self._header is not None

    def space(self) -> Optional[memoryview]:
        """Where the next bytes of a large frame belong; None when none is under way. Then call `filled`."""
        if self._header is None or self._body is None:
            return None
        if self._filled < len(self._header):
            return self._header[self._filled :]
        return self._body[self._filled - len(self._header) :]

    def filled(self, count: int) -> List[Union[Message, Fault]]:
        """Tells that `count` bytes have been received into `space()`."""
        header, body = self._header, self._body
        if header is None or body is None:
            raise RuntimeError("no large frame is under way")
        self._filled += count
        if self._filled < len(header) + len(body):
            return []
        self._header = self._body = None
        return [self._message(bytes(header), body)]

    def feed(self, chunk: bytes) -> List[Union[Message, Fault]]:
        messages: List[Union[Message, Fault]] = []
        while chunk and self._header is not None and not self.broken:
            space = self.space()
            count = min(len(space), len(chunk)) if space is not None else 0
            space[:count] = chunk[:count]
            messages += self.filled(count)
            chunk = chunk[count:]
        if self.broken or not chunk:
            return messages
        if self._rest:
            chunk = self._rest + chunk
            self._rest = b""
        position, end = 0, len(chunk)
        while position < end:
            if end - position < 12:
                if not MAGIC.startswith(chunk[position : position + 4]) and chunk[position : position + 4] != MAGIC:
                    messages.append(self._break(self._unframed(chunk[position : position + 4])))
                else:
                    self._rest = chunk[position:]
                return messages
            magic, header_size, body_size = PREFIX.unpack_from(chunk, position)
            if magic != MAGIC:
                messages.append(self._break(self._unframed(magic)))
                return messages
            if header_size > MAX_HEADER or body_size > MAX_BODY:
                messages.append(self._break(_too_large(header_size, body_size)))
                return messages
            start = position + 12
            stop = start + header_size + body_size
            if stop > end:
                if stop - position <= SMALL:
                    self._rest = chunk[position:]
                else:
                    self._start_large(header_size, body_size)
                    messages += self.feed(chunk[start:])
                return messages
            middle = start + header_size
            body = memoryview(bytearray(chunk[middle:stop])) if body_size else None
            messages.append(self._message(chunk[start:middle], body))
            if self.broken:
                return messages
            position = stop
        return messages

    def _start_large(self, header_size: int, body_size: int) -> None:
        # Both or none.
        self._header, self._body = _room(header_size), _room(body_size)
        self._filled = 0

    def _message(self, header: bytes, body: Optional[memoryview]) -> Union[Message, Fault]:
        self._taken_over = False
        try:
            document = from_json(header, "the header of a frame")
        except Fault as fault:
            found = re.match(_LEADING_ID, header)
            fault.request_id = int(found[1]) if found else None
            return fault
        if type(document) is not dict:
            return bad_request("the header of a frame is not a JSON object")
        if body is None and "attachments" not in document:
            return Message(document, [])
        return self._with_attachments(document, memoryview(b"") if body is None else body)

    def _with_attachments(self, document: Dict[str, Any], body: memoryview) -> Union[Message, Fault]:
        sizes = document.pop("attachments", [])
        if type(sizes) is not list or not all(type(size) is int and size >= 0 for size in sizes):
            return self._break(bad_request("the attachments of a frame must be a list of lengths in bytes"))
        if sum(sizes) != len(body):
            return self._break(bad_request(f"the attachments add up to {sum(sizes)} bytes, the body has {len(body)}"))
        attachments, start = [], 0
        for size in sizes:
            attachments.append(body[start : start + size])
            start += size
        return Message(document, attachments)

    def _unframed(self, found: bytes) -> Fault:
        if self._taken_over:
            return Fault("WORKER_LOST", "the beginning of this request went with the worker that was lost")
        return _wrong_magic(found)

    def _break(self, fault: Fault) -> Fault:
        self.broken = True
        return fault


def _room(size: int) -> memoryview:
    """Zeroed memory that is taken from the system only as it fills: a lying length costs nothing."""
    if size <= SMALL:
        return memoryview(bytearray(size))
    try:
        return memoryview(mmap.mmap(-1, size))
    except OSError as error:
        raise MemoryError(f"no room for {size} bytes") from error


def _wrong_magic(found: bytes) -> Fault:
    return bad_request(f"a frame must begin with {MAGIC!r}, this one begins with {found!r}")


def _too_large(header_size: int, body_size: int) -> Fault:
    sizes = f"{header_size} bytes of header and {body_size} bytes of body"
    return Fault("TOO_LARGE", f"a frame of {sizes} is over the limit of {MAX_HEADER} and {MAX_BODY}")
