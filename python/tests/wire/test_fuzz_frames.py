"""Whatever bytes come, and however they are cut: the parser of frames says what they are, and never anything else."""

import json

from fuzzing import examples, tried
from hypothesis import given
from hypothesis import strategies as st
from wire.streams_of_bytes import CUTS, MESSAGES, damaged, frames_of, in_pieces, told

from beep_engine.fronts.frame_reader import BrokenStream, FrameReader
from beep_engine.wire.frames import PREFIX, FrameParser

GOOD = MESSAGES.map(frames_of)
SIZES = st.sampled_from([0, 1, 2, 11, 12, 100, 65536, 2**26, 2**26 + 1, 2**30, 2**30 + 1, 2**32 - 1])
LYING = st.builds(lambda head, body, rest: PREFIX.pack(b"BPF1", head, body) + rest, SIZES, SIZES, st.binary())
ANYTHING = st.binary(max_size=200) | damaged(GOOD) | LYING | st.tuples(GOOD, damaged(GOOD)).map(b"".join)


def parsed(data, cuts):
    """All results, with the pieces received in place where the parser offers that and the cut says so."""
    parser, results = FrameParser(), []
    for piece, in_place in in_pieces(data, cuts):
        while piece:
            space = parser.space() if in_place and not parser.broken else None
            if not space:
                results += parser.feed(piece)
                break
            count = min(len(space), len(piece))
            space[:count] = piece[:count]
            results += parser.filled(count)
            piece = piece[count:]
    return parser, told(results)


@examples(250)
@given(MESSAGES, CUTS)
def test_good_frames_arrive_as_they_were_sent(messages, cuts):
    tried("frames, good")
    parser, said = parsed(frames_of(messages), cuts)
    assert said == [(json.dumps(header), body) for header, body in messages]
    assert not parser.pending and not parser.broken


@examples(700)
@given(ANYTHING, CUTS)
def test_any_bytes_mean_the_same_however_they_are_cut(data, cuts):
    tried("frames, any bytes")
    whole, expected = parsed(data, [])
    pieces, said = parsed(data, cuts)
    assert said == expected
    assert (pieces.broken, pieces.pending) == (whole.broken, whole.pending)
    if whole.broken:
        assert expected[-1][0] in ("BAD_REQUEST", "TOO_LARGE")
        assert whole.feed(frames_of([({"id": 1}, [])])) == []


@examples(150)
@given(MESSAGES, ANYTHING, CUTS)
def test_what_came_before_the_damage_is_not_lost(messages, data, cuts):
    tried("frames, good before any bytes")
    _, said = parsed(frames_of(messages) + data, cuts)
    assert said[: len(messages)] == [(json.dumps(header), body) for header, body in messages]


def read(data, cuts):
    reader, frames = FrameReader(), []
    try:
        for piece, _ in in_pieces(data, cuts):
            frames += reader.feed(piece)
    except BrokenStream:
        return [(header, bytes(body)) for header, body in frames], True
    return [(header, bytes(body)) for header, body in frames], False


@examples(300)
@given(ANYTHING.filter(lambda data: all(size < 2**20 for size in announced(data))), CUTS)
def test_the_reader_of_a_front_agrees_with_itself(data, cuts):
    tried("frames, any bytes to a front")
    expected, is_broken = read(data, [])
    frames, is_broken_in_pieces = read(data, cuts)
    assert is_broken_in_pieces == is_broken
    # What was complete in the chunk that broke the stream is not told: the connection is over.
    assert frames == expected or (is_broken and expected == [])


def announced(data):
    """The lengths in all that may be prefixes: a front reserves what its own pool announces, and trusts it so far."""
    found = [place for place in range(len(data) - 11) if data.startswith(b"BPF1", place)]
    return [max(PREFIX.unpack_from(data, place)[1:]) for place in found]
