"""A real HTTP front before a real pool, and the clients that the tests call it with."""

import http.client
import io
import json
import os
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import beep_engine

MAIN = Path(beep_engine.__file__).parent / "__main__.py"
WITHOUT = Path(__file__).parent / "without.py"
TOKEN = "s3cret-token"
# What the machine may need when it is busy; nothing waits this long when all is well. Seconds.
DEADLINE = 60

# Of an HTTP front: what it must do without.
VARIANTS = {"fast": (), "plain": ("uvloop", "httptools")}


def admin_python():
    """A Python that has what the fronts need, or None."""
    named = os.environ.get("BEEP_TEST_ADMIN_PYTHON")
    if named:
        return named
    return sys.executable if all(map(find_spec, ("fastapi", "uvicorn", "grpc"))) else None


def eventually(condition, what):
    """Waits until `condition()` is true."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, f"{what}: not within {DEADLINE} s"
        threading.Event().wait(0.01)


class Child:
    """A process that takes its configuration on stdin and prints a ready line."""

    def __init__(self, argv, config, folder):
        self._errors = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._lines = queue.Queue()
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors)
        threading.Thread(target=self._pump, daemon=True).start()
        line = config if isinstance(config, bytes) else json.dumps(config).encode()
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
            self.ready = json.loads(self._lines.get(timeout=DEADLINE))
        except Exception as error:
            self.close()
            raise AssertionError(f"no ready line from {argv}: {self.errors()}") from error

    def _pump(self):
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def errors(self):
        """What it has written to stderr so far."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")

    def wait(self):
        return self.process.wait(DEADLINE)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()


def start_pool(folder, path, **settings):
    config = {"protocol": 1, "role": "pool", "name": "démo", "path": path, "start": "fork", **settings}
    pool = Child([sys.executable, "-I", "-X", "utf8", "-u", str(MAIN), "pool"], config, folder)
    assert pool.ready.get("ready") is True, pool.ready
    return pool


def front_config(pool_path, **changes):
    """The configuration of a front; the role is http if nothing else is said."""
    fields = {"protocol": 1, "role": "http", "name": "démo", "host": "127.0.0.1", "port": 0, "token": TOKEN}
    return {**fields, "pool": {"path": pool_path}, **changes}


def start_front(folder, config, *, without=()):
    """`without` names modules that the front shall not find, as where they are not installed."""
    script = [str(WITHOUT), ",".join(without)] if without else []
    role = "http" if isinstance(config, bytes) else config["role"]
    return Child([admin_python(), "-I", "-X", "utf8", "-u", *script, str(MAIN), role], config, folder)


@contextmanager
def short_folder():
    """A folder with a name as users have them, short enough for a socket's path."""
    folder = tempfile.mkdtemp(prefix="bé p")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_front(role, *, without=(), token=TOKEN, **changes):
    """A front and a pool behind it: the folder, the pool's path, the two processes."""
    with short_folder() as folder:
        path = os.path.join(folder, "pool.sock")
        pool = start_pool(folder, path)
        try:
            front = start_front(folder, front_config(path, role=role, token=token, **changes), without=without)
            try:
                yield folder, path, pool, front
            finally:
                front.close()
        finally:
            pool.close()


@contextmanager
def running_server(*, without=(), token=TOKEN, **changes):
    with running_front("http", without=without, token=token, **changes) as parts:
        yield Server(*parts, token)


@contextmanager
def running_rpc_server(*, token=TOKEN, **changes):
    with running_front("rpc", token=token, **changes) as parts:
        yield RpcServer(*parts, token)


class RpcServer:
    def __init__(self, folder, pool_path, pool, front, token):
        self.folder = folder
        self.pool_path = pool_path
        self.pool = pool
        self.front = front
        self.token = token
        assert front.ready.get("ready") is True, front.ready
        self.address = front.ready["address"]

    def client(self, **metadata):
        from fronts.rpc_client import RpcClient

        return RpcClient(self.address, **{"token": self.token, **metadata})


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.body[:300]!r}>"


class Server:
    def __init__(self, folder, pool_path, pool, front, token):
        self.folder = folder
        self.pool_path = pool_path
        self.pool = pool
        self.front = front
        self.token = token
        assert front.ready.get("ready") is True, front.ready
        self.port = front.ready["port"]
        self.url = front.ready["url"]

    def headers(self, **changes):
        """The headers of a good request; None takes one out. `_` stands for `-` in names."""
        headers = {"Content-Type": "application/json"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        for name, value in changes.items():
            headers[name.replace("_", "-").title()] = value
        return {name: value for name, value in headers.items() if value is not None}

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)

    def ask(self, method, path, body=None, connection=None, **headers):
        own = connection or self.connection()
        try:
            own.request(method, path, body, self.headers(**headers))
            response = own.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            if connection is None:
                own.close()

    def post(self, path, payload=None, **rest):
        body = payload if isinstance(payload, bytes) else json.dumps(payload or {}).encode()
        return self.ask("POST", path, body, **rest)

    def done(self, path, payload=None, **rest):
        """The reply of an operation that must succeed."""
        answer = self.post(path, payload, **rest)
        assert answer.status == 200, answer
        return answer.json

    def eval(self, expression, **names):
        return self.done("/eval", {"expression": expression, "locals": names})

    def healthy(self):
        return self.ask("GET", "/health").status == 200

    def raw(self, data):
        """A bare connection on which `data` has been sent."""
        peer = Peer(socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE))
        peer.sendall(data)
        return peer

    def head(self, request_line, **headers):
        """The head of a good request as bytes."""
        fields = self.headers(**{"Host": f"127.0.0.1:{self.port}", **headers})
        return "\r\n".join([request_line, *(f"{n}: {v}" for n, v in fields.items()), "", ""]).encode()


class KeptOpen(io.BufferedReader):
    """Keeps what it has read ahead for the next response."""

    def close(self):
        pass


class Peer:
    """A connection on which a test sends what it likes, and reads responses."""

    def __init__(self, connection):
        self._socket = connection
        self._file = KeptOpen(connection.makefile("rb", buffering=0))
        self.sendall = connection.sendall
        self.read = self._file.read

    def makefile(self, _mode):
        return self._file

    def answer(self):
        """The next response."""
        response = http.client.HTTPResponse(self)
        response.begin()
        return Answer(response.status, response.headers, response.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._file.raw.close()
        self._socket.close()
