"""What a pool must know about each connection when its worker is suddenly gone: a table in shared memory.

The worker writes it, the pool reads it after the worker's death. Each connection has a slot: its dialect, whether
the worker had read half a message or written half a reply, and, for lines, the ids of the requests in flight.
"""

import mmap
import os
import struct
from typing import Iterator, NamedTuple, Union

from .counters import COUNTERS_SIZE, Counters
from .wire.limits import MAX_ID_BYTES, MAX_LINES_IN_FLIGHT

MAX_CONNECTIONS = 1000

# A journal entry: one byte that says how long the id's JSON text is, then the text.
_ENTRY_SIZE = 64
_FREE = 0
_NO_ID = 255
_ENTRIES_AT = 64
_SLOT_SIZE = _ENTRIES_AT + MAX_LINES_IN_FLIGHT * _ENTRY_SIZE
# The first byte of the table: has this worker read any request at all? Behind it what a session's own worker does. What
# is counted outlives the worker.
_USE_AT = 8
_COUNTERS_AT = 64
_TABLE_AT = 1024
_USE = struct.Struct("<IId")
_DIALECT, _READING, _WRITING, _REFUSABLE = 0, 1, 2, 3

assert MAX_ID_BYTES < _ENTRY_SIZE
assert _COUNTERS_AT + COUNTERS_SIZE <= _TABLE_AT


class Use(NamedTuple):
    """`last` is when it was used, by the monotonic clock, in seconds."""

    requests: int
    handles: int
    last: float


def make_shared_file(folder: str) -> int:
    """An fd of a file without a name, as large as the table; memory is used only for what is written."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("beep-slots")
    else:
        path = os.path.join(folder, f".slots-{os.getpid()}")
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        os.unlink(path)
    os.ftruncate(fd, _TABLE_AT + MAX_CONNECTIONS * _SLOT_SIZE)
    return fd


def private_slot() -> "Slot":
    """A slot that nobody shares: where no pool takes over connections (Windows)."""
    return Slot(bytearray(_TABLE_AT + _SLOT_SIZE), _TABLE_AT)


class SlotTable:
    def __init__(self, fd: int) -> None:
        self._memory = mmap.mmap(fd, _TABLE_AT + MAX_CONNECTIONS * _SLOT_SIZE)
        self.counters = Counters(self._memory, _COUNTERS_AT)

    def close(self) -> None:
        self.counters.close()
        self._memory.close()

    def slot(self, number: int) -> "Slot":
        return Slot(self._memory, _TABLE_AT + number * _SLOT_SIZE)

    @property
    def worked(self) -> bool:
        """Whether the worker has read any request."""
        return self._memory[0] != 0

    def start_over(self) -> None:
        """For a new worker."""
        self._memory[:_COUNTERS_AT] = bytes(_COUNTERS_AT)

    def note_use(self, requests: int, handles: int, now: float) -> None:
        """By a session's own worker: what it has under way and holds. `now` by the monotonic clock."""
        self._memory[_USE_AT : _USE_AT + _USE.size] = _USE.pack(requests, handles, now)

    def use(self) -> Use:
        return Use(*_USE.unpack_from(self._memory, _USE_AT))


class Slot:
    """One connection's row. Single bytes are written whole, so that a death in between leaves no nonsense."""

    __slots__ = ("_base", "_memory", "_next")

    def __init__(self, memory: Union[mmap.mmap, bytearray], base: int) -> None:
        self._memory = memory
        self._base = base
        self._next = 0

    @property
    def dialect(self) -> int:
        return self._memory[self._base + _DIALECT]

    @dialect.setter
    def dialect(self, value: int) -> None:
        self._memory[self._base + _DIALECT] = value

    @property
    def reading(self) -> bool:
        """Bytes have been taken from the socket of which the journal does not speak yet."""
        return self._memory[self._base + _READING] != 0

    @reading.setter
    def reading(self, value: bool) -> None:
        self._memory[self._base + _READING] = value

    @property
    def writing(self) -> bool:
        """Part of a reply may have been written."""
        return self._memory[self._base + _WRITING] != 0

    @writing.setter
    def writing(self, value: bool) -> None:
        self._memory[self._base + _WRITING] = value

    @property
    def refusable(self) -> bool:
        """The client has asked to be told at once when there is no room for a request."""
        return self._memory[self._base + _REFUSABLE] != 0

    @refusable.setter
    def refusable(self, value: bool) -> None:
        self._memory[self._base + _REFUSABLE] = value

    def reset(self) -> None:
        """For a new connection."""
        self._memory[self._base : self._base + _SLOT_SIZE] = bytes(_SLOT_SIZE)

    def hand_on(self) -> None:
        """For the next worker: what the client has said of itself stays."""
        dialect, refusable = self.dialect, self.refusable
        self.reset()
        self.dialect, self.refusable = dialect, refusable

    def note_work(self) -> None:
        """The worker has read a request."""
        self._memory[0] = 1

    @property
    def journal_room(self) -> int:
        """How many more requests can be noted."""
        start = self._base + _ENTRIES_AT
        return self._memory[start : start + MAX_LINES_IN_FLIGHT * _ENTRY_SIZE : _ENTRY_SIZE].count(_FREE)

    def note(self, id_text: bytes) -> int:
        """Writes down a request in flight (lines only); empty for one without id. Gives the entry to forget later."""
        for step in range(MAX_LINES_IN_FLIGHT):
            entry = (self._next + step) % MAX_LINES_IN_FLIGHT
            at = self._base + _ENTRIES_AT + entry * _ENTRY_SIZE
            if self._memory[at] == _FREE:
                # The text first: the length byte makes the entry count.
                self._memory[at + 1 : at + 1 + len(id_text)] = id_text
                self._memory[at] = len(id_text) or _NO_ID
                self._next = entry + 1
                return entry
        raise RuntimeError("more lines in flight than the journal holds")

    def forget(self, entry: int) -> None:
        self._memory[self._base + _ENTRIES_AT + entry * _ENTRY_SIZE] = _FREE

    def in_flight(self) -> Iterator[bytes]:
        """The id texts of the journal; empty for a request without id."""
        for entry in range(MAX_LINES_IN_FLIGHT):
            at = self._base + _ENTRIES_AT + entry * _ENTRY_SIZE
            length = self._memory[at]
            if length != _FREE:
                yield b"" if length == _NO_ID else bytes(self._memory[at + 1 : at + 1 + length])
