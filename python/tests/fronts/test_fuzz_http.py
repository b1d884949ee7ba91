"""The front and its own description: what that allows is answered as it says, what it forbids is refused."""

import pytest
from fronts.harness import DEADLINE, running_server
from fuzzing import LONG, examples, tried
from hypothesis import given
from hypothesis import strategies as st

from beep_engine.fronts.http.session_paths import FOLDERS

pytestmark = pytest.mark.needs_admin

CODE = [
    "1 + 1",
    "object()",
    "'é' * 5",
    "1 / 0",
    "exit(2)",
    "x = 1",
    "b'y' * 70000",
    "(",
    "print(1)",
    "[1, 2.5, float('nan')]",
]
OF_THE_HOST = tuple(prefix + folder for prefix in ("/", "/api/") for folder in FOLDERS)
# Requests that are right may still be about something that is not there, or code that raises.
ACCEPTED = ["2xx", "404", "422"]


@pytest.fixture(scope="module")
def described():
    """A server, what it says of itself, and the id of an object that it holds."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig

    @schemathesis.serializer("application/vnd.apache.arrow.stream")
    def as_it_is(_context, value):
        return bytes(value) if isinstance(value, (bytes, bytearray)) else str(value).encode()

    with running_server() as server:
        config = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
        document = server.ask("GET", "/openapi.json", content_type=None).json
        schema = schemathesis.openapi.from_dict(document, config=config)
        yield server, schema, server.done("/wrap", {"value": [1, 2]})["handleId"]


def checks_for(operation):
    from schemathesis.checks import CHECKS, load_all_checks

    load_all_checks()
    # Those about what follows a deletion guess from names what deletes; a POST to /input makes nothing.
    left_out = {"use_after_free", "ensure_resource_availability"}
    if operation.path.rpartition("/")[2] in ("arrays", "tables"):
        # Which bytes are an array of that shape, or a table, is beyond a schema.
        left_out.add("positive_data_acceptance")
    if operation.path.startswith(OF_THE_HOST):
        # This server may not ask its host.
        left_out.add("positive_data_acceptance")
    return CHECKS.get_by_names(sorted(set(CHECKS.get_all_names()) - left_out))


def livelier(body, draw, handle_id):
    """Random text is seldom code, or the id of an object: now and then it is. What no schema can say is made right."""
    if draw(st.booleans()):
        for name, values in (("expression", CODE), ("code", CODE), ("handleId", [handle_id]), ("moduleName", ["json"])):
            if isinstance(body.get(name), str):
                body[name] = draw(st.sampled_from(values))
    if isinstance(body.get("workingFolder"), str):
        # There must be such a folder.
        body["workingFolder"] = "/"
    for name in ("handleLimit", "memoryLimitBytes", "outputLimit", "limit"):
        if isinstance(body.get(name), float):
            # To a schema 1.0 is an integer, too.
            body[name] = int(body[name])
    if body.get("ownProcess") is False:
        body.pop("memoryLimitBytes", None)


def with_time(body):
    """What has no time is a TIMEOUT, as it should be, and that has the status of a failure."""
    seconds = body.get("timeoutSeconds") if isinstance(body, dict) else None
    if type(seconds) in (int, float) and seconds > 0:
        body["timeoutSeconds"] = max(seconds, DEADLINE)


def tidy(server, response):
    """What was opened is closed, so that the next one may be."""
    if response.status_code == 200 and b'"sessionId"' in response.content:
        session_id = response.json().get("sessionId")
        if session_id:
            server.ask("DELETE", f"/sessions/{session_id}", content_type=None)


def trying(operation, kind, described, of):
    """A test of one of so many operations, with requests that the description allows, or such that it forbids."""
    server, _, handle_id = described
    headers = {"Authorization": f"Bearer {server.token}"}
    checks = checks_for(operation)

    @examples(8, of)
    @given(data=st.data())
    def holds(data):
        case = data.draw(operation.as_strategy(kind))
        if kind.is_positive and isinstance(case.body, dict):
            livelier(case.body, data.draw, handle_id)
        with_time(case.body)
        tried(f"HTTP, what the description {'allows' if kind.is_positive else 'forbids'}")
        response = case.call(base_url=server.url, headers=headers, timeout=DEADLINE)
        tidy(server, response)
        case.validate_response(response, checks=checks, headers=headers)

    return holds


@pytest.mark.parametrize("kind", ["positive", "negative"])
def test_the_description_is_true(described, kind):
    from schemathesis import GenerationMode

    server, schema, _ = described
    operations = [result.ok() for result in schema.get_all_operations()]
    # Under /api all is the same, but for the arrays.
    operations = [one for one in operations if LONG or not one.path.startswith("/api") or "floatarray" in one.path]
    assert len(operations) > 30
    for operation in operations:
        trying(operation, GenerationMode(kind), described, len(operations))()
    assert server.eval("6 * 7")["value"] == 42
