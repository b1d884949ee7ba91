import json
import threading

import pytest
from compatibility.older_http import Refused, handle
from pools.harness import eventually

OPERATIONS = {
    "import": {"moduleName": "json"},
    "create": {"moduleHandleId": "MODULE", "className": "JSONDecoder"},
    "call": {"handleId": "MODULE", "methodName": "dumps", "args": [1], "returnType": "String"},
    "getattr": {"handleId": "MODULE", "attributeName": "__name__", "returnType": "String"},
    "setattr": {"handleId": "MODULE", "attributeName": "beep"},
    "eval": {"expression": "1", "returnType": "Int32"},
    "dispose": {"handleId": "nonsense"},
    "tofloatarray": {"handleId": "NUMBERS"},
    "tofloatarray2d": {"handleId": "ROWS"},
    "module-available": {"moduleName": "json"},
    "module_available": {"moduleName": "json"},
    "wrap": {"value": "x"},
}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_health(older_http, host):
    assert older_http.health(host)["status"] == "ok"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_answers_alike_under_both_prefixes(older_http, operation):
    made = {
        "MODULE": older_http.post("import", moduleName="json")["handleId"],
        "NUMBERS": older_http.post("wrap", value=[1, 2.5])["handleId"],
        "ROWS": older_http.post("wrap", value=[[1, 2], [3, 4]])["handleId"],
    }
    fields = {
        name: made.get(value, value) if isinstance(value, str) else value
        for name, value in OPERATIONS[operation].items()
    }
    one, other = older_http.post(operation, **fields), older_http.under("").post(operation, **fields)
    if operation.startswith("tofloatarray"):
        assert other == {"data": one}
        assert one == ([1, 2.5] if operation == "tofloatarray" else [[1, 2], [3, 4]])
        return
    assert one.keys() == other.keys()
    assert (
        {**one, "handleId": 0, "repr": 0} == {**other, "handleId": 0, "repr": 0} if "handleId" in one else one == other
    )


def test_the_shapes_that_the_client_reads(older_http):
    module = older_http.post("import", moduleName="fractions")
    assert isinstance(module["handleId"], str) and module["handleId"]
    half = older_http.post("create", moduleHandleId=module["handleId"], className="Fraction", args=[1, 2], kwargs={})
    assert half["handleId"] and half["typeName"] == "fractions.Fraction"
    value = older_http.post("getattr", handleId=half["handleId"], attributeName="numerator", returnType="Int32")
    assert (value["value"], value["isHandle"]) == (1, False)
    total = older_http.post(
        "call", handleId=half["handleId"], methodName="__add__", args=[handle(half)], returnType="Object"
    )
    assert (total["isHandle"], total["typeName"]) == (True, "fractions.Fraction")
    assert (
        older_http.post("eval", expression="str(x)", locals={"x": handle(total)}, returnType="String")["value"] == "1"
    )
    assert older_http.post("setattr", handleId=module["handleId"], attributeName="beep", value=[1])["success"] is True
    assert older_http.post("wrap", value={"a": 1})["typeName"] == "dict"
    assert older_http.post("dispose", handleId=half["handleId"])["success"] is True


def test_what_is_null_or_left_out_means_nothing_and_none(older_http):
    module = older_http.post("import", moduleName="types")["handleId"]
    nulls = {"moduleHandleId": module, "className": "SimpleNamespace", "args": None, "kwargs": None}
    made = older_http.post_text("create", json.dumps(nulls))["handleId"]
    assert older_http.post("setattr", handleId=made, attributeName="x")["success"] is True
    assert older_http.post("getattr", handleId=made, attributeName="x")["value"] is None
    assert older_http.post_text("eval", '{"expression":"1","locals":null,"returnType":null}')["value"] == 1
    assert (
        older_http.post_text("wrap", '{"value":null}')["typeName"] == older_http.post("wrap")["typeName"] == "NoneType"
    )


def test_falsy_objects_and_arrays_stay_usable(older_http):
    for value in ([], {}, 0, "", None, False):
        made = older_http.post("wrap", value=value)["handleId"]
        assert older_http.post("call", handleId=made, methodName="__repr__")["value"] == repr(value)
    empty = older_http.post("wrap", value=[])["handleId"]
    assert older_http.post("tofloatarray", handleId=empty) == []
    made = older_http.post("eval", expression="import array\narray.array('d', [1, 2, 3])")
    assert made["isHandle"] is True
    assert older_http.post("tofloatarray", handleId=made["handleId"]) == [1, 2, 3]
    assert older_http.post("call", handleId=made["handleId"], methodName="count", args=[2])["value"] == 1


@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("call", {"handleId": "handle_99", "methodName": "x"}),
        ("tofloatarray", {"handleId": "handle_99"}),
        ("eval", {"expression": "1 / 0"}),
        ("eval", {"expression": "1 +"}),
        ("import", {"moduleName": "no_such_module"}),
        ("eval", {}),
        ("no_such_operation", {}),
    ],
)
def test_a_failure_is_a_status_with_error_and_detail(older_http, operation, fields):
    for prefix in ("/api", ""):
        with pytest.raises(Refused) as caught:
            older_http.under(prefix).post(operation, **fields)
        answer = caught.value.fields
        assert isinstance(answer["error"], str) and answer["error"] == answer["detail"]
    assert older_http.post("eval", expression="1")["value"] == 1


def test_evaluate_takes_what_the_design_shows(older_http):
    assert older_http.post("eval", expression="[x * k for x in range(3)]", locals={"k": 2})["value"] == [0, 2, 4]
    block = "import math\nfrom collections import Counter\nc = Counter(text)\nmath.floor(c['a'] + 0.5)"
    assert older_http.post("eval", expression=block, locals={"text": "banana"})["value"] == 3
    assert older_http.post("eval", expression="object()")["isHandle"] is True
    assert older_http.post("eval", expression="float('nan')")["isHandle"] is False
    with pytest.raises(Refused):
        older_http.post("eval", expression="c")


def test_a_slow_call_delays_nobody_who_asks_for_health(older_http, tmp_path):
    started, enough = tmp_path / "stärted", tmp_path / "enough"
    code = "import pathlib, time\npathlib.Path(a).touch()\nwhile not pathlib.Path(b).exists(): time.sleep(0.01)"
    names = {"a": str(started), "b": str(enough)}
    slow = threading.Thread(target=lambda: older_http.post("eval", expression=code, locals=names))
    slow.start()
    try:
        eventually(started.exists, "the slow call runs")
        assert older_http.health()["status"] == "ok"
        assert slow.is_alive()
    finally:
        enough.touch()
        slow.join()


def test_exit_ends_no_server(older_http):
    with pytest.raises(Refused):
        older_http.post("eval", expression="exit()")
    assert older_http.post("eval", expression="1")["value"] == 1
