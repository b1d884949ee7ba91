"""A connection in this process: what the Unix pools of tests/pools never make it do."""

import json
import socket
import threading

import pytest
from pools.harness import DEADLINE, FrameClient, LineClient, at_end

from beep_engine.engine.operations import Engine
from beep_engine.settings import Settings
from beep_engine.slots import private_slot
from beep_engine.worker.connection import Connection
from beep_engine.worker.pool_talk import PoolTalk
from beep_engine.worker.services import Services
from beep_engine.worker.socket_stream import SocketStream


class Here:
    """A client socket and the connection behind it. `hello` and `ping` need no main thread."""

    def __init__(self, token=None, non_blocking=False):
        self.sock, theirs = socket.socketpair()
        self.sock.settimeout(DEADLINE)
        self.services = Services(Engine(), {"status": "ok"}, PoolTalk(self.sock), Settings())
        stream = SocketStream(theirs, non_blocking)
        self.connection = Connection(stream, private_slot(), self.services, token)
        self.thread = threading.Thread(target=self.connection.serve)
        self.thread.start()

    def client(self, kind):
        client = kind.__new__(kind)
        client.sock, client.last_id = self.sock, 0
        if kind is LineClient:
            client._file = self.sock.makefile("rb")
        return client

    def close(self):
        self.sock.close()
        self.thread.join(DEADLINE)
        assert not self.thread.is_alive()


@pytest.fixture
def here():
    made = []

    def make(**options):
        made.append(Here(**options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.parametrize("kind", [FrameClient, LineClient])
def test_the_right_token_opens_the_door(here, kind):
    client = here(token="secret ü").client(kind)
    assert client.ask("hello", token="secret ü")["status"] == "ok"
    assert client.ask("ping")["status"] == "ok"


@pytest.mark.parametrize("kind", [FrameClient, LineClient])
@pytest.mark.parametrize(
    ("command", "payload"),
    [
        ("hello", {"token": "wrong"}),
        ("hello", {}),
        ("hello", {"token": 7}),
        ("ping", {"token": "secret"}),
        ("eval", {}),
    ],
)
def test_anything_else_closes_it(here, kind, command, payload):
    server = here(token="secret")
    client = server.client(kind)
    client.send(command, **payload)
    assert client.receive()["code"] == "UNAUTHORIZED"
    assert at_end(server.sock)


def test_nothing_behind_a_refused_hello_is_run(here):
    server = here(token="secret")
    wrong = b'{"command":"hello","payload":{"token":"wrong"}}\n'
    run = []
    server.services.runner.submit = run.append
    right = b'{"command":"hello","payload":{"token":"secret"}}\n'
    server.sock.sendall(wrong + right + b'{"command":"eval","id":1,"payload":{"expression":"1"}}\n')
    lines = server.sock.makefile("rb").read().splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["UNAUTHORIZED"]
    server.thread.join(DEADLINE)
    assert run == []


def test_a_non_blocking_socket_serves_the_same(here):
    """The way it works where a single send cannot be told not to wait (macOS)."""
    server = here(non_blocking=True)
    client = server.client(FrameClient)
    assert client.ask("ping")["status"] == "ok"
    client.send("ping")
    client.send("nonsense")
    assert [client.receive().get("code") for _ in range(2)] == [None, "BAD_REQUEST"]
    server.sock.shutdown(socket.SHUT_WR)
    assert at_end(server.sock)
