"""Whatever bytes come, and however they are cut: the parser of lines says what they are, and goes on."""

import json

import pytest
from fuzzing import examples, tried
from hypothesis import given
from hypothesis import strategies as st
from wire.streams_of_bytes import CUTS, HEADERS, JSON, damaged, in_pieces, lines_of, told

from beep_engine.faults import Fault
from beep_engine.wire import lines
from beep_engine.wire.dialect import FRAMES, LINES, UNDECIDED, UNKNOWN, detect
from beep_engine.wire.lines import LineParser
from beep_engine.wire.requests import read_command, read_id, read_payload

DOCUMENTS = st.lists(HEADERS, max_size=5)
GOOD = DOCUMENTS.map(lines_of)
ANYTHING = st.binary(max_size=200) | damaged(GOOD) | st.lists(JSON, max_size=5).map(lines_of)


@pytest.fixture(autouse=True, scope="module")
def short_lines():
    """So that lines over the limit are among them."""
    patch = pytest.MonkeyPatch()
    patch.setattr(lines, "MAX_LINE", 150)
    yield
    patch.undo()


def parsed(data, cuts):
    parser, results = LineParser(), []
    for piece, _ in in_pieces(data, cuts):
        results += parser.feed(piece)
    return told(results + parser.finish())


@examples(250)
@given(DOCUMENTS, CUTS)
def test_good_lines_arrive_as_they_were_sent(documents, cuts):
    tried("lines, good")
    expected = [
        (json.dumps(document), None) if len(line) <= 150 else ("TOO_LARGE", None)
        for document, line in ((document, lines_of([document])[:-1]) for document in documents)
    ]
    assert parsed(lines_of(documents), cuts) == expected


@examples(700)
@given(ANYTHING, CUTS)
def test_any_bytes_mean_the_same_however_they_are_cut(data, cuts):
    tried("lines, any bytes")
    said = parsed(data, cuts)
    assert said == parsed(data, [])
    assert len(said) <= data.count(b"\n") + 1
    assert parsed(data + b'\n{"id":1}\n', cuts)[-1] == ('{"id": 1}', None)


@examples(300)
@given(st.binary(max_size=40) | st.text(" \r\n\t{B\ufeffx").map(str.encode), CUTS)
def test_the_dialect_is_the_same_however_the_opening_is_cut(data, cuts):
    tried("openings")
    waiting, kind = b"", UNDECIDED
    for piece, _ in in_pieces(data, cuts):
        if kind == UNDECIDED:
            kind, waiting = detect(waiting + piece)
            assert len(waiting) <= len(data)
    assert kind == detect(data)[0]
    assert kind in (UNDECIDED, FRAMES, LINES, UNKNOWN)


@examples(300)
@given(st.dictionaries(st.sampled_from(["id", "command", "payload", "x"]), JSON), st.booleans())
def test_a_request_is_read_or_refused(header, is_line):
    tried("requests")
    for read in (lambda: read_id(header, is_line), lambda: read_command(header), lambda: read_payload(header)):
        try:
            read()
        except Fault as fault:
            assert fault.code == "BAD_REQUEST"
