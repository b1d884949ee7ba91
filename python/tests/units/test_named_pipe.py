"""The Windows stream and listener against a stand-in for the system's calls."""

import pytest

from beep_engine.worker.named_pipe import (
    ERROR_IO_PENDING,
    FILE_FLAG_FIRST_PIPE_INSTANCE,
    OWNER_ONLY,
    PIPE_REJECT_REMOTE_CLIENTS,
    PipeStream,
    is_pipe_path,
    listen,
)


class Overlapped:
    """An operation that ends when the test says so."""

    def __init__(self, data=b"", done=True, error=None):
        self.data, self.done, self.error = data, done, error
        self.event = self
        self.cancelled = False

    def GetOverlappedResult(self, _wait):
        if self.error:
            raise self.error
        return len(self.data), 0

    def getbuffer(self):
        return self.data.ljust(8, b"\0")

    def cancel(self):
        self.cancelled = True


class System:
    def __init__(self):
        self.incoming, self.written, self.created, self.closed = [], [], [], []
        self.write_takes_time = False
        self.connecting = []

    def ReadFile(self, _handle, size, overlapped):
        item = self.incoming.pop(0)
        if isinstance(item, Exception):
            return Overlapped(error=item), 0
        assert len(item) <= size
        return Overlapped(item), 0

    def WriteFile(self, _handle, data, overlapped):
        operation = Overlapped(data, done=not self.write_takes_time)
        self.written.append(operation)
        return operation, ERROR_IO_PENDING if self.write_takes_time else 0

    def WaitForSingleObject(self, event, _milliseconds):
        return 0 if event.done else 258

    def PeekNamedPipe(self, _handle, _size):
        raise BrokenPipeError

    def CreateNamedPipe(self, path, flags, mode, *rest):
        self.created.append((path, flags, mode, rest))
        return len(self.created)

    def ConnectNamedPipe(self, _handle, overlapped):
        return Overlapped(error=self.connecting.pop(0) if self.connecting else None)

    def CloseHandle(self, handle):
        self.closed.append(handle)


@pytest.fixture
def system():
    return System()


def test_reading(system):
    stream = PipeStream(1, system)
    system.incoming = [b"abc", b"defg", BrokenPipeError()]
    assert stream.read() == b"abc"
    space = bytearray(8)
    assert stream.receive_into(memoryview(space)) == 4
    assert bytes(space[:4]) == b"defg"
    assert stream.read() == b""
    assert stream.peer_reads() is False


def test_one_write_at_a_time(system):
    stream = PipeStream(1, system)
    assert stream.write([b"ab", memoryview(b"cd")]) == 4
    system.write_takes_time = True
    assert stream.write([b"slow"]) == 4
    assert stream.write([b"later"]) == 0
    stream.wait_writable(0.01)
    assert stream.write([b"later"]) == 0
    system.written[-1].done = True
    stream.wait_writable(0.01)
    assert stream.write([b"later"]) == 5
    assert [operation.data for operation in system.written] == [b"abcd", b"slow", b"later"]


def test_a_broken_write_is_told(system):
    stream = PipeStream(1, system)
    system.write_takes_time = True
    stream.write([b"x"])
    system.written[-1].done, system.written[-1].error = True, BrokenPipeError()
    with pytest.raises(BrokenPipeError):
        stream.write([b"y"])


def test_after_the_end(system):
    stream = PipeStream(1, system)
    stream.shut_down()
    assert stream.read() == b""
    with pytest.raises(BrokenPipeError):
        stream.write([b"x"])
    stream.close()
    assert system.closed == [1]


def test_listening(system):
    ready = []
    system.connecting = [BrokenPipeError()]
    clients = listen("\\\\.\\pipe\\beep", 7, lambda: ready.append(len(system.created)), system)
    assert [next(clients), next(clients)] == [2, 3]
    assert ready == [1]
    assert system.closed == [1]
    assert [bool(flags & FILE_FLAG_FIRST_PIPE_INSTANCE) for _, flags, _, _ in system.created] == [True, False, False]
    assert all(mode == PIPE_REJECT_REMOTE_CLIENTS and rest[-1] == 7 for _, _, mode, rest in system.created)


def test_names():
    assert is_pipe_path("\\\\.\\pipe\\beep-demo ü")
    assert OWNER_ONLY.startswith("D:P")
    for bad in ("/tmp/x", "\\\\server\\pipe\\x", "\\\\.\\pipe\\", "\\\\.\\pipe\\a\\b", "\\\\.\\pipe\\" + "x" * 250):
        assert not is_pipe_path(bad)
