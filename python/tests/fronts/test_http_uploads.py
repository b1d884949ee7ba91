import array

import pytest

pytestmark = pytest.mark.needs_admin

BYTES = "application/octet-stream"
MB = 1024 * 1024


def put(server, data, path="/arrays", method="PUT", content_type=BYTES, **headers):
    return server.ask(method, path, data, content_type=content_type, **headers)


def fetched(server, handle_id, **headers):
    answer = server.post("/toarray", {"handleId": handle_id}, accept=BYTES, **headers)
    assert (answer.status, answer.headers["Content-Type"]) == (200, BYTES), answer
    return answer.headers["X-Beep-Dtype"], answer.headers["X-Beep-Shape"], answer.body


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("path", ["/arrays", "/api/arrays"])
def test_an_array_goes_and_comes_as_bytes(server, method, path):
    numbers = array.array("h", [1, 2, 3, 4, 5, -6]).tobytes()
    answer = put(server, numbers, path, method, x_beep_dtype="int16", x_beep_shape="2, 3")
    assert answer.status == 200, answer
    made = answer.json
    assert (made["isHandle"], made["shape"], made["dtype"]) == (True, [2, 3], "int16")
    assert fetched(server, made["handleId"]) == ("int16", "2,3", numbers)
    assert server.eval("memoryview(x).tolist()", x={"handleId": made["handleId"]})["value"] == [[1, 2, 3], [4, 5, -6]]
    as_json = server.done("/toarray", {"handleId": made["handleId"]})["data"]
    assert (as_json["dtype"], as_json["shape"], as_json["base64"]) == ("int16", [2, 3], "AQACAAMABAAFAPr/")


def test_without_headers_it_is_float64_of_one_dimension(server):
    numbers = array.array("d", [1.5, float("nan")]).tobytes()
    made = put(server, numbers).json
    assert fetched(server, made["handleId"]) == ("float64", "2", numbers)
    assert server.post("/toarray", {"handleId": made["handleId"]}).status == 200


def test_an_empty_shape_is_a_single_number(server):
    answer = put(server, bytes(4), x_beep_dtype="float32", x_beep_shape="")
    assert answer.status == 200, answer
    dtype, _shape, data = fetched(server, answer.json["handleId"])
    assert (dtype, data) == ("float32", bytes(4))


def test_many_megabytes_in_chunks(server):
    piece = bytes(range(256)) * (MB // 256)
    answer = put(server, iter([piece] * 70), x_beep_dtype="uint8", x_beep_shape=f"70,{MB}")
    assert answer.status == 200, answer
    assert fetched(server, answer.json["handleId"])[2] == piece * 70
    server.done("/dispose", {"handleId": answer.json["handleId"]})


def test_an_array_of_a_session(server):
    session = server.done("/sessions")["sessionId"]
    made = put(server, bytes(8), x_beep_session=session).json
    inside = {"expression": "len(x)", "locals": {"x": {"handleId": made["handleId"]}}}
    assert server.done("/eval", {**inside, "sessionId": session})["value"] == 1
    assert server.post("/eval", inside).json["code"] == "HANDLE_NOT_FOUND"
    server.ask("DELETE", f"/sessions/{session}")
    assert put(server, bytes(8), x_beep_session=session).json["code"] == "SESSION_NOT_FOUND"


@pytest.mark.parametrize(
    ("headers", "status", "word"),
    [
        ({"content_type": "application/json"}, 415, "Content-Type"),
        ({"content_type": None}, 415, "Content-Type"),
        ({"content_type": "text/plain"}, 415, "Content-Type"),
        ({"content_encoding": "gzip"}, 415, "Content-Encoding"),
        ({"origin": "http://evil.example"}, 403, "Origin"),
        ({"authorization": None}, 401, "token"),
        ({"host": "evil.example"}, 403, "Host"),
        ({"x_beep_dtype": "text"}, 400, "dtype"),
        ({"x_beep_shape": "2"}, 400, "16 bytes"),
        ({"x_beep_shape": "-1"}, 400, "X-Beep-Shape"),
        ({"x_beep_shape": "1,,1"}, 400, "X-Beep-Shape"),
        ({"x_beep_shape": "9" * 30}, 400, "X-Beep-Shape"),
        ({"content_length": str(2**31)}, 413, "limit"),
    ],
)
def test_what_is_refused(server, headers, status, word):
    if "content_length" in headers:
        with server.raw(server.head("PUT /arrays HTTP/1.1", Content_Type=BYTES, Content_Length=str(2**31))) as peer:
            answer = peer.answer()
    else:
        answer = put(server, bytes(8), **headers)
    assert answer.status == status, answer
    assert word in answer.json["message"]
    assert server.eval("1")["value"] == 1


def test_a_table_needs_pyarrow_or_says_so(server):
    answer = put(server, b"no stream", "/tables", content_type="application/vnd.apache.arrow.stream")
    assert (answer.status, answer.json["code"]) == (400, "BAD_REQUEST")
    number = server.done("/wrap", {"value": 1})["handleId"]
    assert server.post("/totable", {"handleId": number}).json["code"] == "BAD_REQUEST"
