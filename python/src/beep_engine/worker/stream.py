"""One client's byte stream over a Unix socket, the way connections use it."""

import os
import select
import socket
import sys
from typing import Any, Sequence

CHUNK = 256 * 1024
# Below this, joining the buffers is cheaper than handing the kernel a list of them.
JOIN_LIMIT = 64 * 1024
MAX_BUFFERS = 64

# Linux can refuse to wait for a single send; elsewhere the socket itself must be non-blocking, and reading waits first.
NON_BLOCKING_SEND = socket.MSG_DONTWAIT if sys.platform.startswith("linux") else 0
_A_DAY = 86400.0


class SocketStream:
    """`read` and `receive_into` belong to the reader thread; `write` never waits."""

    def __init__(self, sock: socket.socket, non_blocking: bool = not NON_BLOCKING_SEND) -> None:
        self._socket = sock
        sock.settimeout(_A_DAY if non_blocking else None)
        self._flags = 0 if non_blocking else NON_BLOCKING_SEND
        self._fd = sock.fileno()

    def read(self) -> bytes:
        """What has arrived, at least one byte; empty at the end of the stream."""
        while True:
            try:
                return self._socket.recv(CHUNK)
            except socket.timeout:
                continue

    def receive_into(self, space: memoryview) -> int:
        while True:
            try:
                return self._socket.recv_into(space)
            except socket.timeout:
                continue

    def write(self, buffers: Sequence[Any]) -> int:
        """Writes what fits at once, and tells how many bytes that were. Raises OSError when nobody can read it."""
        data = buffers[0] if len(buffers) == 1 else None
        if data is None and sum(len(buffer) for buffer in buffers) <= JOIN_LIMIT:
            data = b"".join(buffers)
        try:
            if self._flags:
                if data is not None:
                    return self._socket.send(data, self._flags)
                return self._socket.sendmsg(buffers[:MAX_BUFFERS], [], self._flags)
            return os.write(self._fd, data) if data is not None else os.writev(self._fd, buffers[:MAX_BUFFERS])
        except BlockingIOError:
            return 0

    def wait_writable(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        poll.poll(seconds * 1000)

    def peer_reads(self) -> bool:
        """False when the client has closed its end altogether; one that only stopped sending still reads."""
        try:
            if self._flags:
                self._socket.send(b"", self._flags)
            else:
                os.write(self._fd, b"")
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True

    def shut_down(self) -> None:
        """Ends the stream in both directions, also for the pool's copy of it; wakes the reader."""
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        self._socket.close()

    def close_after_fork(self) -> None:
        """In a forked child: lets go of the fd without ending the stream."""
        os.close(self._socket.detach())
