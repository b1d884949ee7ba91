import json

import pytest

from beep_engine.fronts.http.session_paths import SESSION_PATHS, paths_of
from beep_engine.fronts.http.uploads import UPLOADS
from beep_engine.fronts.operations import OPERATIONS

pytestmark = pytest.mark.needs_admin

COMMANDS = {operation.command for operation in OPERATIONS}


@pytest.fixture(scope="module")
def document(server):
    answer = server.ask("GET", "/openapi.json", content_type=None)
    assert answer.status == 200
    return answer.json


def test_lists_every_path_that_answers_and_no_other(server, document):
    names = {"health"}.union(*map(paths_of, COMMANDS))
    others = {path.path[1:] for path in (*SESSION_PATHS, *UPLOADS)}
    assert set(document["paths"]) == {f"{prefix}/{name}" for prefix in ("", "/api") for name in names | others}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            session_id = server.done("/sessions")["sessionId"]
            body = b"{}" if method == "post" else None
            answer = server.ask(method.upper(), path.replace("{sessionId}", session_id), body)
            assert answer.status not in (404, 405, 500), (path, answer)
            assert str(answer.status) in described["responses"], path
            server.ask("DELETE", f"/sessions/{session_id}")


def test_describes_the_fields_that_are_checked(document):
    schemas = document["components"]["schemas"]
    for operation in OPERATIONS:
        described = document["paths"][f"/{operation.command}"]["post"]["requestBody"]["content"]["application/json"]
        schema = schemas[described["schema"]["$ref"].rsplit("/", 1)[1]]
        assert set(schema["properties"]) == {field.name for field in operation.all_fields}
        assert set(schema.get("required", [])) == {field.name for field in operation.fields if field.required}
    assert [choice["required"] for choice in schemas["CreateRequest"]["anyOf"]] == [["moduleHandleId"], ["moduleName"]]
    assert schemas["EvalRequest"]["properties"]["expression"]["type"] == "string"


def test_every_reference_leads_somewhere(document):
    def references(node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    found = set(references(document))
    assert found
    for reference in found:
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"], reference


def test_names_its_operations_once(document):
    ids = [described["operationId"] for methods in document["paths"].values() for described in methods.values()]
    assert len(ids) == len(set(ids))


def test_what_it_says_of_replies_is_true(server, document):
    schemas = document["components"]["schemas"]

    def fields(name):
        schema = schemas[name]
        return set(schema["properties"]), set(schema["required"])

    for name, reply in (
        ("Health", server.ask("GET", "/health").json),
        ("ModuleHandle", server.done("/import", {"moduleName": "json"})),
        ("Handle", server.done("/wrap", {"value": 1})),
        ("Value", server.eval("1")),
        ("Success", server.done("/dispose", {"handleId": "h0-0"})),
        ("Available", server.done("/module_available", {"moduleName": "json"})),
        ("Failure", server.post("/eval", {"expression": "1/0"}).json),
        ("HandleList", server.done("/handles_list")),
        ("Session", server.done("/sessions", {"name": "one"})),
        ("Session", server.done("/sessions", {"ownProcess": True})),
        ("SessionList", server.ask("GET", "/sessions").json),
        *streamed(server),
    ):
        known, required = fields(name)
        assert required <= set(reply) <= known, (name, reply)


def streamed(server):
    code = "print(1)\ndisplay(2)\ntry: input()\nexcept EOFError: pass\nprint('x' * 99)"
    answer = server.post("/execute", {"code": f"{code}\n5", "allowInput": False, "outputLimit": 50})
    *events, value = map(json.loads, answer.body.splitlines())
    handle = json.loads(server.post("/execute", {"code": "object()"}).body)
    named = {"output": "OutputEvent", "display": "DisplayEvent"}
    return [*[(named[event["event"]], event) for event in events], ("ExecutedValue", value), ("ExecutedHandle", handle)]


@pytest.mark.parametrize("path", ["/docs", "/api/docs"])
def test_the_page_names_every_operation_and_loads_nothing(server, path):
    answer = server.ask("GET", path, content_type=None)
    assert answer.status == 200
    page = answer.body.decode()
    for command in COMMANDS:
        assert f"POST /{command}<" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for loading in ("<script", "src=", "href=", "url(", "@import"):
        assert loading not in page


def test_a_missing_fastapi_breaks_the_page_only():
    from fronts.harness import running_server

    with running_server(without=["fastapi"]) as server:
        answer = server.ask("GET", "/docs")
        assert (answer.status, answer.json["code"]) == (500, "INTERNAL")
        assert "beep-host venv admin" in answer.json["hint"]
        assert server.eval("1")["value"] == 1
