"""Values of every kind go over the wire and come back as they were; any JSON at all is a value, or a BAD_REQUEST."""

import json
import math

import pytest
from fuzzing import examples, tried
from hypothesis import given
from hypothesis import strategies as st
from wire.streams_of_bytes import JSON

from beep_engine.engine.handles import Handles
from beep_engine.engine.live import Live
from beep_engine.engine.outputs import Outputs
from beep_engine.engine.place import Place
from beep_engine.engine.plain import plain
from beep_engine.faults import Fault
from beep_engine.wire.text import from_json, to_json

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(2**53 - 2, 2**53 + 2),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.text(st.characters(categories=["Cs"]), max_size=3),
    st.binary(max_size=40),
    # Around the size from which on they are attachments.
    st.integers(64 * 1024 - 1, 64 * 1024 + 1).map(bytes),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.uuids(),
)
HASHABLE = st.recursive(SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=4)
VALUES = st.recursive(
    HASHABLE,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HASHABLE, inner, max_size=3)
        | st.dictionaries(st.sampled_from(["$type", "handleId", "a", "é"]), inner, max_size=3)
        | st.sets(HASHABLE, max_size=3)
    ),
    max_leaves=10,
)
TAGS = [
    "int",
    "float",
    "complex",
    "bytes",
    "str",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "datetime",
    "date",
    "time",
    "timedelta",
    "decimal",
    "uuid",
    "path",
    "array",
    "x",
]
FORMS = st.fixed_dictionaries(
    {"$type": st.sampled_from(TAGS) | JSON},
    optional={
        "value": JSON | st.sampled_from(["1", "nan", "-inf", "2026-01-02T03:04:05Z", "1e999999", "9" * 4301, "1_0"]),
        "items": st.lists(JSON | st.lists(JSON, min_size=2, max_size=2), max_size=3) | JSON,
        "base64": JSON | st.sampled_from(["", "YQ==", "YQ=", "7aCA", "gA==", "AAAAAAAA8D8="]),
        "attachment": JSON | st.integers(-1, 2),
        "dtype": st.sampled_from(["float64", "int8", "bool", "object"]) | JSON,
        "shape": st.lists(st.integers(-1, 2**65), max_size=3) | JSON,
        "real": JSON,
        "imag": JSON,
        "days": JSON | st.integers(-(10**12), 10**12),
        "seconds": JSON,
        "microseconds": JSON,
    },
)
NESTED = st.recursive(
    FORMS | JSON, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@pytest.fixture(scope="module")
def place():
    """Where handles live: outside of all sessions."""
    return Place(Handles(1))


def same(one, other):
    """Equal, of the same types throughout, NaN included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return len(one) == len(other) and all(
            same(*keys) and same(one[keys[0]], other[keys[1]]) for keys in zip(one, other)
        )
    if isinstance(one, (set, frozenset)):
        return len(one) == len(other) and all(any(same(item, found) for found in other) for item in one)
    if isinstance(one, float):
        return (one == other and math.copysign(1, one) == math.copysign(1, other)) or (one != one and other != other)
    return one == other or repr(one) == repr(other)


@examples(500)
@given(VALUES, st.booleans())
def test_a_value_comes_back_as_it_was(place, value, has_attachments):
    tried("values, there and back")
    outputs = Outputs() if has_attachments else None
    form = from_json(to_json(plain(value, outputs)), "the form")
    attachments = [memoryview(bytes(item)) for item in outputs.items] if outputs else None
    assert same(Live(place, attachments).value(form), value)


@examples(400)
@given(NESTED)
def test_any_json_is_a_value_or_refused(place, form):
    tried("values, any JSON")
    form = json.loads(json.dumps(form))
    try:
        value = Live(place, [memoryview(bytearray(16))]).value(form)
    except Fault as fault:
        assert fault.code in ("BAD_REQUEST", "HANDLE_NOT_FOUND", "TOO_LARGE")
    else:
        # What was taken is something that Python can show, and its own form can be read again.
        repr(value)
