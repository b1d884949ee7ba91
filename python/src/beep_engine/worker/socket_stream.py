"""A client's stream over a Unix socket."""

import errno
import os
import select
import socket
import sys
from typing import Any, Callable, Optional, Sequence

from .interpreter import give_up

CHUNK = 256 * 1024
# Below this, joining the buffers is cheaper than handing the kernel a list of them.
JOIN_LIMIT = 64 * 1024
MAX_BUFFERS = 64

# Linux can refuse to wait for a single send; elsewhere the socket itself must be non-blocking, and reading waits first.
NON_BLOCKING_SEND = socket.MSG_DONTWAIT if sys.platform.startswith("linux") else 0
_A_DAY = 86400.0


class SocketStream:
    """A Stream (see stream.py). `non_blocking` is for systems on which MSG_DONTWAIT does not hold for sending."""

    def __init__(self, sock: socket.socket, non_blocking: bool = not NON_BLOCKING_SEND) -> None:
        self._socket = sock
        sock.settimeout(_A_DAY if non_blocking else None)
        self._flags = 0 if non_blocking else NON_BLOCKING_SEND
        self._fd = sock.fileno()
        self._reset = False

    @property
    def descriptor(self) -> Optional[int]:
        # Where it takes a time limit to read it, nobody else can read it without waiting.
        return self._fd if self._flags else None

    def read_ready(self, most: int) -> Optional[bytes]:
        try:
            return self._socket.recv(most, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        except ConnectionResetError:
            self._reset = True
            raise
        except OSError as error:
            if error.errno == errno.EBADF:
                give_up()
            raise

    def read(self) -> bytes:
        while True:
            try:
                return self._socket.recv(CHUNK)
            except socket.timeout:
                continue
            except ConnectionResetError:
                self._reset = True
                raise

    def read_line(self, seen: Callable[[bytes], None]) -> bytes:
        while True:
            try:
                ahead = self._socket.recv(CHUNK, socket.MSG_PEEK)
                if not ahead:
                    return b""
                seen(ahead)
                # This thread is the only reader, so what was seen is there still.
                return self._socket.recv(ahead.find(b"\n") + 1 or len(ahead))
            except socket.timeout:
                continue
            except ConnectionResetError:
                self._reset = True
                raise

    def receive_into(self, space: memoryview) -> int:
        while True:
            try:
                return self._socket.recv_into(space)
            except socket.timeout:
                continue
            except ConnectionResetError:
                self._reset = True
                raise

    def write(self, buffers: Sequence[Any]) -> int:
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
        except OSError as error:
            if error.errno == errno.EBADF:
                give_up()
            raise

    def wait_writable(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        poll.poll(seconds * 1000)

    def peer_reads(self) -> bool:
        # Sending nothing fails as sending something would.
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

    def left_unread(self) -> bool:
        # Linux resets a Unix socket whose peer is closed with data in it, for that reason alone.
        try:
            return self._reset or self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == errno.ECONNRESET
        except OSError:
            return False

    def shut_down(self) -> None:
        # Also for the pool's copy of the socket.
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        self._socket.close()

    def close_after_fork(self) -> None:
        """In a forked child: lets go of the fd without ending the stream."""
        os.close(self._socket.detach())
