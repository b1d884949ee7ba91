"""What the table of values (docs/wire.md §3) says beside the conformance cases."""

import base64
import sys


def typed(kind, **fields):
    return {"$type": kind, **fields}


def test_path(either):
    reply = either.eval("import pathlib\npathlib.Path('/tmp/ä b')")
    assert reply["value"] == typed("path", value="/tmp/ä b")
    assert reply["typeName"] in ("pathlib.PosixPath", "pathlib._local.PosixPath")
    assert either.value("import pathlib\nx == pathlib.Path('/tmp/ä b')", x=reply["value"]) is True
    assert either.eval("import os, pathlib\npathlib.Path(os.fsdecode(b'/tmp/\\xff'))")["isHandle"] is True


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
