"""Whatever a client sends gets an answer, and only what cannot be trusted any more ends its connection."""

import json
import random
import threading

import pytest
from pools.harness import PREFIX, FrameClient, LineClient, at_end, connect

MEGABYTE = 1024 * 1024


def frame(header, body=b""):
    return PREFIX.pack(b"BPF1", len(header), len(body)) + header + body


def error_line(sock):
    with sock.makefile("rb") as file:
        return json.loads(file.readline())


@pytest.mark.parametrize("opening", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01", b"  x", b"\xef\xbbx", b"[1]\n", b"\0"])
def test_an_unknown_dialect_gets_one_error_line(pool, opening):
    with connect(pool.path) as sock:
        sock.sendall(opening)
        reply = error_line(sock)
        assert reply["code"] == "BAD_REQUEST"
        assert at_end(sock)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"BPF2" + bytes(8), "BAD_REQUEST"),
        (b"BAD\n", "BAD_REQUEST"),
        (PREFIX.pack(b"BPF1", 65 * MEGABYTE, 0), "TOO_LARGE"),
        (PREFIX.pack(b"BPF1", 10, 1025 * MEGABYTE), "TOO_LARGE"),
        (PREFIX.pack(b"BPF1", 2**32 - 1, 2**32 - 1), "TOO_LARGE"),
        (frame(b'{"id":1,"command":"ping","attachments":[3]}', b"four"), "BAD_REQUEST"),
        (frame(b'{"id":1,"command":"ping","attachments":[-1,5]}', b"four"), "BAD_REQUEST"),
        (frame(b'{"id":1,"command":"ping","attachments":[true]}', b"f"), "BAD_REQUEST"),
        (frame(b'{"id":1,"command":"ping","attachments":"x"}', b"four"), "BAD_REQUEST"),
        (frame(b'{"id":1,"command":"ping"}', b"four"), "BAD_REQUEST"),
    ],
)
def test_a_broken_frame_ends_the_connection(pool, data, code):
    with FrameClient(pool.path) as client:
        assert client.value("1") == 1
        client.sock.sendall(data)
        reply = client.receive()
        assert (reply["id"], reply["code"]) == (None, code)
        assert at_end(client.sock)


@pytest.mark.parametrize(
    ("header", "request_id"),
    [
        (b"", None),
        (b"nonsense", None),
        (b"[]", None),
        (b'"text"', None),
        (b'{"id": 7, "command": "eval", "payload": {"expression": NaN}}', 7),
        (b'{"id":8,"command":"ping","x":"\xff"}', 8),
        (b'{"command":"ping"}', None),
        (b'{"id":"text","command":"ping"}', None),
        (b'{"id":true,"command":"ping"}', None),
        (b'{"id":1.5,"command":"ping"}', None),
        (b'{"id":9007199254740993,"command":"ping"}', None),
        (b'{"id":3}', 3),
        (b'{"id":4,"command":7}', 4),
        (b'{"id":5,"command":"ping","payload":[]}', 5),
        (b'{"id":6,"command":"' + b"x" * 10000 + b'"}', 6),
        (b'{"id":6,' + b"[" * 100000, 6),
    ],
)
def test_a_nonsensical_header_is_refused_and_the_connection_goes_on(pool, header, request_id):
    with FrameClient(pool.path) as client:
        client.sock.sendall(frame(header))
        reply = client.receive()
        assert (reply["id"], reply["code"]) == (request_id, "BAD_REQUEST")
        assert len(reply["message"]) < 300
        assert client.value("1") == 1


def test_an_id_in_flight_is_refused(pool):
    with FrameClient(pool.path) as client:
        client.send("eval", expression="import time; time.sleep(0.2)", request_id=5)
        client.send("ping", request_id=5)
        first, second = client.receive(), client.receive()
        assert (first["code"], second["value"]) == ("BAD_REQUEST", None)
        client.send("ping", request_id=5)
        assert client.receive()["status"] == "ok"


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[1, 2]",
        b"7",
        b'{"command": "eval", "payload": {"expression": "\xff"}}',
        b'{"command": "eval", "payload": {"expression": NaN}}',
        b'{"command"',
        b"\0\0",
        b'{"command": "ping", "id": {}}',
        b'{"command": "ping", "id": 1.5}',
        b'{"command": "ping", "id": "' + b"x" * 100 + b'"}',
        b'{"x": ' + b"[" * 100000,
    ],
)
def test_a_bad_line_is_refused_and_the_connection_goes_on(pool, line):
    with LineClient(pool.path) as client:
        client.sock.sendall(b'{"command":"ping"}\n' + line + b"\n")
        assert client.receive()["status"] == "ok"
        assert client.receive()["code"] == "BAD_REQUEST"
        assert client.value("1") == 1


def test_a_line_of_100_megabytes_is_skipped(pool):
    with LineClient(pool.path) as client:
        client.sock.sendall(b'{"command":"eval","payload":{"expression":"')
        for _ in range(100):
            client.sock.sendall(b"1" * MEGABYTE)
        client.sock.sendall(b'"}}\n')
        assert client.receive()["code"] == "TOO_LARGE"
        assert client.value("1") == 1


def test_a_line_just_under_the_limit_is_read(pool):
    with LineClient(pool.path) as client:
        assert client.value("len(x)", x="1" * (60 * MEGABYTE)) == 60 * MEGABYTE


def test_bom_crlf_and_empty_lines(pool):
    with LineClient(pool.path) as client:
        client.sock.sendall(
            b'\xef\xbb\xbf{"command":"ping"}\r\n\r\n  \n\xef\xbb\xbf\n\xef\xbb\xbf{"command":"ping","id":2}\r\n'
        )
        assert "id" not in client.receive()
        assert client.receive()["id"] == 2
    with LineClient(pool.path) as client:
        for piece in (b"\xef", b"\xbb", b"\xbf", b"\r\n", b" ", b'{"command":', b'"ping"}', b"\r", b"\n"):
            client.sock.sendall(piece)
        assert client.receive()["status"] == "ok"


def test_split_writes(pool):
    with FrameClient(pool.path) as client:
        text = b'{"id":1,"command":"eval","payload":{"expression":"len(x)","locals":{"x":"' + b"y" * 500 + b'"}}}'
        for byte in frame(text):
            client.sock.sendall(bytes([byte]))
        assert client.receive()["value"] == 500
        data = bytes(200_000)
        big = frame(
            b'{"id":2,"command":"eval","payload":{"expression":"len(x)","locals":'
            b'{"x":{"$type":"bytes","attachment":0}}},"attachments":[200000]}',
            data,
        )
        for start in range(0, len(big), 7777):
            client.sock.sendall(big[start : start + 7777])
        client.sock.sendall(frame(b'{"id":3,"command":"ping"}'))
        replies = {reply["id"]: reply for reply in (client.receive(), client.receive())}
        assert replies[2]["value"] == 200_000
        assert replies[3]["status"] == "ok"


def test_garbage_of_all_kinds_leaves_the_server_well(pool):
    dice = random.Random(2)
    pid = pool.ready["worker"]["pid"]
    for _ in range(60):
        with connect(pool.path) as sock:
            opening = dice.choice([b"", b"BPF1", b"{", b"\xef\xbb\xbf", frame(b'{"id":1,"command":"ping"}')])
            try:
                sock.sendall(opening + dice.randbytes(dice.choice([1, 10, 300, 100_000])) + b"\n")
            except (BrokenPipeError, ConnectionResetError):
                pass
    with FrameClient(pool.path) as client:
        assert client.ask("ping")["pid"] == pid


def test_100_megabytes_of_garbage_while_others_work(pool):
    def flood():
        with connect(pool.path) as sock:
            try:
                for _ in range(100):
                    sock.sendall(b"\xa5" * MEGABYTE)
            except OSError:
                pass

    thread = threading.Thread(target=flood)
    thread.start()
    with FrameClient(pool.path) as client:
        for number in range(200):
            assert client.value("n + 1", n=number) == number + 1
    thread.join()
