"""What pool and worker tell each other over their socket pair: records of two numbers, a connection's fd beside one,
a JSON document behind others."""

import os
import socket
import struct
from typing import Any, Dict, List, NamedTuple, Optional

from .wire.text import from_json, to_json

_RECORD = struct.Struct("<II")
_LENGTH = struct.Struct("<I")

# Pool to worker.
CONNECTION = 1
STOP = 2
# Comes first: what the server allows (settings.py).
SETTINGS = 11
# Comes second: the options of the session that this worker is for, if it is for one.
SESSION = 5
# To a question of the same number.
ANSWER = 6
# The way to the host, for code that may ask it; comes before the first connection.
HOST = 8
# What runs; the pool's watch over that has this number.
INTERRUPT = 13
# What this worker holds, for the answer to a question of another one; TOLD of the same number comes back.
ASK = 15
# Worker to pool.
READY = 3
TOLD = 16
CLOSED = 4
# The number is the worker's, for the answer.
QUESTION = 7
# To end this process after so many seconds, for that reason; unless CALM of the same number comes before.
WATCH = 9
CALM = 10
# What runs has been interrupted, as the watch of that number is for.
MET = 14
# Why this process is about to end itself.
REASON = 12

_WITH_DOCUMENT = (SETTINGS, SESSION, ANSWER, QUESTION, HOST, WATCH, REASON, ASK, TOLD)
# From here on numbers of watches are the pool's.
POOLS_WATCHES = 2**31
CLOSE_ON_EXEC = getattr(socket, "MSG_CMSG_CLOEXEC", 0)

Document = Dict[str, Any]


class Record(NamedTuple):
    kind: int
    number: int = 0
    fd: Optional[int] = None
    document: Optional[Document] = None


def pack_record(kind: int, number: int = 0, document: Optional[Document] = None) -> bytes:
    record = _RECORD.pack(kind, number)
    if kind not in _WITH_DOCUMENT:
        return record
    text = to_json(document)
    return record + _LENGTH.pack(len(text)) + text


def send_connection(control: socket.socket, number: int, fd: int) -> None:
    # These eight bytes are never split: the socket takes a record whole or raises BlockingIOError.
    socket.send_fds(control, [_RECORD.pack(CONNECTION, number)], [fd])


def receive_record(control: socket.socket) -> Optional[Record]:
    """The next one, for a worker, which waits for it; None when the pool is gone."""
    data, fds, _, _ = socket.recv_fds(control, _RECORD.size, 1, CLOSE_ON_EXEC)
    if not data:
        return None
    if len(data) < _RECORD.size:
        # What waits behind a long answer is sent as a stream, which the socket may cut anywhere.
        data += _exactly(control, _RECORD.size - len(data))
    for fd in fds:
        os.set_inheritable(fd, False)
    kind, number = _RECORD.unpack(data)
    document = None
    if kind in _WITH_DOCUMENT:
        (length,) = _LENGTH.unpack(_exactly(control, _LENGTH.size))
        document = from_json(_exactly(control, length), "a record of the pool")
    return Record(kind, number, fds[0] if fds else None, document)


class RecordParser:
    """Fed what a worker has sent, gives its records: a pool never waits for the rest of one."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> List[Record]:
        records: List[Record] = []
        self._rest += data
        while len(self._rest) >= _RECORD.size:
            kind, number = _RECORD.unpack_from(self._rest)
            end, document = _RECORD.size, None
            if kind in _WITH_DOCUMENT:
                if len(self._rest) < end + _LENGTH.size:
                    break
                (length,) = _LENGTH.unpack_from(self._rest, end)
                start = end + _LENGTH.size
                end = start + length
                if len(self._rest) < end:
                    break
                document = from_json(self._rest[start:end], "a record of the worker")
            self._rest = self._rest[end:]
            records.append(Record(kind, number, None, document))
        return records


def _exactly(control: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        chunk = control.recv(size - len(data))
        if not chunk:
            raise EOFError("the pool is gone")
        data += chunk
    return data
