"""What comes before a message: metadata, frames of HTTP/2, sizes. And sessions with anything in their options."""

import socket
import struct
from contextlib import suppress

import grpc
import pytest
from fronts.harness import DEADLINE, running_rpc_server
from fuzzing import examples, tried
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
LOCKED_OUT = {STATUS.UNAUTHENTICATED, STATUS.PERMISSION_DENIED}
PACKAGE = "/beep.python.runtime.PythonService"


@pytest.fixture(scope="module")
def server():
    """One that is as it was when all is over, and has had nothing to complain of."""
    with running_rpc_server() as server:
        yield server
        with server.client() as client:
            assert client.value("'still ' + 'here'") == "still here"
            assert client.call("Health").epoch == 1, "the worker has been replaced"
        assert server.front.process.poll() is None and server.pool.process.poll() is None
        assert server.front.errors() == ""


@pytest.fixture(scope="module")
def client(server):
    with server.client() as client:
        yield client


def status_of(client, call, sent, metadata):
    """With what status a call ends. Any can be made as a stream both ways: the bytes are the same."""
    stream = client.channel.stream_stream(call)(iter(sent), metadata=metadata, timeout=DEADLINE)
    with suppress(grpc.RpcError):
        for _ in stream:
            pass
    return stream.code()


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
NAMES = st.text("abcxyz0189-_.", min_size=1, max_size=12).filter(lambda name: not name.startswith("grpc-"))
METADATA = st.one_of(
    st.tuples(NAMES.filter(lambda name: not name.endswith("-bin")), PRINTABLE),
    st.tuples(NAMES.map(lambda name: name + "-bin"), st.binary(max_size=40)),
    st.tuples(st.sampled_from(["authorization", "origin"]), PRINTABLE),
    st.tuples(st.just("beep-error-bytes"), st.text("0123456789-.x²", max_size=12).filter(str.isascii)),
)
CALLS = st.sampled_from(
    [f"{PACKAGE}/{name}" for name in ("Health", "Heartbeat", "Execute", "PutArray", "None")]
) | st.just("/grpc.health.v1.Health/Check")


@examples(200)
@given(call=CALLS, pairs=st.lists(METADATA, max_size=5), with_token=st.booleans())
def test_any_metadata(client, call, pairs, with_token):
    code = status_of(client, call, [b""], (*(client.metadata if with_token else ()), *pairs))
    tried("gRPC, any metadata")
    if not with_token or any(name in ("authorization", "origin") for name, _ in pairs):
        assert code in LOCKED_OUT, code
    else:
        assert code in (STATUS.OK, STATUS.INVALID_ARGUMENT, STATUS.UNIMPLEMENTED), code


def frame(kind, flags, stream, body):
    return struct.pack(">I", len(body))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + body


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS = frame(4, 0, 0, b"")
FRAMES = st.builds(
    frame,
    st.integers(0, 12),
    st.integers(0, 255),
    st.integers(0, 3) | st.integers(0, 2**32 - 1),
    st.binary(max_size=80),
)


@examples(200)
@given(st.sampled_from([b"", PREFACE, PREFACE + SETTINGS]), st.lists(FRAMES | st.binary(max_size=60), max_size=6))
def test_any_connection(server, start, parts):
    """It is told that this is nothing, or closed; never does anything run, since nothing of it has a token."""
    tried("gRPC, broken connections")
    host, _, port = server.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=DEADLINE) as peer, suppress(ConnectionError):
        peer.sendall(b"".join([start, *parts]))
        peer.shutdown(socket.SHUT_WR)
        while peer.recv(65536):
            pass


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
VARIABLES = st.lists(st.fixed_dictionaries({"name": TEXT}, optional={"value": TEXT}), max_size=3)
NUMBERS = st.floats() | st.sampled_from([0, 1, 60, 604800])
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT | st.just("x" * 300),
        "working_folder": st.sampled_from(["/", "/no/such", "relative"]) | TEXT,
        "environment_variables": VARIABLES,
        "lease_seconds": NUMBERS,
        "timeout_seconds": NUMBERS,
        "handle_limit": st.integers(-(2**63), 2**63 - 1) | st.integers(0, 3),
    },
)


@examples(200)
@given(options=OPTIONS)
def test_any_session(client, options):
    tried("gRPC, options of sessions")
    try:
        opened = client.call("OpenSession", **options)
    except grpc.RpcError as error:
        assert error.code() is STATUS.INVALID_ARGUMENT, error
        return
    named = {"session_id": opened.session_id}
    if not opened.HasField("timeout_seconds") or opened.timeout_seconds >= 60:
        assert client.call("Evaluate", expression="1", **named).value_json == "1"
    assert client.call("CloseSession", **named).success


def test_a_message_over_the_limit(client):
    tried("gRPC, oversized messages")
    # Hardly more than that: all of it is in memory, on both sides.
    sent = [bytes(256 * 1024 * 1024 + 1)]
    assert status_of(client, f"{PACKAGE}/WrapValue", sent, client.metadata) is STATUS.RESOURCE_EXHAUSTED
    assert client.value("1") == 1
