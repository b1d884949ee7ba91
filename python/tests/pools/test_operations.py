"""Every operation, on every Python, through every door."""


def test_ping_tells_who_answers(either, pool, python):
    reply = either.ask("ping")
    reply.pop("id", None)
    # gRPC says 0 for what is absent.
    assert {reply.pop(name, 0) for name in ("worker", "workers")} == {0}
    assert reply == {
        "status": "ok",
        "protocol": 1,
        "pid": pool.ready["worker"]["pid"],
        "python": pool.ready["worker"]["python"],
        "epoch": 1,
    }


def test_hello_is_answered_and_not_needed(dialect):
    assert dialect.ask("hello", token="whatever")["status"] == "ok"


def test_import_gives_a_module_handle(either):
    reply = either.ask("import", moduleName="collections.abc")
    assert (reply["typeName"], reply["isHandle"], reply["moduleName"]) == ("module", True, "collections.abc")
    assert either.ask("getattr", handleId=reply["handleId"], attributeName="__name__")["value"] == "collections.abc"


def test_import_of_what_is_not_there(either):
    reply = either.ask("import", moduleName="no_such_module_anywhere")
    assert reply["code"] == "PYTHON_ERROR"
    assert reply["details"]["exceptionType"] == "ModuleNotFoundError"
    assert "importlib" not in reply["traceback"]


def test_create_by_module_handle_and_by_name(either):
    module = either.ask("import", moduleName="fractions")
    made = either.ask("create", moduleHandleId=module["handleId"], className="Fraction", args=[3, 4])
    assert (made["isHandle"], made["typeName"], made["repr"]) == (True, "fractions.Fraction", "Fraction(3, 4)")
    made = either.ask("create", moduleName="fractions", className="Fraction", kwargs={"numerator": 5}, args=None)
    assert made["repr"] == "Fraction(5, 1)"


def test_create_always_gives_a_handle(either):
    made = either.ask("create", moduleName="builtins", className="list")
    assert (made["isHandle"], made["repr"]) == (True, "[]")


def test_create_reaches_nested_classes(either):
    made = either.ask("create", moduleName="ctypes", className="c_int", args=[7])
    assert either.ask("getattr", handleId=made["handleId"], attributeName="value")["value"] == 7
    assert either.ask("create", moduleName="os", className="path.no")["code"] == "PYTHON_ERROR"


def test_call_on_objects_and_modules(either):
    module = either.ask("import", moduleName="math")["handleId"]
    assert either.ask("call", handleId=module, methodName="sqrt", args=[9])["value"] == 3.0
    function = either.ask("getattr", handleId=module, attributeName="sqrt")
    assert (function["isHandle"], function["typeName"]) == (True, "builtin_function_or_method")
    assert either.ask("call", handleId=function["handleId"], methodName="__call__", args=[16])["value"] == 4.0


def test_call_with_kwargs_and_handles_inside_arguments(either):
    first = either.ask("wrap", value=[3, 1, 2])["handleId"]
    builtins = either.ask("import", moduleName="builtins")["handleId"]
    asked = {"handleId": builtins, "methodName": "sorted", "args": [{"handleId": first}], "kwargs": {"reverse": True}}
    assert either.ask("call", **asked)["value"] == [3, 2, 1]
    nested = {"deep": [{"HandleId": first, "typeName": "list", "isValid": True}]}
    assert either.value("x['deep'][0] is y", x=nested, y={"handleId": first}) is True


def test_setattr_and_getattr(either):
    made = either.ask("create", moduleName="types", className="SimpleNamespace")["handleId"]
    assert either.ask("setattr", handleId=made, attributeName="x", value={"a": 1})["success"] is True
    assert either.ask("getattr", handleId=made, attributeName="x")["value"] == {"a": 1}
    assert either.ask("setattr", handleId=made, attributeName="x")["success"] is True
    assert either.ask("getattr", handleId=made, attributeName="x")["value"] is None
    assert either.ask("getattr", handleId=made, attributeName="y")["details"]["exceptionType"] == "AttributeError"


def test_dispose_frees_the_object_and_forgives_unknown_ids(either):
    source = "import weakref\nclass Seen: pass\nseen = Seen()\nseen.ref = weakref.ref(seen)\nseen"
    seen = either.eval(source)["handleId"]
    ref = either.ask("getattr", handleId=seen, attributeName="ref")["handleId"]
    assert either.ask("dispose", handleId=seen)["success"] is True
    either.value("__import__('gc').collect()")
    assert either.value("r() is None", r={"handleId": ref}) is True
    assert either.ask("getattr", handleId=seen, attributeName="ref")["code"] == "HANDLE_NOT_FOUND"
    assert either.ask("dispose", handleId=seen)["success"] is True
    assert either.ask("dispose", handleId="nonsense")["success"] is True


def test_module_available_does_not_import(either):
    assert either.ask("module_available", moduleName="wave")["available"] is True
    assert either.ask("module_available", moduleName="xml.dom.minidom")["available"] is True
    assert either.ask("module_available", moduleName="os.path")["available"] is True
    loaded = either.value("import sys\n[name for name in ('wave', 'xml.dom.minidom') if name in sys.modules]")
    assert loaded == []
    for absent in ("no_such_module", "json.no_such", "no_such.json", "wave.x", "a..b"):
        assert either.ask("module_available", moduleName=absent)["available"] is False


def test_wrap_makes_a_handle_of_any_value(either):
    for value in (0, "", [], None, {"$type": "tuple", "items": [1]}):
        wrapped = either.ask("wrap", value=value)
        assert wrapped["isHandle"] is True
    assert wrapped["typeName"] == "tuple"
    assert either.ask("wrap")["repr"] == "None"


def test_falsy_objects_are_objects(either):
    for source in ("[]", "{}", "0", "''", "None", "set()"):
        handle = either.ask("wrap", value=either.value(source))["handleId"]
        assert either.ask("getattr", handleId=handle, attributeName="__class__")["isHandle"] is True
        assert either.ask("call", handleId=handle, methodName="__bool__" if source == "0" else "__repr__")
    empty = either.ask("wrap", value=[])["handleId"]
    assert either.ask("call", handleId=empty, methodName="append", args=[1])["value"] is None
    assert either.ask("call", handleId=empty, methodName="__len__")["value"] == 1
    assert either.ask("tofloatarray", handleId=either.ask("wrap", value=[])["handleId"])["data"] is not None


def test_handles_live_on_in_other_connections(pool):
    with pool.frames() as one, pool.lines() as other:
        handle = one.ask("wrap", value="shared")["handleId"]
        one.sock.close()
        assert other.ask("call", handleId=handle, methodName="upper")["value"] == "SHARED"


def test_payload_is_optional_and_unknown_fields_are_ignored(dialect):
    assert dialect.ask("eval", expression="1", returnType="int", locals=None, more={"x": 1})["value"] == 1
    assert dialect.ask("ping", x=1)["status"] == "ok"


def test_wrong_payloads_name_the_field(dialect):
    for command, payload, field in (
        ("eval", {}, "expression"),
        ("eval", {"expression": 3}, "expression"),
        ("eval", {"expression": "x", "locals": [1]}, "locals"),
        ("call", {"handleId": 7, "methodName": "x"}, "handleId"),
        ("call", {"handleId": "h1-0", "methodName": None}, "h1-0"),
        ("import", {"moduleName": ""}, "moduleName"),
        ("import", {"moduleName": ".os"}, "moduleName"),
        ("create", {"className": "x"}, "moduleHandleId"),
        ("create", {"moduleName": "os", "className": "x", "args": {}}, "args"),
        ("dispose", {}, "handleId"),
        ("tofloatarray", {"handleId": None}, "handleId"),
        ("wrap", {"value": {"$type": "no such"}}, "no such"),
        ("wrap", {"value": {"$type": "bytes", "base64": "%"}}, "bytes"),
        ("wrap", {"value": {"$type": "bytes", "attachment": 0}}, "attachment"),
        ("nonsense", {}, "nonsense"),
    ):
        reply = dialect.ask(command, **payload)
        assert reply["code"] in ("BAD_REQUEST", "HANDLE_NOT_FOUND"), (command, payload, reply)
        assert field in reply["message"]
        assert reply["error"] == reply["detail"] == reply["message"]
    assert dialect.value("1") == 1
