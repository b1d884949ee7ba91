import asyncio

import pytest

from beep_engine.faults import Fault
from beep_engine.fronts.http import body as body_module
from beep_engine.fronts.http.body import ClientGone, RequestBody, checked_object
from beep_engine.fronts.json_text import NESTING_LIMIT
from beep_engine.fronts.operations import OPERATIONS

BY_COMMAND = {operation.command: operation for operation in OPERATIONS}
EVAL = BY_COMMAND["eval"]


def messages(*parts):
    waiting = list(parts)

    async def receive():
        return waiting.pop(0)

    return receive


def piece(data, more=True):
    return {"type": "http.request", "body": data, "more_body": more}


def fault_of(operation, body):
    with pytest.raises(Fault) as caught:
        checked_object(operation, body)
    assert caught.value.code == "BAD_REQUEST"
    return caught.value.message


def test_joins_the_pieces_of_a_body():
    body = RequestBody(messages(piece(b"ab"), piece(b""), piece(b"c", more=False)))
    assert asyncio.run(body.read({})) == b"abc"
    assert body.complete


def test_gives_a_body_of_one_piece_as_it_is():
    body = RequestBody(messages(piece(b"abc", more=False)))
    assert asyncio.run(body.read({b"content-length": b"3"})) == b"abc"


def test_says_when_the_client_hangs_up_in_the_middle():
    body = RequestBody(messages(piece(b"ab"), {"type": "http.disconnect"}))
    with pytest.raises(ClientGone):
        asyncio.run(body.read({}))


def test_refuses_an_announced_excess_without_reading():
    body = RequestBody(messages())
    with pytest.raises(Fault) as caught:
        asyncio.run(body.read({b"content-length": b"104857600"}))
    assert caught.value.code == "TOO_LARGE"
    assert not body.begun


def test_refuses_an_excess_that_nobody_announced(monkeypatch):
    monkeypatch.setattr(body_module, "BODY_LIMIT", 10)
    body = RequestBody(messages(piece(b"123456"), piece(b"123456"), piece(b"", more=False)))
    with pytest.raises(Fault) as caught:
        asyncio.run(body.read({}))
    assert caught.value.code == "TOO_LARGE"
    asyncio.run(body.drop())
    assert body.complete


def test_gives_the_text_unchanged():
    text = b'  {"expression" : "1+1", "unknown": [1.0, "\\ud83d\\ude00"], "locals": null}\n'
    assert checked_object(EVAL, text)[0] == text


def test_takes_off_a_byte_order_mark():
    assert checked_object(EVAL, b'\xef\xbb\xbf{"expression":"1"}')[0] == b'{"expression":"1"}'


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b'{"expression":"1"',
        b'{"expression":"1"} x',
        b'{"expression":"1"}{"expression":"2"}',
        b'{"expression":"1"},"command":"dispose","payload":{"handleId":"h1"}',
        b'{"expression":"1"},{',
        b"{'expression':'1'}",
        b'{"expression":"1","locals":{"a":NaN}}',
        b'{"expression":"1","locals":{"a":-Infinity}}',
        b'{"expression":"a\nb"}',
        b'{"expression":"\xff"}',
        b'\xff\xfe{\x00"\x00',
        b"\x00" * 100,
        '{"expression":"1"}'.encode("utf-16"),
    ],
)
def test_refuses_broken_json(text):
    assert fault_of(EVAL, text)


@pytest.mark.parametrize("text", [b"[]", b"1", b'"x"', b"null", b"true", b'[{"expression":"1"}]'])
def test_refuses_what_is_no_object(text):
    assert fault_of(EVAL, text) == "the body must be a JSON object"


def test_takes_deep_nesting_up_to_the_limit_only():
    def nested(levels):
        return b'{"expression":"1","locals":{"a":' + b"[" * levels + b"]" * levels + b"}}"

    checked_object(EVAL, nested(NESTING_LIMIT - 2))
    for levels in (NESTING_LIMIT - 1, 5_000, 1_000_000):
        assert fault_of(EVAL, nested(levels)) == "the body is nested more than 400 levels deep"


def test_counts_depth_and_not_brackets():
    wide = b'{"expression":"1","locals":{"a":[' + b",".join([b"[[1],{}]"] * 1000) + b"]}}"
    assert checked_object(EVAL, wide)[0] == wide


@pytest.mark.parametrize(
    ("command", "text", "message"),
    [
        ("eval", b"{}", "`eval` needs the field `expression`, a string"),
        ("eval", b'{"expression":null}', "`eval` needs the field `expression`, a string"),
        ("eval", b'{"expression":1}', "the field `expression` of `eval` must be a string, not a number"),
        ("eval", b'{"expression":true}', "the field `expression` of `eval` must be a string, not a boolean"),
        ("eval", b'{"expression":"1","locals":[]}', "the field `locals` of `eval` must be an object, not an array"),
        (
            "call",
            b'{"handleId":"h","methodName":"m","args":{}}',
            "the field `args` of `call` must be an array, not an object",
        ),
        ("call", b'{"handleId":"h"}', "`call` needs the field `methodName`, a string"),
        ("create", b'{"className":"C"}', "`create` needs one of the fields `moduleHandleId` and `moduleName`"),
        ("dispose", b'{"handleId":7}', "the field `handleId` of `dispose` must be a string, not a number"),
    ],
)
def test_says_which_field_is_wrong(command, text, message):
    assert fault_of(BY_COMMAND[command], text) == message


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("call", b'{"handleId":"h","methodName":"m"}'),
        ("call", b'{"handleId":"h","methodName":"m","args":null,"kwargs":null,"returnType":"String"}'),
        ("create", b'{"moduleName":"m","className":"C","moduleHandleId":null}'),
        ("setattr", b'{"handleId":"h","attributeName":"a"}'),
        ("wrap", b"{}"),
        ("wrap", b'{"value":null}'),
    ],
)
def test_takes_absent_and_null_optional_fields(command, text):
    assert checked_object(BY_COMMAND[command], text)[0] == text
