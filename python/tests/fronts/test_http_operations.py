import json
import os

import pytest

pytestmark = pytest.mark.needs_admin

PREFIXES = pytest.mark.parametrize("prefix", ["", "/api"])


@PREFIXES
def test_health_says_ok(server, prefix):
    answer = server.ask("GET", prefix + "/health", content_type=None)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json["status"] == "ok"
    assert answer.json["protocol"] == 1
    assert "id" not in answer.json
    assert answer.json["pid"] == server.eval("__import__('os').getpid()")["value"] != os.getpid()


@PREFIXES
def test_the_life_of_an_object(server, prefix):
    module = server.done(prefix + "/import", {"moduleName": "collections"})
    assert (module["typeName"], module["isHandle"], module["moduleName"]) == ("module", True, "collections")
    made = server.done(
        prefix + "/create",
        {"moduleHandleId": module["handleId"], "className": "OrderedDict", "args": [[["a", 1]]], "kwargs": {"b": 2}},
    )
    assert made["typeName"] == "collections.OrderedDict"
    handle = {"handleId": made["handleId"]}
    assert server.done(prefix + "/call", {**handle, "methodName": "get", "args": ["b"]})["value"] == 2
    assert server.done(prefix + "/setattr", {**handle, "attributeName": "note", "value": [1]}) == {"success": True}
    read = server.done(prefix + "/getattr", {**handle, "attributeName": "note"})
    assert read == {"value": [1], "isHandle": False, "typeName": "list"}
    assert server.done(prefix + "/dispose", handle) == {"success": True}
    assert server.done(prefix + "/dispose", handle) == {"success": True}
    gone = server.post(prefix + "/call", {**handle, "methodName": "keys"})
    assert (gone.status, gone.json["code"]) == (404, "HANDLE_NOT_FOUND")


def test_create_takes_a_module_by_name(server):
    made = server.done("/create", {"moduleName": "fractions", "className": "Fraction", "args": [1, 3]})
    assert made["repr"] == "Fraction(1, 3)"


@PREFIXES
@pytest.mark.parametrize(
    ("payload", "value"),
    [
        ({"expression": "1 + 1"}, 2),
        ({"expression": "[x * f for x in range(3)]", "locals": {"f": 10}}, [0, 10, 20]),
        ({"expression": "import math\ny = math.floor(2.5)\ny + 1"}, 3),
        ({"expression": "x = 1"}, None),
        ({"expression": "'é 😀 \\u2028'"}, "é 😀 \u2028"),
        ({"expression": "None", "locals": None, "returnType": "Object"}, None),
        ({"expression": "{'error': 1, 'attachment': 2}"}, {"error": 1, "attachment": 2}),
        ({"expression": "'error'"}, "error"),
        ({"expression": "10 ** 20"}, {"$type": "int", "value": "100000000000000000000"}),
        ({"expression": "float('nan')"}, {"$type": "float", "value": "nan"}),
        ({"expression": "b'\\x00abc'"}, {"$type": "bytes", "base64": "AGFiYw=="}),
        (
            {"expression": "[b'', {'a': b'z'}]"},
            [{"$type": "bytes", "base64": ""}, {"a": {"$type": "bytes", "base64": "eg=="}}],
        ),
    ],
)
def test_eval_gives_values(server, prefix, payload, value):
    answer = server.done(prefix + "/eval", payload)
    assert answer["value"] == value
    assert answer["isHandle"] is False


def test_large_bytes_arrive_intact(server):
    import base64

    value = server.eval("bytes(range(256)) * 8192")["value"]
    assert base64.b64decode(value["base64"]) == bytes(range(256)) * 8192


@pytest.mark.parametrize("expression", ["object()", "[object()]", "type('T', (list,), {})()", "range(0)", "open"])
def test_eval_gives_handles_for_the_rest(server, expression):
    assert server.eval(expression)["isHandle"] is True


@pytest.mark.parametrize("value", [0, "", [], {}, None, False])
def test_falsy_objects_are_objects(server, value):
    handle = server.done("/wrap", {"value": value})
    assert handle["isHandle"] is True
    same = server.done("/eval", {"expression": "x == y", "locals": {"x": handle, "y": value}})
    assert same["value"] is True
    shown = server.done("/call", {"handleId": handle["handleId"], "methodName": "__repr__"})
    assert shown["value"] == repr(value)


def test_handles_in_arguments_are_the_live_objects(server):
    bag = server.eval("type('Bag', (list,), {})([3, 1, 2])")
    module = server.done("/import", {"moduleName": "builtins"})["handleId"]
    call = {"handleId": module, "methodName": "sorted", "args": [{**bag, "isValid": True}]}
    assert server.done("/call", call)["value"] == [1, 2, 3]
    pascal = {"HandleId": bag["handleId"]}
    nested = server.done("/eval", {"expression": "[len(b) for b in bags]", "locals": {"bags": [pascal]}})
    assert nested["value"] == [3]


@PREFIXES
@pytest.mark.parametrize("name", ["module_available", "module-available"])
def test_module_available_under_both_names(server, prefix, name):
    assert server.done(f"{prefix}/{name}", {"moduleName": "json"}) == {"available": True}
    assert server.done(f"{prefix}/{name}", {"moduleName": "no_such_module_here"}) == {"available": False}


def test_a_python_error_comes_with_its_traceback(server):
    answer = server.post("/eval", {"expression": "def f():\n    raise ValueError('boom é')\nf()"})
    fields = answer.json
    assert answer.status == 422
    assert fields["code"] == "PYTHON_ERROR"
    assert fields["error"] == fields["detail"] == fields["message"] == "ValueError: boom é"
    assert "in f" in fields["traceback"]
    assert fields["details"]["exceptionType"] == "ValueError"
    assert "id" not in fields


def test_exit_is_an_answer_and_not_an_end(server):
    answer = server.post("/eval", {"expression": "exit(3)"})
    assert (answer.status, answer.json["code"]) == (422, "PYTHON_EXIT")
    assert answer.json["details"]["exitCode"] == 3
    assert server.eval("1")["value"] == 1


def test_a_byte_order_mark_before_the_body_is_no_error(server):
    assert server.done("/eval", b"\xef\xbb\xbf" + json.dumps({"expression": "2"}).encode())["value"] == 2


def test_a_percent_encoded_path_and_a_query_find_the_operation(server):
    assert server.done("/ev%61l?x=1", {"expression": "2"})["value"] == 2
