"""A client's bytes as batches of messages, in the dialect that its first byte decides."""

from typing import Iterator, List, Optional, Union

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

    def batches(self) -> Iterator[Batch]:
        """Until the client stops sending, or sends what cannot be followed. A batch may be empty."""
        parser, stream, slot = self._parser, self._stream, self._slot
        # What comes behind a line stays in the socket: if that line costs this worker its life, the next one reads it.
        read = self._read_line if self.lines else stream.read
        chunk, self._first = self._first or read(), b""
        while chunk:
            slot.reading = True
            yield parser.feed(chunk)
            while parser.space() is not None:
                count = stream.receive_into(parser.space())
                if not count:
                    return
                yield parser.filled(count)
            if parser.broken:
                return
            chunk = read()
        if isinstance(parser, LineParser):
            yield parser.finish()

    def _read_line(self) -> bytes:
        return self._stream.read_line(self._seen)

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
