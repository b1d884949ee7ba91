import json
import random

import pytest

from beep_engine.faults import Fault
from beep_engine.wire import frames
from beep_engine.wire.frames import PREFIX, SMALL, FrameParser, Message, encode_frame

MESSAGES = [
    ({"id": 1, "command": "ping"}, []),
    ({"id": 2, "text": "ü" * 100}, [b"abc", b"", b"\0" * 1000]),
    ({"id": 3}, [bytes(range(256)) * (SMALL // 128), b"x"]),
    ({"id": 4, "long": "y" * (SMALL * 2)}, []),
    ({"id": 5}, [b"z"]),
]


def encoded(messages):
    return b"".join(bytes(part) for header, body in messages for part in encode_frame(dict(header), body))


def contents(messages):
    found = []
    for message in messages:
        assert isinstance(message, Message), message
        found.append((message.header, [bytes(item) for item in message.attachments]))
    return found


def test_one_frame_as_documented():
    (data,) = encode_frame({"id": 7, "value": 2})
    assert data == b"BPF1" + b"\x12\0\0\0" + b"\0\0\0\0" + b'{"id":7,"value":2}'


def test_the_attachments_are_not_copied():
    array = bytearray(8)
    parts = encode_frame({"id": 1}, [array])
    array[0] = 9
    assert parts[1][0] == 9
    assert json.loads(parts[0][12:])["attachments"] == [8]


@pytest.mark.parametrize("seed", range(20))
def test_any_split_gives_the_same_messages(seed):
    dice = random.Random(seed)
    data = encoded(MESSAGES)
    parser, found, position = FrameParser(), [], 0
    largest = dice.choice([1, 7, 100, 5000, 300_000]) if seed else len(data)
    if largest == 1:
        data = encoded(MESSAGES[:2])
    while position < len(data):
        size = dice.randint(1, largest)
        space = parser.space()
        if space is not None and dice.random() < 0.5:
            count = min(size, len(space), len(data) - position)
            space[:count] = data[position : position + count]
            found += parser.filled(count)
            position += count
        else:
            found += parser.feed(data[position : position + size])
            position += size
    assert contents(found) == MESSAGES[: len(found)]
    assert len(found) == (2 if largest == 1 else len(MESSAGES))
    assert not parser.pending


def test_pending_means_half_a_frame():
    parser, data = FrameParser(), encoded(MESSAGES[:1])
    assert not parser.pending
    parser.feed(data[:5])
    assert parser.pending
    parser.feed(data[5:])
    assert not parser.pending


def test_attachments_are_writable():
    for size in (10, SMALL * 2):
        (message,) = FrameParser().feed(encoded([({"id": 1}, [bytes(size)])]))
        message.attachments[0][0] = 1
        assert message.attachments[0][0] == 1


def test_a_lying_length_costs_no_memory():
    parser = FrameParser()
    assert parser.feed(PREFIX.pack(b"BPF1", 2, 2**30) + b"{}x") == []
    assert parser.space().nbytes == 2**30 - 1


@pytest.mark.parametrize("seed", range(30))
def test_garbage_never_raises(seed):
    dice = random.Random(seed)
    parser = FrameParser()
    good = encoded(MESSAGES[:2])
    for _ in range(50):
        data = bytearray(good)
        for _ in range(dice.randint(0, 3)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        messages = parser.feed(bytes(data[: dice.randint(1, len(data))]))
        assert all(isinstance(message, (Message, Fault)) for message in messages)
        if parser.broken:
            assert isinstance(messages[-1], Fault)
            assert parser.feed(good) == []
            parser = FrameParser()


def test_a_header_that_cannot_be_read_tells_its_id():
    for text, request_id in ((b'{"id": 12, "x": NaN}', 12), (b'{ "id":-3 ,x', -3), (b'{"x":1,"id":4,}', None)):
        (fault,) = FrameParser().feed(PREFIX.pack(b"BPF1", len(text), 0) + text)
        assert (fault.code, fault.request_id) == ("BAD_REQUEST", request_id)


def test_half_a_frame_whose_beginning_went_with_a_lost_worker():
    parser = FrameParser(taken_over=True)
    [fault] = parser.feed(b'":{"expression":"1"}}')
    assert (fault.code, parser.broken) == ("WORKER_LOST", True)
    # What begins as it should is followed, and from then on the client alone is to blame.
    parser = FrameParser(taken_over=True)
    whole = b"".join(encode_frame({"id": 1, "command": "ping"}))
    assert [message.header["id"] for message in parser.feed(whole)] == [1]
    [fault] = parser.feed(b"nonsense")
    assert fault.code == "BAD_REQUEST"


def test_no_room_for_a_large_frame_leaves_no_half_of_it(monkeypatch):
    parser = FrameParser()

    def no_room(_):
        raise MemoryError

    monkeypatch.setattr(frames, "_room", no_room)
    with pytest.raises(MemoryError):
        parser.feed(frames.PREFIX.pack(frames.MAGIC, 10, 900_000_000))
    assert parser.space() is None
