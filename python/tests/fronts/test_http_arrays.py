import array
import struct

import pytest

pytestmark = pytest.mark.needs_admin

BYTES = "application/octet-stream"


def handle_of(server, expression):
    """A handle to the numbers of an expression; a plain list would come back as a value."""
    return server.eval(f"type('Numbers', (list,), {{}})({expression})")["handleId"]


@pytest.mark.parametrize("expression", ["[1, 2.5, -3]", "[]", "range(3)"])
def test_one_dimension_in_all_three_forms(server, expression):
    numbers = [float(x) for x in eval(expression)]
    payload = {"handleId": handle_of(server, expression)}
    assert server.done("/tofloatarray", payload) == {"data": numbers}
    assert server.done("/api/tofloatarray", payload) == numbers
    for prefix in ("", "/api"):
        answer = server.post(prefix + "/tofloatarray", payload, accept=BYTES)
        assert answer.headers["Content-Type"] == BYTES
        assert answer.headers["X-Beep-Dtype"] == "float64"
        assert answer.headers["X-Beep-Shape"] == str(len(numbers))
        assert answer.body == struct.pack(f"<{len(numbers)}d", *numbers)


def test_two_dimensions_in_all_three_forms(server):
    payload = {"handleId": handle_of(server, "[[1, 2, 3], [4, 5, 6.5]]")}
    rows = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]
    assert server.done("/tofloatarray2d", payload) == {"data": rows}
    assert server.done("/api/tofloatarray2d", payload) == rows
    answer = server.post("/tofloatarray2d", payload, accept=BYTES)
    assert answer.headers["X-Beep-Shape"] == "2,3"
    assert answer.body == struct.pack("<6d", *rows[0], *rows[1])


def test_one_dimension_is_no_two(server):
    answer = server.post("/tofloatarray2d", {"handleId": handle_of(server, "[1, 2]")})
    assert (answer.status, answer.json["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("accept", [BYTES, "*/*"])
def test_errors_are_json_whatever_is_accepted(server, accept):
    answer = server.post("/tofloatarray", {"handleId": "h9-999"}, accept=accept)
    assert (answer.status, answer.json["code"]) == (404, "HANDLE_NOT_FOUND")


def test_nan_is_refused_as_json_and_given_as_bytes(server):
    payload = {"handleId": handle_of(server, "[1.0, float('nan'), float('inf')]")}
    for path in ("/tofloatarray", "/api/tofloatarray"):
        answer = server.post(path, payload)
        assert (answer.status, answer.json["code"]) == (400, "BAD_REQUEST")
        assert BYTES in answer.json["hint"]
    numbers = struct.unpack("<3d", server.post("/tofloatarray", payload, accept=BYTES).body)
    assert numbers[0] == 1.0
    assert numbers[1] != numbers[1]
    assert numbers[2] == float("inf")


def test_nan_at_the_end_of_a_long_array_is_refused_before_anything_is_sent(server):
    payload = {"handleId": handle_of(server, "[0.0] * 100000 + [float('nan')]")}
    assert server.post("/tofloatarray", payload).status == 400


def test_a_long_array_arrives_whole_and_the_connection_goes_on(server):
    made = server.eval("import array\narray.array('d', [i / 7 for i in range(300000)])")
    payload = {"handleId": made["handleId"]}
    numbers = array.array("d", [i / 7 for i in range(300000)])
    connection = server.connection()
    assert server.done("/tofloatarray", payload, connection=connection)["data"] == numbers.tolist()
    assert server.done("/api/tofloatarray", payload, connection=connection) == numbers.tolist()
    raw = server.post("/tofloatarray", payload, connection=connection, accept=BYTES)
    assert raw.body == struct.pack("<300000d", *numbers)
    connection.close()


def test_a_client_that_leaves_in_the_middle_of_a_long_array_harms_nobody(server):
    made = server.eval("import array\narray.array('d', bytes(8 * 2_000_000))")
    body = b'{"handleId":"%s"}' % made["handleId"].encode()
    with server.raw(server.head("POST /tofloatarray HTTP/1.1", Content_Length=str(len(body))) + body) as peer:
        assert peer.read(12) == b"HTTP/1.1 200"
    assert server.eval("1")["value"] == 1
    assert "Traceback" not in server.front.errors()
