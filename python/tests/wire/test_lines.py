import random

import pytest

from beep_engine.faults import Fault
from beep_engine.wire import limits, lines
from beep_engine.wire.dialect import FRAMES, LINES, UNDECIDED, UNKNOWN, detect
from beep_engine.wire.frames import Message
from beep_engine.wire.lines import LineParser, encode_line


def headers(messages):
    return [message.header if isinstance(message, Message) else message.code for message in messages]


@pytest.mark.parametrize("seed", range(10))
def test_any_split_gives_the_same_lines(seed):
    dice = random.Random(seed)
    data = b'{"a":1}\n\r\n\xef\xbb\xbf{"b":"\xc3\xbc"}\r\n   \nnonsense\n[]\n{"c":{}}\n'
    parser, found, position = LineParser(), [], 0
    while position < len(data):
        size = dice.randint(1, 9)
        found += parser.feed(data[position : position + size])
        position += size
    assert headers(found) == [{"a": 1}, {"b": "ü"}, "BAD_REQUEST", "BAD_REQUEST", {"c": {}}]
    assert not parser.pending


def test_the_last_line_needs_no_end():
    parser = LineParser()
    assert parser.feed(b'{"a":') == []
    assert parser.feed(b"1}") == []
    assert parser.pending
    assert headers(parser.finish()) == [{"a": 1}]
    assert parser.finish() == []


def test_a_line_over_the_limit_is_skipped(monkeypatch):
    monkeypatch.setattr(lines, "MAX_LINE", 100)
    parser = LineParser()
    assert parser.feed(b"x" * 60) == []
    assert headers(parser.feed(b"x" * 60)) == ["TOO_LARGE"]
    assert parser.feed(b"x" * 1000) == []
    assert headers(parser.feed(b'x\n{"a":1}\n')) == [{"a": 1}]
    assert limits.MAX_LINE == 64 * 1024 * 1024


@pytest.mark.parametrize("seed", range(20))
def test_garbage_never_raises(seed):
    dice = random.Random(seed)
    parser = LineParser()
    for _ in range(50):
        for message in parser.feed(dice.randbytes(dice.randint(1, 50)) + dice.choice([b"", b"\n"])):
            assert isinstance(message, (Message, Fault))


def test_replies_are_one_line_of_utf_8():
    assert encode_line({"x": "a\nb\u2028ü", "y": "\ud800"}) == '{"x":"a\\nb\u2028ü","y":"?"}\n'.encode()


@pytest.mark.parametrize(
    ("opening", "dialect"),
    [
        (b"B", FRAMES),
        (b"BPF1", FRAMES),
        (b"Bad", FRAMES),
        (b"{", LINES),
        (b" \r\n\t{", LINES),
        (b"\xef\xbb\xbf", LINES),
        (b"\n\xef\xbb\xbf{", LINES),
        (b" ", UNDECIDED),
        (b"\xef", UNDECIDED),
        (b" \xef\xbb", UNDECIDED),
        (b" B", UNKNOWN),
        (b"\xefx", UNKNOWN),
        (b"[", UNKNOWN),
        (b"\0", UNKNOWN),
    ],
)
def test_dialects(opening, dialect):
    assert detect(opening)[0] == dialect


def test_white_space_is_not_kept():
    kind, rest = detect(b" " * 100_000)
    assert (kind, len(rest)) == (UNDECIDED, 1)
    assert detect(rest + b"BPF1")[0] == UNKNOWN
    assert detect(rest + b"{")[0] == LINES
