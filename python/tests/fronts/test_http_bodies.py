import json
import shutil
import subprocess

import pytest
from fronts.harness import DEADLINE

pytestmark = pytest.mark.needs_admin

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
EVAL = b'{"expression":"1+1"}'
MB = 1024 * 1024


@pytest.fixture(scope="module")
def garbage(tmp_path_factory):
    path = tmp_path_factory.mktemp("gàrbage") / "a file"
    with open(path, "wb") as file:
        for number in range(100):
            file.write(bytes([number]) * MB)
    return path


def chunked(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))


def test_a_chunked_body(server):
    connection = server.connection()
    answer = server.ask("POST", "/eval", iter([EVAL[:5], EVAL[5:]]), connection=connection)
    assert (answer.status, answer.json["value"]) == (200, 2)
    assert server.done("/eval", {"expression": "3"}, connection=connection)["value"] == 3
    connection.close()


def test_a_body_in_many_packets(server):
    head = server.head("POST /eval HTTP/1.1", Content_Length=str(len(EVAL)))
    with server.raw(b"") as peer:
        for byte in head + EVAL:
            peer.sendall(bytes([byte]))
        assert peer.answer().json["value"] == 2


def test_pipelined_requests_are_answered_in_order(server):
    requests = b"".join(
        server.head("POST /eval HTTP/1.1", Content_Length=str(len(body))) + body
        for body in (b'{"expression":"%d"}' % number for number in range(5))
    )
    with server.raw(requests) as peer:
        assert [peer.answer().json["value"] for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_client_that_offers_another_protocol_gets_this_one(server):
    # As Java's own client begins.
    body = b'{"expression":"text","locals":{"text":"\\r\\nUpgrade: x"}}'
    offer = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2_Settings": "AAEAAEAA"}
    request = server.head("POST /eval HTTP/1.1", Content_Length=str(len(body)), **offer) + body
    with server.raw(request) as peer:
        assert peer.answer().json["value"] == "\r\nUpgrade: x"
        peer.sendall(request)
        assert peer.answer().json["value"] == "\r\nUpgrade: x"


def test_http_1_0_closes_and_knows_no_chunks(server):
    body = json.dumps({"handleId": server.eval("range(100000)")["handleId"]}).encode()
    with server.raw(server.head("POST /tofloatarray HTTP/1.0", Content_Length=str(len(body))) + body) as peer:
        answer = peer.answer()
        assert "Transfer-Encoding" not in answer.headers
        assert answer.json["data"][-1] == 99999.0
        assert peer.read(1) == b""


def test_a_body_of_twenty_megabytes(server):
    text = "é" * (10 * MB)
    assert server.done("/eval", {"expression": "len(t)", "locals": {"t": text}})["value"] == 10 * MB


def too_large(answer):
    assert (answer.status, answer.json["code"]) == (413, "TOO_LARGE"), answer


@pytest.mark.parametrize("announced", [True, False])
def test_a_hundred_megabytes_are_refused_and_the_connection_goes_on(server, garbage, announced):
    connection = server.connection()
    with open(garbage, "rb") as file:
        body = file if announced else iter(lambda: file.read(MB), b"")
        length = {"content_length": str(100 * MB)} if announced else {}
        too_large(server.ask("POST", "/eval", body, connection=connection, **length))
    assert server.done("/eval", {"expression": "3"}, connection=connection)["value"] == 3
    connection.close()


@pytest.mark.parametrize("header", ["Connection: close", "X-None: 1"])
@pytest.mark.parametrize("framing", [f"Content-Length: {100 * MB}", "Transfer-Encoding: chunked"])
def test_a_caller_that_sends_everything_before_it_reads_sees_the_answer(server, garbage, header, framing):
    head = server.head("POST /eval HTTP/1.1").replace(b"\r\n\r\n", f"\r\n{header}\r\n{framing}\r\n\r\n".encode())
    with server.raw(head) as peer, open(garbage, "rb") as file:
        for piece in iter(lambda: file.read(MB), b""):
            peer.sendall(chunked(piece)[:-5] if "chunked" in framing else piece)
        if "chunked" in framing:
            peer.sendall(chunked())
        too_large(peer.answer())
    assert server.eval("1")["value"] == 1


@needs_curl
@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-H", "Expect:"],
        ["-H", "Transfer-Encoding: chunked"],
        ["-H", "Connection: close", "-H", "Expect:"],
        ["--http1.0", "-H", "Expect:"],
    ],
)
def test_curl_sees_the_413_and_its_next_request_works(server, garbage, options):
    common = ["-s", "-S", "-H", f"Authorization: Bearer {server.token}", "-H", "Content-Type: application/json"]
    common += ["-w", "\n%{http_code}\n", server.url + "/eval"]
    first = [*common, *options, "--data-binary", f"@{garbage}"]
    output = subprocess.run(
        ["curl", *first, "--next", *common, "-d", EVAL.decode()], capture_output=True, timeout=DEADLINE, check=False
    )
    lines = output.stdout.decode().split("\n")
    assert lines[1::2] == ["413", "200"], output
    assert json.loads(lines[0])["code"] == "TOO_LARGE"
    assert json.loads(lines[2])["value"] == 2


def test_a_caller_that_waits_for_100_continue(server):
    expecting = server.head("POST /eval HTTP/1.1", Content_Length=str(len(EVAL)), Expect="100-continue")
    with server.raw(expecting) as peer:
        assert peer.read(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(EVAL)
        assert peer.answer().json["value"] == 2


def test_a_caller_that_waits_for_100_continue_is_refused_without_its_body(server):
    head = server.head("POST /eval HTTP/1.1", Content_Length="1000000", Expect="100-continue", Authorization=None)
    with server.raw(head) as peer:
        answer = peer.answer()
        assert (answer.status, answer.headers["Connection"]) == (401, "close")
        assert peer.read(1) == b""
