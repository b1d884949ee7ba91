"""Named pipes of Windows: a private listener, and a client's stream over one instance.

This module has not run on Windows yet; its tests drive it with a stand-in for the system's calls.
"""

import sys
from typing import Any, Callable, Iterator, List, Optional, Sequence

if sys.platform == "win32":
    import _winapi as system
else:
    system: Any = None

CHUNK = 256 * 1024
BUFFER = 64 * 1024

# CreateNamedPipe's flags, and errors, that _winapi does not name in every version.
FILE_FLAG_FIRST_PIPE_INSTANCE = 0x00080000
FILE_FLAG_OVERLAPPED = 0x40000000
PIPE_ACCESS_DUPLEX = 0x3
PIPE_REJECT_REMOTE_CLIENTS = 0x8
PIPE_UNLIMITED_INSTANCES = 255
ERROR_IO_PENDING = 997
# Only the owner; nothing inherited (Security Descriptor Definition Language: protected, allow, all, owner rights).
OWNER_ONLY = "D:P(A;;GA;;;OW)"
PREFIX = "\\\\.\\pipe\\"


def is_pipe_path(path: str) -> bool:
    return path.startswith(PREFIX) and 0 < len(path) - len(PREFIX) <= 240 and "\\" not in path[len(PREFIX) :]


class PipeStream:
    """A Stream (see stream.py). One overlapped read and one overlapped write are under way at most."""

    def __init__(self, handle: int, api: Any = None) -> None:
        self._handle = handle
        self._api = api or system
        self._reading: Any = None
        self._writing: Any = None
        self._ended = False

    @property
    def descriptor(self) -> Optional[int]:
        return None

    def read_ready(self, most: int) -> Optional[bytes]:
        raise NotImplementedError("a pipe has no descriptor")

    def read(self) -> bytes:
        return self._read(CHUNK)

    def read_line(self, seen: Callable[[bytes], None]) -> bytes:
        # No other worker ever takes over this pipe, so what comes behind the line may as well wait here.
        data = self._read(CHUNK)
        seen(data)
        return data

    def _read(self, size: int) -> bytes:
        if self._ended:
            return b""
        try:
            self._reading, _ = self._api.ReadFile(self._handle, size, overlapped=True)
            if self._ended:
                self._reading.cancel()
            count, _ = self._reading.GetOverlappedResult(True)
            return bytes(self._reading.getbuffer())[:count]
        except OSError:
            # The client has closed its end, or shut_down has cancelled the read: there is no half-close here.
            return b""
        finally:
            self._reading = None

    def receive_into(self, space: memoryview) -> int:
        data = self._read(min(len(space), CHUNK))
        space[: len(data)] = data
        return len(data)

    def write(self, buffers: Sequence[Any]) -> int:
        if self._ended:
            raise BrokenPipeError
        if self._writing is not None and not self._finished(0):
            return 0
        # The system reads the bytes later, so they are a copy of their own.
        data = b"".join(buffers)
        self._writing, error = self._api.WriteFile(self._handle, data, overlapped=True)
        if error != ERROR_IO_PENDING:
            self._finished(0)
        return len(data)

    def wait_writable(self, seconds: float) -> None:
        if self._writing is not None:
            self._finished(int(seconds * 1000))

    def peer_reads(self) -> bool:
        try:
            self._api.PeekNamedPipe(self._handle, 0)
        except OSError:
            return False
        return not self._ended

    def left_unread(self) -> bool:
        return False

    def shut_down(self) -> None:
        self._ended = True
        reading = self._reading
        if reading is not None:
            reading.cancel()

    def close(self) -> None:
        self._api.CloseHandle(self._handle)

    def close_after_fork(self) -> None:
        """Windows has no fork."""

    def _finished(self, milliseconds: int) -> bool:
        """Whether the write that was under way has ended, after waiting so long for it."""
        if self._api.WaitForSingleObject(self._writing.event, milliseconds) != 0:
            return False
        writing, self._writing = self._writing, None
        writing.GetOverlappedResult(True)
        return True


def listen(
    path: str, security: int, on_ready: Callable[[], None], api: Any = None, joins: bool = False
) -> Iterator[int]:
    """Gives the handle of each client that connects. Raises PermissionError when somebody else owns the name.

    `on_ready` is called once, when clients can connect. With `joins`, other workers of the server have the name
    already, and the system gives each client to one that waits.
    """
    api = api or system
    flags = PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED
    first = 0 if joins else FILE_FLAG_FIRST_PIPE_INSTANCE
    ready = False
    while True:
        # Byte mode, as all of these flags left out mean.
        handle = api.CreateNamedPipe(
            path, flags | first, PIPE_REJECT_REMOTE_CLIENTS, PIPE_UNLIMITED_INSTANCES, BUFFER, BUFFER, 0, security
        )
        first = 0
        if not ready:
            ready = True
            on_ready()
        try:
            connecting = api.ConnectNamedPipe(handle, overlapped=True)
            connecting.GetOverlappedResult(True)
        except OSError:
            # It connected and went away at once.
            api.CloseHandle(handle)
            continue
        yield handle


def owner_only_security() -> int:
    """The address of SECURITY_ATTRIBUTES for OWNER_ONLY; the memory is kept for the life of the process."""
    import ctypes
    from ctypes import wintypes

    class SecurityAttributes(ctypes.Structure):
        _fields_ = [("length", wintypes.DWORD), ("descriptor", ctypes.c_void_p), ("inherit", wintypes.BOOL)]

    descriptor = ctypes.c_void_p()
    convert = ctypes.WinDLL("advapi32", use_last_error=True).ConvertStringSecurityDescriptorToSecurityDescriptorW
    convert.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p]
    if not convert(OWNER_ONLY, 1, ctypes.byref(descriptor), None):
        raise ctypes.WinError(ctypes.get_last_error())
    attributes = SecurityAttributes(ctypes.sizeof(SecurityAttributes), descriptor, False)
    _kept.append(attributes)
    return ctypes.addressof(attributes)


_kept: List[Any] = []
