"""Many requests in flight: order, turns, limits, and half-closed connections."""

import json
import socket

from pools.harness import FrameClient, LineClient, at_end, eventually

SLOW = "import time; time.sleep(0.3); 'slow'"


def test_replies_come_as_work_ends(pool):
    with FrameClient(pool.path) as client:
        client.send("eval", expression=SLOW, request_id=1)
        client.send("ping", request_id=2)
        client.send("eval", expression="'next'", request_id=3)
        assert [client.receive()["id"] for _ in range(3)] == [2, 1, 3]


def test_lines_with_ids_overtake(pool):
    with LineClient(pool.path) as client:
        client.send("eval", expression=SLOW, request_id="first")
        client.send("ping", request_id=2)
        assert [client.receive()["id"] for _ in range(2)] == [2, "first"]


def test_lines_without_ids_keep_their_order(pool):
    with LineClient(pool.path) as client:
        client.sock.sendall(
            b'{"command":"eval","payload":{"expression":"import time; time.sleep(0.2); 1"}}\n'
            b'{"command":"ping"}\nnonsense\n{"command":"ping","id":7}\n{"command":"eval","payload":{"expression":"2"}}\n'
        )
        replies = [client.receive() for _ in range(5)]
        assert replies[0]["value"] == 1
        assert replies[1]["status"] == "ok"
        assert replies[2]["code"] == "BAD_REQUEST"
        assert replies[3]["id"] == 7
        assert replies[4]["value"] == 2


def test_more_lines_than_may_be_in_flight(pool):
    with LineClient(pool.path) as client:
        line = json.dumps({"command": "eval", "payload": {"expression": "1"}}).encode() + b"\n"
        client.sock.sendall(line * 1000)
        assert [client.receive()["value"] for _ in range(1000)] == [1] * 1000
        for number in range(300):
            client.send("eval", expression=str(number), request_id=f"n{number}")
        assert sorted(client.receive()["value"] for _ in range(300)) == list(range(300))


def test_more_frames_than_may_be_in_flight(pool):
    with FrameClient(pool.path) as client:
        for number in range(3000):
            client.send("eval", expression="n", locals={"n": number})
        assert [client.receive()["value"] for _ in range(3000)] == list(range(3000))


def test_two_connections_take_turns(pool):
    with FrameClient(pool.path) as one, FrameClient(pool.path) as other:
        for number in range(50):
            one.send("eval", expression=f"{number}")
            other.send("eval", expression=f"-{number}")
        assert [one.receive()["value"] for _ in range(50)] == list(range(50))
        assert [other.receive()["value"] for _ in range(50)] == [-number for number in range(50)]


def test_a_client_that_stops_sending_still_gets_its_replies(pool):
    with LineClient(pool.path) as client:
        client.sock.sendall(
            b'{"command":"eval","payload":{"expression":"import time; time.sleep(0.2); 1"}}\n{"command":"ping"}'
        )
        client.sock.shutdown(socket.SHUT_WR)
        assert client.receive()["value"] == 1
        assert client.receive()["status"] == "ok"
        assert at_end(client.sock)
    with FrameClient(pool.path) as client:
        client.send("eval", expression=SLOW)
        client.sock.shutdown(socket.SHUT_WR)
        assert client.receive()["value"] == "slow"
        assert at_end(client.sock)


def test_connections_come_and_go(pool):
    with FrameClient(pool.path) as watcher:
        count = "import threading\nsum(thread.name.startswith('beep-reader') for thread in threading.enumerate())"
        before = watcher.value(count)
        for _ in range(100):
            with FrameClient(pool.path) as client:
                assert client.ask("ping")["status"] == "ok"
        # Fewer, too: readers of an earlier test's connections may have been about to end.
        eventually(lambda: watcher.value(count) <= before, "readers of closed connections end")
        files = "import os\nlen(os.listdir('/proc/self/fd'))"
        open_before = watcher.value(files)
        for _ in range(20):
            with LineClient(pool.path) as client:
                client.ask("ping")
        eventually(lambda: watcher.value(files) <= open_before, "sockets of closed connections are closed")
