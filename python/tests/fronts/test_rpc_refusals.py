import socket

import grpc
import pytest
from fronts.harness import DEADLINE, running_rpc_server
from fronts.rpc_client import RpcClient, refused

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
MARKER = "beep_refused_marker"


@pytest.fixture
def marks(rpc):
    """Code that leaves a mark, and makes sure in the end that it never ran."""
    yield f"import builtins\nbuiltins.{MARKER} = 1"
    assert rpc.value(f"hasattr(__import__('builtins'), '{MARKER}')") is False


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic s3cret-token", "s3cret-token", "Bearer s3cret-token extra"],
)
def test_no_token_or_a_wrong_one(rpc, marks, authorization):
    metadata = {} if authorization is None else {"authorization": authorization}
    with RpcClient(rpc.address, token=None, **metadata) as client:
        details = refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", client.call, "Evaluate", expression=marks)
        assert "authorization: Bearer" in details.hint
        refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", client.call, "Health")
        refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", client.get_array, "h1-1")
        refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", client.put_array, {"dtype": "uint8", "data": b"x"})


def test_two_tokens_are_none(rpc, marks):
    with RpcClient(rpc.address) as client:
        client.metadata = (*client.metadata, ("authorization", "Bearer other"))
        refused(STATUS.UNAUTHENTICATED, "UNAUTHORIZED", client.call, "Evaluate", expression=marks)


@pytest.mark.parametrize("method", ["/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/X", "/a.b/C"])
def test_nothing_answers_without_a_token(rpc, method):
    with grpc.insecure_channel(rpc.address) as channel, pytest.raises(grpc.RpcError) as caught:
        channel.unary_unary(method)(b"", timeout=DEADLINE)
    assert caught.value.code() is STATUS.UNAUTHENTICATED


@pytest.mark.parametrize("authorization", ["bearer s3cret-token", "Bearer  s3cret-token"])
def test_the_token_in_other_spellings(rpc, authorization):
    with RpcClient(rpc.address, token=None, authorization=authorization) as client:
        assert client.value("1") == 1


def test_an_origin_is_refused_with_the_token_too(rpc, marks):
    with RpcClient(rpc.address, origin="http://evil.example") as client:
        details = refused(STATUS.PERMISSION_DENIED, "FORBIDDEN", client.call, "Evaluate", expression=marks)
        assert "evil.example" in details.message


def test_a_server_without_a_token_asks_for_none_and_keeps_the_other_check():
    with running_rpc_server(token=None) as server:
        with server.client() as client:
            assert client.value("1") == 1
        with server.client(authorization="Bearer whatever") as client:
            assert client.value("1") == 1
        with server.client(origin="null") as client:
            refused(STATUS.PERMISSION_DENIED, "FORBIDDEN", client.call, "Evaluate", expression="1")


@pytest.mark.parametrize(
    "head",
    [
        b"POST /eval HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"\x00" * 64,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64,
    ],
)
def test_what_a_browser_or_nobody_would_send_gets_nothing(rpc, marks, head):
    host, _, port = rpc.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=DEADLINE) as peer:
        peer.sendall(head + b'{"expression":"1"}')
        answer = b""
        try:
            while True:
                data = peer.recv(65536)
                if not data:
                    break
                answer += data
        except ConnectionResetError:
            pass
    assert b"HTTP/1.1 200" not in answer and b"101 Switching" not in answer
    assert rpc.value("1") == 1


def test_an_unknown_call_is_unimplemented(rpc):
    with pytest.raises(grpc.RpcError) as caught:
        rpc.channel.unary_unary("/beep.python.runtime.PythonService/Nonsense")(b"", metadata=rpc.metadata)
    assert caught.value.code() is STATUS.UNIMPLEMENTED


@pytest.mark.parametrize("name", ["Evaluate", "CallMethod", "GetArray"])
def test_a_broken_message_is_refused_and_no_end(rpc, marks, name):
    made = rpc.channel.unary_stream if name == "GetArray" else rpc.channel.unary_unary

    def call():
        path = f"/beep.python.runtime.PythonService/{name}"
        return list(made(path)(b"\xff\xff\xff", metadata=rpc.metadata, timeout=DEADLINE))

    details = refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", call)
    assert f"{name}Request" in details.message
    assert rpc.value("1") == 1


@pytest.mark.parametrize(
    ("name", "fields", "word"),
    [
        ("Evaluate", {"expression": "x", "locals_json": "[1]"}, "locals_json"),
        ("Evaluate", {"expression": "x", "locals_json": '{"a":'}, "locals_json"),
        ("Evaluate", {"expression": "x", "locals_json": '{},"expression":"1"'}, "locals_json"),
        ("Evaluate", {"expression": "x", "locals_json": '{"x": NaN}'}, "NaN"),
        ("Evaluate", {"expression": "x", "locals_json": '{"a":' + "[" * 5000 + "]" * 5000 + "}"}, "nested"),
        ("CallMethod", {"handle_id": "h", "method_name": "m", "args_json": "{}"}, "args_json"),
        ("CallMethod", {"handle_id": "h", "method_name": "m", "kwargs_json": "[]"}, "kwargs_json"),
        ("CallMethod", {"handle_id": "h"}, "method_name"),
        ("CallMethod", {"method_name": "m"}, "handle_id"),
        ("CreateObject", {"class_name": "x"}, "module_handle_id"),
        ("ImportModule", {}, "module_name"),
        ("DisposeHandle", {}, "handle_id"),
        ("WrapValue", {"value_json": "1 2"}, "value_json"),
        ("WrapValue", {"value_json": '{"$type": "bytes", "attachment": 0}'}, "attachment"),
        ("WrapValue", {"value_json": '{"$type": "no such"}'}, "no such"),
    ],
)
def test_requests_that_are_none(rpc, name, fields, word):
    details = refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, name, **fields)
    assert word in details.message
    assert rpc.value("1") == 1


def test_null_is_as_good_as_nothing(rpc):
    assert rpc.call("Evaluate", expression="1", locals_json="null").value_json == "1"
    module = rpc.call("ImportModule", module_name="builtins").handle_id
    call = {"handle_id": module, "method_name": "list", "args_json": "null", "kwargs_json": " null "}
    assert rpc.call("CallMethod", **call).value_json == "[]"
    assert rpc.call("Evaluate").value_json == "null"
    assert rpc.call("WrapValue").type_name == "NoneType"
