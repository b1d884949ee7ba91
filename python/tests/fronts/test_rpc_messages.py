"""What stands in the messages, field by field: the older ones as programs know them, and ours beside them."""

import json

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

pytestmark = pytest.mark.needs_admin

STRING, BOOL, FLOAT = FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BOOL, FieldDescriptor.TYPE_FLOAT

# The fields that programs were written against: message, then name, number and type.
OLDER = {
    "HealthRequest": [],
    "HealthResponse": [("status", 1, STRING)],
    "ImportModuleRequest": [("module_name", 1, STRING)],
    "ImportModuleResponse": [("handle_id", 1, STRING)],
    "CreateObjectRequest": [
        ("module_handle_id", 1, STRING),
        ("class_name", 2, STRING),
        ("args_json", 3, STRING),
        ("kwargs_json", 4, STRING),
    ],
    "CreateObjectResponse": [("handle_id", 1, STRING), ("type_name", 2, STRING)],
    "CallMethodRequest": [
        ("handle_id", 1, STRING),
        ("method_name", 2, STRING),
        ("args_json", 3, STRING),
        ("kwargs_json", 4, STRING),
    ],
    "CallMethodResponse": [("value_json", 1, STRING), ("handle", 2, "HandleResult")],
    "HandleResult": [("handle_id", 1, STRING), ("type_name", 2, STRING)],
    "GetAttributeRequest": [("handle_id", 1, STRING), ("attribute_name", 2, STRING)],
    "GetAttributeResponse": [("value_json", 1, STRING), ("handle", 2, "HandleResult")],
    "SetAttributeRequest": [("handle_id", 1, STRING), ("attribute_name", 2, STRING), ("value_json", 3, STRING)],
    "SetAttributeResponse": [("success", 1, BOOL)],
    "EvaluateRequest": [("expression", 1, STRING), ("locals_json", 2, STRING)],
    "EvaluateResponse": [("value_json", 1, STRING)],
    "DisposeHandleRequest": [("handle_id", 1, STRING)],
    "DisposeHandleResponse": [("success", 1, BOOL)],
    "ToFloatArrayRequest": [("handle_id", 1, STRING)],
    "ToFloatArrayResponse": [("data", 1, FLOAT)],
    "ToFloatArray2DRequest": [("handle_id", 1, STRING)],
    "ToFloatArray2DResponse": [("data", 1, "FloatArray")],
    "FloatArray": [("values", 1, FLOAT)],
    "IsModuleAvailableRequest": [("module_name", 1, STRING)],
    "IsModuleAvailableResponse": [("available", 1, BOOL)],
    "WrapValueRequest": [("value_json", 1, STRING)],
    "WrapValueResponse": [("handle_id", 1, STRING), ("type_name", 2, STRING)],
}

REPEATED = {("ToFloatArrayResponse", "data"), ("ToFloatArray2DResponse", "data"), ("FloatArray", "values")}


@pytest.fixture(scope="module")
def older():
    """The messages of a program that knows the older fields alone."""
    file = FileDescriptorProto(name="older.proto", package="older", syntax="proto3")
    for name, fields in OLDER.items():
        message = DescriptorProto(name=name)
        for field, number, of in fields:
            added = message.field.add(name=field, number=number)
            added.label = added.LABEL_REPEATED if (name, field) in REPEATED else added.LABEL_OPTIONAL
            added.type = FieldDescriptorProto.TYPE_MESSAGE if isinstance(of, str) else of
            if isinstance(of, str):
                added.type_name = f".older.{of}"
        file.message_type.append(message)
    pool = DescriptorPool()
    pool.Add(file)
    return {name: GetMessageClass(pool.FindMessageTypeByName(f"older.{name}")) for name in OLDER}


def test_the_older_calls_and_fields_are_all_there():
    service = messages.DESCRIPTOR.services_by_name["PythonService"]
    assert service.full_name == "beep.python.runtime.PythonService"
    calls = [name[: -len("Request")] for name in OLDER if name.endswith("Request")]
    for name in calls:
        method = service.methods_by_name[name]
        assert (method.input_type.name, method.output_type.name) == (f"{name}Request", f"{name}Response")
        assert not method.client_streaming and not method.server_streaming
    assert [method.name for method in service.methods][:12] == calls
    for name, fields in OLDER.items():
        known = messages.DESCRIPTOR.message_types_by_name[name].fields_by_name
        for field, number, of in fields:
            assert known[field].number == number, (name, field)
            if isinstance(of, str):
                assert known[field].message_type.name == of
            else:
                assert known[field].type == of
            assert known[field].is_repeated is ((name, field) in REPEATED)


def test_a_program_that_knows_the_older_fields_alone_gets_its_work_done(rpc, older):
    def call(name, **fields):
        request, reply = older[f"{name}Request"], older[f"{name}Response"]
        path = f"/beep.python.runtime.PythonService/{name}"
        made = rpc.channel.unary_unary(path, request.SerializeToString, reply.FromString)
        return made(request(**fields), metadata=rpc.metadata)

    assert call("Health").status == "ok"
    module = call("ImportModule", module_name="fractions").handle_id
    half = call("CreateObject", module_handle_id=module, class_name="Fraction", args_json="[1, 2]")
    assert half.type_name == "fractions.Fraction"
    added = call("CallMethod", handle_id=half.handle_id, method_name="__add__", args_json="[1]", kwargs_json="{}")
    assert added.handle.type_name == "fractions.Fraction"
    assert call("GetAttribute", handle_id=added.handle.handle_id, attribute_name="numerator").value_json == "3"
    space = call("WrapValue", value_json='{"$type": "set", "items": []}')
    assert space.type_name == "set"
    made = call("CreateObject", module_handle_id=call("ImportModule", module_name="types").handle_id,
                class_name="SimpleNamespace").handle_id  # fmt: skip
    assert call("SetAttribute", handle_id=made, attribute_name="x", value_json='{"a": null}').success is True
    assert json.loads(call("GetAttribute", handle_id=made, attribute_name="x").value_json) == {"a": None}
    assert call("Evaluate", expression="[k * n for n in range(3)]", locals_json='{"k": 2}').value_json == "[0,2,4]"
    assert call("IsModuleAvailable", module_name="json").available is True
    assert call("IsModuleAvailable", module_name="no_such_module").available is False
    rows = call("WrapValue", value_json="[[1, 2.5], [3, 1e300]]").handle_id
    assert list(call("ToFloatArray", handle_id=rows).data) == [1, 2.5, 3, float("inf")]
    assert [list(row.values) for row in call("ToFloatArray2D", handle_id=rows).data] == [[1, 2.5], [3, float("inf")]]
    assert call("DisposeHandle", handle_id=rows).success is True
    assert call("DisposeHandle", handle_id="nonsense").success is True


def test_empty_arrays_in_single_precision(rpc):
    for value, rows in (("[]", None), ("[[], []]", [[], []])):
        handle = rpc.call("WrapValue", value_json=value).handle_id
        assert list(rpc.call("ToFloatArray", handle_id=handle).data) == []
        if rows is not None:
            assert [list(row.values) for row in rpc.call("ToFloatArray2D", handle_id=handle).data] == rows


def test_what_a_reply_tells_beyond_the_older_fields(rpc):
    health = rpc.call("Health")
    assert (health.status, health.protocol, health.epoch) == ("ok", 1, 1)
    assert health.python.startswith("3.") and health.pid > 0
    module = rpc.call("ImportModule", module_name="array")
    assert (module.type_name, module.module_name) == ("module", "array")
    made = rpc.call("CreateObject", module_name="array", class_name="array", args_json='["d", [1, 2]]')
    assert (made.repr, list(made.shape), made.dtype) == ("array('d', [1.0, 2.0])", [2], "float64")
    value = rpc.call("Evaluate", expression="{'a': (1,)}")
    assert (value.WhichOneof("result"), value.type_name) == ("value_json", "dict")
    assert json.loads(value.value_json) == {"a": {"$type": "tuple", "items": [1]}}
    handle = rpc.call("Evaluate", expression="object()")
    assert (handle.WhichOneof("result"), handle.type_name, handle.handle.dtype) == ("handle", "", "")
    assert handle.handle.repr.startswith("<object")


# Where the value's text ends has to be found; these look like its end.
@pytest.mark.parametrize(
    "value",
    [
        {"isHandle": False, "typeName": "int"},
        ',"isHandle":false,"typeName":"int"}',
        [{"value": 1, "isHandle": False, "typeName": '"}'}],
        {"error": 1, "attachments": [1]},
        "error",
        '"attachment"',
        "é\u2028😀\0\\",
    ],
)
def test_values_that_look_like_replies(rpc, value):
    reply = rpc.call("Evaluate", expression="x", locals_json=json.dumps({"x": value}))
    assert json.loads(reply.value_json) == value
    assert reply.type_name == type(value).__name__


def test_a_type_name_that_needs_escaping(rpc):
    source = "class T: pass\nT.__qualname__ = 'a\"b\\\\é'\nT()"
    assert rpc.call("Evaluate", expression=source).handle.type_name.endswith('a"b\\é')


def test_long_bytes_travel_beside_the_json_both_ways(rpc):
    data = bytes(range(256)) * 1024
    reply = rpc.call("Evaluate", expression="[b'short', bytes(range(256)) * 1024, b'' ]")
    short, long, empty = json.loads(reply.value_json)
    assert (short["base64"], empty["base64"]) == ("c2hvcnQ=", "")
    assert long == {"$type": "bytes", "attachment": 0}
    assert list(reply.attachments) == [data]
    names = {"x": {"$type": "bytes", "attachment": 1}, "y": {"$type": "bytes", "attachment": 0}}
    reply = rpc.call(
        "Evaluate",
        expression="x == b'ab' * 99 and y == b''",
        locals_json=json.dumps(names),
        attachments=[b"", b"ab" * 99],
    )
    assert reply.value_json == "true"


def test_a_message_of_many_megabytes(rpc):
    data = b"\x01\x02\x03\x04" * (5 * 1024 * 1024)
    form = {"$type": "array", "attachment": 0, "dtype": "uint8", "shape": [len(data)]}
    made = rpc.call("WrapValue", value_json=json.dumps(form), attachments=[data])
    assert list(made.shape) == [len(data)]
    text = "é" * 3_000_000
    assert json.loads(rpc.call("Evaluate", expression="x", locals_json=json.dumps({"x": text})).value_json) == text
