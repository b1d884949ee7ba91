"""What peers may send, as hypothesis makes it: good messages, damaged ones, and anything at all; in pieces."""

import json

from hypothesis import strategies as st

from beep_engine.wire.frames import SMALL, Message, encode_frame

NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
# UTF-8 has no lone surrogates; values with them travel as base64.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
HEADERS = st.dictionaries(TEXT.filter(lambda name: name != "attachments"), JSON, max_size=5)
# Around the size from which on a frame is received in place.
LARGE = st.integers(SMALL - 40, SMALL + 40).map(bytes)
ATTACHMENTS = st.lists(st.binary(max_size=40) | LARGE, max_size=3)
MESSAGES = st.lists(st.tuples(HEADERS, ATTACHMENTS), max_size=4)
CUTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=8)


def frames_of(messages):
    return b"".join(bytes(part) for header, body in messages for part in encode_frame(dict(header), body))


def lines_of(documents):
    return b"".join(json.dumps(document, ensure_ascii=False).encode() + b"\n" for document in documents)


def in_pieces(data, cuts):
    """The bytes, cut at these fractions of their length, each piece with the flag of its cut."""
    places = sorted((int(fraction * len(data)), flag) for fraction, flag in cuts)
    start = 0
    for place, flag in [*places, (len(data), False)]:
        if place > start:
            yield data[start:place], flag
            start = place


@st.composite
def damaged(draw, good):
    """Good bytes of which some were changed, lost, doubled or come from elsewhere."""
    data = bytearray(draw(good))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["change", "lose", "double", "insert", "cut off"]))
        length = draw(st.integers(1, 12))
        if kind == "change":
            data[place : place + length] = draw(st.binary(min_size=length, max_size=length))
        elif kind == "lose":
            del data[place : place + length]
        elif kind == "double":
            data[place:place] = data[place : place + length]
        elif kind == "insert":
            data[place:place] = draw(st.binary(max_size=40))
        else:
            del data[place:]
    return bytes(data)


def told(results):
    """What a parser has said, comparable: header and attachments, or code and id of a fault. Nothing else may come."""
    said = []
    for result in results:
        if isinstance(result, Message):
            # As JSON, so that 1, 1.0 and True are three things.
            attachments = result.attachments
            said.append((json.dumps(result.header), attachments and [bytes(item) for item in attachments]))
        else:
            said.append((result.code, result.request_id))
    return said
