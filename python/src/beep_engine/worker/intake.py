"""A client's bytes as batches of messages, in the dialect that its first byte decides."""

from typing import List, Optional, Union

from ..faults import Fault
from ..slots import Slot
from ..wire.dialect import FRAMES, LINES, UNDECIDED, detect
from ..wire.frames import FrameParser, Message
from ..wire.lines import LineParser
from ..wire.requests import wrong_dialect
from .stream import Stream

Batch = List[Union[Message, Fault]]


class Intake:
    """From the moment at which bytes are taken from the stream until `noted`, its slot says `reading`."""

    def __init__(self, stream: Stream, slot: Slot) -> None:
        self.lines = False
        # The client stops sending, or has sent what cannot be followed.
        self.ended = False
        self.left_some = False
        self._stream = stream
        self._slot = slot
        self._parser: Union[FrameParser, LineParser] = LineParser()
        self._first = b""

    def decide_dialect(self) -> Optional[Fault]:
        """Waits for the client's first byte, unless an earlier worker has seen it. A fault if it makes no sense."""
        dialect = self._slot.dialect
        while dialect == UNDECIDED:
            chunk = self._stream.read_line(self._first_seen)
            if not chunk:
                raise EOFError
            dialect, self._first = detect(self._first + chunk)
        self.lines = dialect != FRAMES
        if dialect not in (FRAMES, LINES):
            return wrong_dialect(self._first)
        self._slot.dialect = dialect
        if not self.lines:
            # Known from the start: an earlier worker has seen the first byte.
            self._parser = FrameParser(taken_over=not self._first)
        return None

    @property
    def begun(self) -> bool:
        """What came with the first byte has not been taken yet."""
        return bool(self._first)

    @property
    def fills(self) -> bool:
        """In the middle of a large frame, whose bytes go straight to their place."""
        return self._parser.space() is not None

    def take(self) -> Optional[Batch]:
        """Waits for the next one, which may be empty; None once it has `ended`."""
        space = None if self.ended else self._parser.space()
        if space is None:
            return self._parse(self._first or self._read())
        count = self._stream.receive_into(space)
        if not count:
            self.ended = True
            return None
        batch = self._parser.filled(count)
        self.ended = self._parser.broken
        return batch

    def take_ready(self, most: int) -> Optional[Batch]:
        """One of what is there, of so many bytes at most; None if nothing is, or if it has `ended`. Frames alone, and
        not while one `fills`."""
        if self.ended:
            return None
        chunk = self._first or self._stream.read_ready(most)
        # What filled all the room that it had may be only the beginning.
        self.left_some = chunk is not None and len(chunk) >= most
        return None if chunk is None else self._parse(chunk)

    def _parse(self, chunk: bytes) -> Optional[Batch]:
        self._first = b""
        if chunk:
            self._slot.reading = True
            batch = self._parser.feed(chunk)
            self.ended = self._parser.broken
            return batch
        finish = None if self.ended or not isinstance(self._parser, LineParser) else self._parser.finish()
        self.ended = True
        return finish

    def _read(self) -> bytes:
        if self.ended:
            return b""
        # What comes behind a line stays in the socket: if that line costs this worker its life, the next one reads it.
        return self._stream.read_line(self._seen) if self.lines else self._stream.read()

    def _first_seen(self, ahead: bytes) -> None:
        # The pool must know how to speak to this client before its first request can be lost.
        dialect, _ = detect(self._first + ahead)
        if dialect in (FRAMES, LINES):
            self._slot.dialect = dialect
        self._seen(ahead)

    def _seen(self, _: bytes) -> None:
        # Before the bytes are taken: the main thread may end this process while we wait for our turn to run.
        self._slot.reading = True

    def noted(self) -> None:
        """Every message that came has been noted; only half of one may still be on its way."""
        if not self._parser.pending:
            self._slot.reading = False
