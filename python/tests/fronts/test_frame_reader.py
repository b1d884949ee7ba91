import pytest

from beep_engine.fronts.frame_reader import BrokenStream, FrameReader
from beep_engine.wire.frames import MAGIC, PREFIX


def frame(header: bytes, body: bytes = b"") -> bytes:
    return PREFIX.pack(MAGIC, len(header), len(body)) + header + body


def plain(frames):
    return [(header, bytes(body)) for header, body in frames]


def test_gives_every_frame_of_a_chunk():
    stream = frame(b'{"id":1}') + frame(b'{"id":2}', b"abc") + frame(b'{"id":3}')
    assert plain(FrameReader().feed(stream)) == [(b'{"id":1}', b""), (b'{"id":2}', b"abc"), (b'{"id":3}', b"")]


@pytest.mark.parametrize("size", [1, 2, 5, 11, 12, 13, 29, 64])
def test_gives_the_same_frames_however_the_stream_is_cut(size):
    stream = frame(b'{"id":1}', b"x" * 40) + frame(b"{}") + frame(b'{"id":2}', b"") + frame(b'{"id":3}', b"yz")
    reader = FrameReader()
    found = []
    for start in range(0, len(stream), size):
        found += plain(reader.feed(stream[start : start + size]))
    assert found == [(b'{"id":1}', b"x" * 40), (b"{}", b""), (b'{"id":2}', b""), (b'{"id":3}', b"yz")]


def test_keeps_the_bytes_of_a_large_body_in_order():
    body = bytes(range(256)) * 4096
    stream = frame(b"{}", body)
    reader = FrameReader()
    found = []
    for start in range(0, len(stream), 65_537):
        found += plain(reader.feed(stream[start : start + 65_537]))
    assert found == [(b"{}", body)]


@pytest.mark.parametrize(
    "stream",
    [
        b"HTTP/1.1 200 OK\r\n",
        PREFIX.pack(MAGIC, 64 * 1024 * 1024 + 1, 0),
        PREFIX.pack(MAGIC, 2, 1024 * 1024 * 1024 + 1),
    ],
)
def test_refuses_what_is_no_frame(stream):
    with pytest.raises(BrokenStream):
        FrameReader().feed(stream)
