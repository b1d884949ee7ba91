"""The last lines of what a process has written: the evidence when it dies."""

import os
from collections import deque
from typing import Deque, List, Tuple

MAX_LINES = 20
# Bytes of one line that are kept.
MAX_LINE = 500


def spellings(folder: str) -> Tuple[bytes, bytes]:
    """How a folder is spelt in what a process writes: as it is, and by faulthandler, which escapes all but ASCII."""
    return os.fsencode(folder), folder.encode("ascii", "backslashreplace")


_OURS = spellings(os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep)


class Tail:
    """The last lines of a stream, with a bound on each."""

    def __init__(self) -> None:
        self._lines: Deque[str] = deque(maxlen=MAX_LINES)
        self._partial = b""

    def feed(self, data: bytes) -> None:
        *lines, rest = (self._partial + data).split(b"\n")
        for line in lines:
            self._add(line)
        self._partial = rest[:MAX_LINE]

    def lines(self) -> List[str]:
        partial = [_shown(self._partial)] if self._partial.strip() else []
        return [*self._lines, *partial][-MAX_LINES:]

    def clear(self) -> None:
        self._lines.clear()
        self._partial = b""

    def _add(self, line: bytes) -> None:
        # A crash report lists our own frames too; they would push the user's out of sight.
        if line.strip() and not any(ours in line for ours in _OURS):
            self._lines.append(_shown(line))


def _shown(line: bytes) -> str:
    return line[:MAX_LINE].decode("utf-8", "replace").rstrip("\r")
