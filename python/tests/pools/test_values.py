"""The table of values (docs/wire.md §3), both ways."""

import base64
import json
import sys

import pytest


def typed(kind, **fields):
    return {"$type": kind, **fields}


DATES = "import datetime as d; "

TABLE = [
    ("None", None, "NoneType"),
    ("True", True, "bool"),
    ("'text ü €'", "text ü €", "str"),
    ("2 ** 53 - 1", 2**53 - 1, "int"),
    ("-(2 ** 53 - 1)", -(2**53 - 1), "int"),
    ("1.5", 1.5, "float"),
    ("-0.0", -0.0, "float"),
    ("[1, [2.5, 'x'], None]", [1, [2.5, "x"], None], "list"),
    ("{'a': {'b': [1]}}", {"a": {"b": [1]}}, "dict"),
    ("{}", {}, "dict"),
    ("2 ** 53", typed("int", value="9007199254740992"), "int"),
    ("-10 ** 30", typed("int", value="-1" + "0" * 30), "int"),
    ("float('nan')", typed("float", value="nan"), "float"),
    ("float('inf')", typed("float", value="inf"), "float"),
    ("float('-inf')", typed("float", value="-inf"), "float"),
    ("1 + 2j", typed("complex", real=1.0, imag=2.0), "complex"),
    (
        "complex('nan+infj')",
        typed("complex", real=typed("float", value="nan"), imag=typed("float", value="inf")),
        "complex",
    ),
    ("b'\\x00\\xff'", typed("bytes", base64=base64.b64encode(b"\x00\xff").decode()), "bytes"),
    ("bytearray(b'ab')", typed("bytes", base64="YWI="), "bytearray"),
    ("(1, (2,))", typed("tuple", items=[1, typed("tuple", items=[2])]), "tuple"),
    ("{1}", typed("set", items=[1]), "set"),
    ("frozenset(['a'])", typed("frozenset", items=["a"]), "frozenset"),
    ("{1: 'a', (2,): []}", typed("dict", items=[[1, "a"], [typed("tuple", items=[2]), []]]), "dict"),
    ("{'$type': 1}", typed("dict", items=[["$type", 1]]), "dict"),
    ("{'handleId': 'x'}", typed("dict", items=[["handleId", "x"]]), "dict"),
    ("'\\ud800'", typed("str", base64=base64.b64encode(b"\xed\xa0\x80").decode()), "str"),
    ("{'\\ud800': 1}", typed("dict", items=[[typed("str", base64="7aCA"), 1]]), "dict"),
    (
        DATES + "d.datetime(2026, 1, 2, 3, 4, 5, tzinfo=d.timezone.utc)",
        typed("datetime", value="2026-01-02T03:04:05+00:00"),
        "datetime.datetime",
    ),
    (
        DATES + "d.datetime(2026, 1, 2, 3, 4, 5, 6)",
        typed("datetime", value="2026-01-02T03:04:05.000006"),
        "datetime.datetime",
    ),
    (DATES + "d.date(2026, 1, 2)", typed("date", value="2026-01-02"), "datetime.date"),
    (DATES + "d.time(3, 4)", typed("time", value="03:04:00"), "datetime.time"),
    (DATES + "d.timedelta(-1, 5, 7)", typed("timedelta", days=-1, seconds=5, microseconds=7), "datetime.timedelta"),
    ("import decimal; decimal.Decimal('1.10')", typed("decimal", value="1.10"), "decimal.Decimal"),
    ("import uuid; uuid.UUID(int=1)", typed("uuid", value="00000000-0000-0000-0000-000000000001"), "uuid.UUID"),
]


@pytest.mark.parametrize(("source", "form", "type_name"), TABLE, ids=[row[0][-30:] for row in TABLE])
def test_table(either, source, form, type_name):
    reply = either.eval(source)
    reply.pop("id", None)
    assert json.dumps(reply) == json.dumps({"value": form, "isHandle": False, "typeName": type_name})
    # Back: the same object arrives, nested as well.
    body, _, last = source.rpartition("; ")
    check = f"{body}\na = {last}\n(a == x or a != a or repr(a) == repr(x)) and repr(x) == repr(y[0]['k'])"
    if type_name != "bytearray":
        assert either.value(check + " and type(a) is type(x)", x=form, y=[{"k": form}]) is True


def test_path(either):
    reply = either.eval("import pathlib\npathlib.Path('/tmp/ä b')")
    assert reply["value"] == typed("path", value="/tmp/ä b")
    assert reply["typeName"] in ("pathlib.PosixPath", "pathlib._local.PosixPath")
    assert either.value("import pathlib\nx == pathlib.Path('/tmp/ä b')", x=reply["value"]) is True
    assert either.eval("import os, pathlib\npathlib.Path(os.fsdecode(b'/tmp/\\xff'))")["isHandle"] is True


@pytest.mark.parametrize(
    "source",
    [
        "object()",
        "import math; math",
        "int",
        "lambda: 1",
        "import collections; collections.OrderedDict(a=1)",
        "import collections; collections.namedtuple('P', 'x')(1)",
        "import enum; enum.IntEnum('E', 'a b').a",
        "class S(str): pass\nS('x')",
        "class I(int): pass\n[1, I(2)]",
        "class L(list): pass\n{'a': L()}",
        "[1, [object()]]",
        "a = []; a.append(a); a",
        "a = {}; a['a'] = [a]; a",
        "a = []\nfor _ in range(500): a = [a]\na",
        "range(3)",
        "memoryview(b'x')",
        "10 ** 5000",
        "['x' * 10 ** 6] * 70",
        "(i for i in [1])",
    ],
)
def test_everything_else_is_a_handle(either, source):
    reply = either.eval(source)
    assert reply["isHandle"] is True, reply
    assert "value" not in reply
    assert len(reply["repr"]) <= 200
    same = either.ask("getattr", handleId=reply["handleId"], attributeName="__class__")
    assert same["isHandle"] is True


def test_z_of_javascript_dates(either):
    assert either.value("x.utcoffset().total_seconds()", x=typed("datetime", value="2026-01-02T03:04:05.123Z")) == 0


@pytest.mark.parametrize(
    "form",
    [
        typed("int", value="x"),
        typed("int"),
        typed("int", value=3),
        typed("int", value="1" * 5000),
        typed("float", value="many"),
        typed("complex", real="1", imag=0),
        typed("bytes", base64=7),
        typed("tuple", items=3),
        typed("set", items=[[]]),
        typed("dict", items=[[1]]),
        typed("dict", items=[[[], 1]]),
        typed("datetime", value="yesterday"),
        typed("timedelta", days="x"),
        typed("timedelta", days=10**12),
        typed("decimal", value="x"),
        typed("uuid", value="x"),
        typed("array", attachment=0, dtype="float64"),
        typed(3),
        typed("str", base64="////"),
    ],
)
def test_broken_forms_are_refused(either, form):
    reply = either.ask("wrap", value=[{"nested": form}])
    assert reply["code"] == "BAD_REQUEST", reply


def test_deep_arguments(either):
    deep = []
    for _ in range(5000):
        deep = [deep]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20000)
    try:
        reply = either.ask("wrap", value=deep)
    finally:
        sys.setrecursionlimit(limit)
    assert reply["code"] == "BAD_REQUEST", reply
    assert either.value("1") == 1


def test_long_bytes_travel_as_attachments_in_frames(client):
    reply = client.eval("bytes(range(256)) * 1024, 'x'")
    assert reply["value"]["items"][0] == {"$type": "bytes", "attachment": 0}
    assert client.attachments[0] == bytes(range(256)) * 1024
    data = b"\x01\x02" * 100_000
    client.send(
        "eval",
        expression="x == b'\\x01\\x02' * 100000, type(x).__name__, y",
        locals={"x": {"$type": "bytes", "attachment": 1}, "y": {"$type": "bytes", "attachment": 0}},
        attachments=[b"hi", data],
    )
    assert client.receive()["value"]["items"] == [True, "bytes", {"$type": "bytes", "base64": "aGk="}]


def test_long_bytes_are_base64_in_lines(pool):
    with pool.lines() as lines:
        assert base64.b64decode(lines.value("b'x' * 100000")["base64"]) == b"x" * 100000


def test_no_attachment_remains_of_a_value_that_became_a_handle(client):
    reply = client.eval("[b'x' * 100000, object()]")
    assert reply["isHandle"] is True
    assert client.attachments == []


def test_big_lists(client):
    assert client.value("[i / 2 for i in range(200000)]")[199_999] == 99_999.5
    assert client.value("list(range(200000))")[-1] == 199_999
