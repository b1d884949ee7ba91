"""What pool and worker tell each other over their socket pair: records of two numbers, a connection's fd beside one."""

import os
import socket
import struct
from typing import Optional, Tuple

_RECORD = struct.Struct("<II")

# Pool to worker.
CONNECTION = 1
STOP = 2
# Worker to pool.
READY = 3
CLOSED = 4

_CLOSE_ON_EXEC = getattr(socket, "MSG_CMSG_CLOEXEC", 0)


def send_record(control: socket.socket, kind: int, slot: int = 0, fd: Optional[int] = None) -> None:
    record = _RECORD.pack(kind, slot)
    if fd is None:
        control.sendall(record)
    else:
        # Eight bytes are never split: the socket takes a record whole or raises BlockingIOError.
        socket.send_fds(control, [record], [fd])


def receive_record(control: socket.socket) -> Optional[Tuple[int, int, Optional[int]]]:
    """Kind, slot, and the fd if one came along; None when the other side is gone."""
    data, fds, _, _ = socket.recv_fds(control, _RECORD.size, 1, _CLOSE_ON_EXEC)
    if len(data) < _RECORD.size:
        return None
    for fd in fds:
        os.set_inheritable(fd, False)
    kind, slot = _RECORD.unpack(data)
    return kind, slot, fds[0] if fds else None
