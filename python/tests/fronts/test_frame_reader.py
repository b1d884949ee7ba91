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


@pytest.mark.parametrize("size", [3, 20, 64, 1000])
def test_a_body_goes_to_its_place_as_it_comes(size):
    places = {}

    def sink_for(header, length):
        if header != b'{"id":2}':
            return None
        places[header] = [length]
        return lambda part: places[header].append(bytes(part))

    body = bytes(range(200)) * 20
    stream = frame(b'{"id":1}', body) + frame(b'{"id":2}', body) + frame(b'{"id":3}', b"ab")
    reader = FrameReader(sink_for)
    found = []
    for start in range(0, len(stream), size):
        found += plain(reader.feed(stream[start : start + size]))
    assert [header for header, _ in found] == [b'{"id":1}', b'{"id":2}', b'{"id":3}']
    assert (found[0][1], found[2][1]) == (body, b"ab")
    # A header that comes in two parts is collected with its body.
    taken = places.get(b'{"id":2}')
    assert (taken is None) == (found[1][1] == body)
    if taken is not None:
        assert (taken[0], b"".join(taken[1:])) == (len(body), body)


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
