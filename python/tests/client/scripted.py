"""A server that does what a test has written down for each of its connections, one after the other."""

import json
import socket
import threading
from contextlib import contextmanager

from pools.harness import PREFIX

# Nothing waits this long when all is well. Seconds.
DEADLINE = 60


@contextmanager
def serving(address, *scripts):
    """Gives the address; a port of 0 becomes one that is free. What fails in a script fails the test."""
    failures = []
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as listener:
        listener.settimeout(DEADLINE)
        listener.bind(address)
        listener.listen()

        def serve():
            try:
                for script in scripts:
                    connection, _ = listener.accept()
                    with connection:
                        connection.settimeout(DEADLINE)
                        script(connection)
            except BaseException as failure:
                failures.append(failure)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()
        thread.join(DEADLINE)
        assert not thread.is_alive(), "not all connections came that the test foresees"
    if failures:
        raise failures[0]


def frame(**fields):
    text = json.dumps(fields).encode()
    return PREFIX.pack(b"BPF1", len(text), 0) + text


def next_frame(connection):
    _, size, _ = PREFIX.unpack(_exactly(connection, PREFIX.size))
    return json.loads(_exactly(connection, size))


def http_reply(fields):
    body = json.dumps(fields).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def next_request(connection):
    """Its headers, with small letters."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _exactly(connection, 1)
    lines = head.decode().split("\r\n")[1:-2]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    _exactly(connection, int(headers["content-length"]))
    return headers


def _exactly(connection, size):
    data = b""
    while len(data) < size:
        chunk = connection.recv(size - len(data))
        if not chunk:
            raise EOFError("the client has closed the connection")
        data += chunk
    return data
