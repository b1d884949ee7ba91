"""Any bytes, and messages with anything in their fields: each call is answered, or fails as docs/wire.md §5 says."""

import grpc
import pytest
from fronts.harness import DEADLINE, running_rpc_server
from fuzzing import examples, tried
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.needs_admin

# What no input may bring about.
OUR_FAULT = ("INTERNAL", "WORKER_LOST", "UNAUTHORIZED", "FORBIDDEN")
JSON_TEXT = st.sampled_from(
    ["", "null", "{}", "[]", "[1, {}]", '{"a": 1}', '{"$type": "bytes", "attachment": 0}', "NaN"]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(["json", "dumps", "__len__", "nothing", "a.b", "x" * 300]) | TEXT
CODE = st.sampled_from(["1 + 1", "object()", "x", "1 / 0", "b'y' * 70000", "exit(1)", "print(1)", "("]) | TEXT


@pytest.fixture(scope="module")
def client():
    """A client that has an object on the server, and knows its handle."""
    with running_rpc_server() as server, server.client() as client:
        client.handle_id = client.call("WrapValue", value_json='{"a": [1, 2.5]}').handle_id
        yield client


def messages_of(client, method):
    """Messages of a call, with what may stand in each field."""
    from fronts.rpc_client import SERVICE, messages

    request = getattr(messages, SERVICE.methods_by_name[method].input_type.name)
    handle_ids = st.sampled_from([client.handle_id, "h0-0", ""]) | TEXT
    known = {"expression": CODE, "code": CODE, "handle_id": handle_ids, "module_handle_id": handle_ids}

    def values(field):
        if field.name in known:
            return known[field.name]
        if field.name.endswith("_json"):
            return JSON_TEXT | TEXT
        if field.name == "attachments":
            return st.lists(st.binary(max_size=20), max_size=2)
        kinds = {field.TYPE_STRING: NAMES, field.TYPE_BOOL: st.booleans(), field.TYPE_BYTES: st.binary(max_size=40)}
        numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(-1, 3)
        return st.lists(numbers, max_size=3) if field.name == "shape" else kinds.get(field.type, numbers)

    # Nobody answers here what code asks, and closes what is opened; the maps and messages within are for other tests.
    fields = {
        field.name: values(field)
        for field in request.DESCRIPTOR.fields
        if field.name not in ("allow_input", "own_process", "memory_limit_bytes") and field.message_type is None
    }
    silent = {"allow_input": st.just(False)} if "allow_input" in request.DESCRIPTOR.fields_by_name else {}
    return st.fixed_dictionaries(silent, optional=fields).map(lambda given: request(**given))


def method_names():
    from fronts.rpc_client import SERVICE

    return [method.name for method in SERVICE.methods]


def checked(call):
    """What a call comes to: OK, or the code of its error, which is never our own fault."""
    from fronts.rpc_client import details_of

    try:
        call()
    except grpc.RpcError as error:
        code = details_of(error).code
        assert code not in OUR_FAULT, (code, error)
        return code
    return "OK"


def raw(client, method, data):
    """Calls with these bytes, whatever kind of call it is."""
    from fronts.rpc_client import SERVICE

    described = SERVICE.methods_by_name[method]
    kind = (
        f"{'stream' if described.client_streaming else 'unary'}_{'stream' if described.server_streaming else 'unary'}"
    )
    made = getattr(client.channel, kind)(f"/{SERVICE.full_name}/{method}")
    reply = made(iter([data]) if described.client_streaming else data, metadata=client.metadata, timeout=DEADLINE)
    return list(reply) if described.server_streaming else reply


@examples(400)
@given(data=st.data())
def test_any_bytes(client, data):
    tried("gRPC, any bytes")
    method = data.draw(st.sampled_from(method_names()))
    good = messages_of(client, method).map(lambda message: message.SerializeToString())
    sent = data.draw(st.binary(max_size=60) | st.tuples(good, st.binary(max_size=6)).map(b"".join))
    checked(lambda: raw(client, method, sent))


@examples(600)
@given(data=st.data())
def test_any_fields(client, data):
    tried("gRPC, any fields")
    method = data.draw(st.sampled_from(method_names()))
    message = data.draw(messages_of(client, method))
    if getattr(message, "handle_id", None) == client.handle_id and method in ("DisposeHandle", "SetAttribute"):
        return
    checked(lambda: raw(client, method, message.SerializeToString()))


def test_the_server_is_none_the_worse(client):
    assert client.value("6 * 7") == 42
