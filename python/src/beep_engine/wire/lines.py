"""The lines dialect: one JSON document per line. No sockets here."""

from typing import Any, Dict, List, Union

from ..faults import Fault, bad_request
from .dialect import BOM
from .frames import Message
from .limits import MAX_LINE
from .text import from_json, to_json


def encode_line(document: Dict[str, Any]) -> bytes:
    return to_json(document) + b"\n"


class LineParser:
    """Fed bytes, gives messages, and faults for lines that are none. No line ever breaks the stream."""

    broken = False

    def __init__(self) -> None:
        self._parts: List[bytes] = []
        self._size = 0
        self._skipping = False

    @property
    def pending(self) -> bool:
        """True in the middle of a line."""
        return bool(self._parts) or self._skipping

    def space(self) -> None:
        """Lines are not received in place (compare FrameParser)."""

    def feed(self, chunk: bytes) -> List[Union[Message, Fault]]:
        messages: List[Union[Message, Fault]] = []
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            self._take(end, messages)
            self._finish_line(messages)
        if rest:
            self._take(rest, messages)
        return messages

    def finish(self) -> List[Union[Message, Fault]]:
        """The peer will send nothing more: what came after the last line end is a line too."""
        messages: List[Union[Message, Fault]] = []
        self._finish_line(messages)
        return messages

    def _take(self, part: bytes, messages: List[Union[Message, Fault]]) -> None:
        if self._skipping:
            return
        self._size += len(part)
        if self._size > MAX_LINE:
            self._parts.clear()
            self._skipping = True
            messages.append(Fault("TOO_LARGE", f"a line may have {MAX_LINE} bytes, this one has more"))
        elif part:
            self._parts.append(part)

    def _finish_line(self, messages: List[Union[Message, Fault]]) -> None:
        line = b"".join(self._parts)
        self._parts.clear()
        self._size = 0
        self._skipping = False
        while line.startswith(BOM):
            line = line[3:]
        if line and not line.isspace():
            messages.append(_message(line))


def _message(line: bytes) -> Union[Message, Fault]:
    try:
        document = from_json(line, "the line")
    except Fault as fault:
        return fault
    if type(document) is not dict:
        return bad_request("the line is not a JSON object")
    return Message(document, None)
