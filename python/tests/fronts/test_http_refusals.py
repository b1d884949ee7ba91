import json
import os
import shutil

import pytest

pytestmark = pytest.mark.needs_admin

EVAL = {"expression": "1"}


def refused(answer, status, code):
    assert (answer.status, answer.json["code"]) == (status, code), answer
    assert answer.json["error"] == answer.json["detail"] == answer.json["message"]
    assert answer.headers["Content-Type"] == "application/json"
    return answer


@pytest.mark.parametrize("path", ["/eval", "/api/eval", "/health", "/docs", "/openapi.json", "/nowhere"])
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic s3cret-token"])
def test_nothing_without_the_token(server, path, authorization):
    method = "POST" if path.endswith("eval") else "GET"
    answer = server.ask(method, path, b'{"expression":"1"}', authorization=authorization)
    assert refused(answer, 401, "UNAUTHORIZED").headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"host": "example.com"}, 403, "FORBIDDEN"),
        ({"host": "127.0.0.1:1"}, 403, "FORBIDDEN"),
        ({"origin": "https://example.com"}, 403, "FORBIDDEN"),
        ({"origin": "null"}, 403, "FORBIDDEN"),
        ({"content_type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content_type": None}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content_encoding": "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
    ],
)
def test_headers_that_are_refused(server, change, status, code):
    connection = server.connection()
    for path in ("/eval", "/api/call", "/cancel"):
        refused(server.post(path, EVAL, connection=connection, **change), status, code)
    assert server.done("/eval", EVAL, connection=connection)["value"] == 1
    connection.close()


def test_a_page_s_preflight_is_refused(server):
    answer = server.ask(
        "OPTIONS", "/eval", origin="https://example.com", authorization=None, access_control_request_method="POST"
    )
    refused(answer, 403, "FORBIDDEN")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_loopback_names_are_let_in_with_and_without_the_port(server, host):
    assert server.done("/eval", EVAL, host=host)["value"] == 1
    assert server.done("/eval", EVAL, host=f"{host}:{server.port}")["value"] == 1


@pytest.mark.parametrize("prefix", ["", "/api"])
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/nowhere", 404, "NOT_FOUND"),
        ("POST", "/", 404, "NOT_FOUND"),
        ("POST", "/eval/", 404, "NOT_FOUND"),
        ("GET", "/eval", 405, "METHOD_NOT_ALLOWED"),
        ("PUT", "/eval", 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/health", 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/docs", 405, "METHOD_NOT_ALLOWED"),
    ],
)
def test_paths_and_methods_that_are_refused(server, prefix, method, path, status, code):
    answer = refused(server.ask(method, prefix + path, b"{}"), status, code)
    if status == 405:
        assert answer.headers["Allow"] == ("POST" if path == "/eval" else "GET")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/eval", b""),
        ("/eval", b'{"expression":'),
        ("/eval", b'{"expression":"1"} {}'),
        ("/eval", b'{"expression":"1"},"command":"wrap","payload":{}'),
        ("/eval", b"[]"),
        ("/eval", b'"1"'),
        ("/eval", b"\xff\xfe"),
        ("/eval", b"{}"),
        ("/eval", b'{"expression":["1"]}'),
        ("/eval", b'{"expression":"1","locals":{"a":NaN}}'),
        ("/eval", b'{"expression":"1","locals":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001),
        ("/call", b'{"handleId":"h","methodName":"m","args":"x"}'),
        ("/create", b'{"className":"C"}'),
        ("/cancel", b'{"requestId":7}'),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_bodies_that_are_refused(server, path, body):
    connection = server.connection()
    refused(server.post(path, body, connection=connection), 400, "BAD_REQUEST")
    assert server.done("/eval", EVAL, connection=connection)["value"] == 1
    connection.close()


def test_the_gate_answers_before_the_body_is_there(server):
    with server.raw(server.head("POST /eval HTTP/1.1", Authorization=None, Content_Length="1000000")) as peer:
        refused(peer.answer(), 401, "UNAUTHORIZED")


@pytest.fixture
def marks(server):
    """A folder where code would leave its mark, which nothing has done in the end, though code could."""
    folder = os.path.join(server.folder, "marks")
    os.mkdir(folder)
    yield lambda name: f"open({os.path.join(folder, name)!r}, 'w').close()"
    assert os.listdir(folder) == []
    server.eval(f"open({os.path.join(folder, 'allowed')!r}, 'w').close()")
    assert os.listdir(folder) == ["allowed"]
    shutil.rmtree(folder)


def test_no_code_runs_for_a_page_whatever_it_calls_its_content(server, marks):
    content_types = [
        *(
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "text/plain;charset=UTF-8",
        ),
        *("application/octet-stream", "application/json", "application/json; charset=utf-16", "text/json", "", None),
    ]
    origins = ["http://evil.example", f"http://evil.example:{server.port}", server.url, "null", ""]
    for path in ("/eval", "/api/eval", "/execute"):
        field = "code" if path == "/execute" else "expression"
        for content_type in content_types:
            for origin in origins:
                for token in (f"Bearer {server.token}", None):
                    headers = {"content_type": content_type, "origin": origin, "authorization": token}
                    refused(server.post(path, {field: marks("page")}, **headers), 403, "FORBIDDEN")
            # Without an origin, as from a form of a browser that sends none: its content, or the token, is missing.
            answer = server.post(path, {field: marks("form")}, content_type=content_type, authorization=None)
            refused(answer, 401, "UNAUTHORIZED")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:{port}", "localhost.:{port}", ""]
)
def test_no_code_runs_for_a_name_that_only_leads_here(server, marks, host):
    body = {"expression": marks("rebound")}
    refused(server.post("/eval", body, host=host.format(port=server.port)), 403, "FORBIDDEN")
    refused(server.ask("GET", "/health", host=host.format(port=server.port)), 403, "FORBIDDEN")


def test_no_code_runs_by_way_of_a_web_socket(server, marks):
    text = json.dumps({"expression": marks("socket")}).encode()
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    for path in ("/", "/eval", "/execute"):
        for origin in ("http://evil.example", None):
            head = server.head(
                f"GET {path} HTTP/1.1", Origin=origin, Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==", **upgrade
            )
            with server.raw(head + b"\x81" + bytes([len(text)]) + text) as peer:
                assert peer.answer().status in (403, 404, 405)


def test_refused_code_does_not_run(server, marks):
    for change in ({"authorization": None}, {"origin": "null"}, {"content_type": "text/plain"}):
        assert server.post("/eval", {"expression": marks("refused")}, **change).status >= 400
