"""A real pool under a chosen Python, and clients of both dialects that know nothing but docs/wire.md."""

import array
import itertools
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import beep_engine

ENTRY = Path(beep_engine.__file__).parent / "__main__.py"
# What a busy machine may need, in seconds; nothing waits this long when all is well.
DEADLINE = 60.0
PREFIX = struct.Struct("<4sII")


def eventually(condition, what, deadline=DEADLINE):
    """Waits until `condition()` is true, and gives its value."""
    end = time.monotonic() + deadline
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"{what}: not within {deadline} s"
        threading.Event().wait(0.01)


class Pool:
    """The process, its ready line (or the line that says why not), and all it writes."""

    def __init__(self, python, path, start=None, entry=ENTRY, cwd=None, env=None, config=None, settings=None):
        self.path = path
        argv = [python, "-I", "-X", "utf8", "-u", str(entry), "pool"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(argv, cwd=cwd, env=env, **pipes)
        self._stdout, self._stderr = bytearray(), bytearray()
        # Cleared, it makes this host one that does not read what its child writes.
        self.reading = threading.Event()
        self.reading.set()
        # Code that yields to an interrupt shall not lose its process to a machine that is busy.
        document = {"protocol": 1, "role": "pool", "name": "test", "path": str(path), "graceSeconds": DEADLINE}
        document.update(settings or {})
        if start:
            document["start"] = start
        self.process.stdin.write(json.dumps(document).encode() + b"\n" if config is None else config)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"no ready line: {self.process.stderr.read()}"
        self.ready = json.loads(line)
        for stream, kept in ((self.process.stdout, self._stdout), (self.process.stderr, self._stderr)):
            threading.Thread(target=self._pump, args=(stream, kept), daemon=True).start()

    def _pump(self, stream, kept):
        while True:
            self.reading.wait()
            try:
                data = os.read(stream.fileno(), 65536)
            except (ValueError, OSError):
                return
            if not data:
                return
            kept += data

    @property
    def output(self):
        """What has come out of stdout after the ready line."""
        return bytes(self._stdout).decode()

    @property
    def log(self):
        return bytes(self._stderr).decode("utf-8", "replace")

    def events(self, name):
        """The `@beep` lines of stderr with this event."""
        lines = [line[6:] for line in self.log.splitlines() if line.startswith("@beep ")]
        return [event for event in map(json.loads, lines) if event["event"] == name]

    def frames(self):
        return FrameClient(self.path)

    def lines(self):
        return LineClient(self.path)

    def wait(self, deadline=DEADLINE):
        return self.process.wait(deadline)

    def close(self):
        self.process.stdin.close()
        self.process.wait(DEADLINE)
        self.process.stdout.close()
        self.process.stderr.close()


def connect(path):
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(DEADLINE)
    sock.connect(str(path))
    return sock


class Run:
    """What an `execute` has brought: `events` without their id, and the reply. `answer` answers a question."""

    def __init__(self, messages, answers, answer):
        self.events = []
        answers = list(answers)
        for message in messages:
            message.pop("id", None)
            if "event" not in message:
                self.reply = message
                continue
            self.events.append(message)
            if message["event"] == "input":
                answer(answers.pop(0))

    def text(self, stream="stdout"):
        shown = [event for event in self.events if event["event"] == "output" and event["stream"] == stream]
        return "".join(event["text"] for event in shown)

    @property
    def displays(self):
        return [event["data"] for event in self.events if event["event"] == "display"]

    @property
    def value(self):
        assert "value" in self.reply, self.reply
        return self.reply["value"]


def messages_of(client, request_id):
    """The messages of a run on a connection of the pipe, until its reply."""
    while True:
        message = client.receive()
        if message.get("id") != request_id:
            # The reply to one of our answers.
            assert message["success"] is True, message
            continue
        yield message
        if "event" not in message:
            return


def answering(client, run_id):
    names = (f"answer {number}" for number in itertools.count())
    return lambda given: client.send("input", request_id=next(names), requestId=run_id, **given)


class Evaluates:
    """For everything that can `ask`."""

    def eval(self, expression, **local):
        return self.ask("eval", expression=expression, locals=local)

    def value(self, expression, **local):
        """The value of an expression that must have one."""
        reply = self.eval(expression, **local)
        assert "value" in reply, reply
        return reply["value"]


class FrameClient(Evaluates):
    """`ask` sends one request and waits for its reply; `send` and `receive` are its halves."""

    def __init__(self, path):
        self.sock = connect(path)
        self.last_id = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def send(self, command, *, attachments=(), request_id=None, **payload):
        self.last_id += 1
        request_id = request_id if type(request_id) is int else self.last_id
        header = {"id": request_id, "command": command, "payload": payload}
        if attachments:
            header["attachments"] = [memoryview(item).nbytes for item in attachments]
        text = json.dumps(header).encode()
        self.sock.sendall(PREFIX.pack(b"BPF1", len(text), sum(header.get("attachments", []))) + text)
        for item in attachments:
            self.sock.sendall(item)
        return request_id

    def receive(self):
        magic, header_size, body_size = PREFIX.unpack(self._exactly(12))
        assert magic == b"BPF1"
        header = json.loads(self._exactly(header_size), parse_constant=_refuse)
        body = memoryview(self._exactly(body_size))
        assert sum(header.get("attachments", [])) == body_size
        self.attachments, start = [], 0
        for size in header.get("attachments", []):
            self.attachments.append(body[start : start + size])
            start += size
        return header

    def replies(self, *ids):
        """The replies to these requests by id, whatever events come meanwhile."""
        replies = {}
        while not set(ids) <= set(replies):
            message = self.receive()
            if "event" not in message:
                replies[message["id"]] = message
        return replies

    def ask(self, command, *, attachments=(), **payload):
        request_id = self.send(command, attachments=attachments, **payload)
        reply = self.receive()
        assert reply.pop("id") == request_id, reply
        return reply

    def execute(self, code, answers=(), **payload):
        run_id = self.send("execute", code=code, **payload)
        return Run(messages_of(self, run_id), answers, answering(self, run_id))

    def _exactly(self, size):
        data, filled = bytearray(size), 0
        while filled < size:
            count = self.sock.recv_into(memoryview(data)[filled:])
            if not count:
                raise EOFError("the server closed the connection")
            filled += count
        return bytes(data)


class LineClient(Evaluates):
    """The same in lines, without ids unless told."""

    def __init__(self, path):
        self.sock = connect(path)
        self._file = self.sock.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()
        self.sock.close()

    def send(self, command, *, request_id=None, **payload):
        document = {"command": command, "payload": payload}
        if request_id is not None:
            document["id"] = request_id
        self.sock.sendall(json.dumps(document).encode() + b"\n")

    def receive(self):
        line = self._file.readline()
        if not line:
            raise EOFError("the server closed the connection")
        assert line.endswith(b"\n")
        return json.loads(line, parse_constant=_refuse)

    def ask(self, command, **payload):
        self.send(command, **payload)
        return self.receive()

    def execute(self, code, answers=(), request_id="the run", **payload):
        self.send("execute", code=code, request_id=request_id, **payload)
        return Run(messages_of(self, request_id), answers, answering(self, request_id))


def _refuse(name):
    raise AssertionError(f"{name} is not JSON")


def at_end(sock):
    """True when the server has closed the connection; waits for that, or for a byte."""
    try:
        return sock.recv(1) == b""
    except ConnectionResetError:
        return True


def is_alive(pid):
    """False for a zombie too: it runs no more, whoever has not waited for it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def at_rest(pid):
    """True when every thread of a process has been waiting, and still is: it has nothing left to do."""
    for _ in range(3):
        for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
            if stat.read_text().rpartition(")")[2].split()[0] != "S":
                return False
        threading.Event().wait(0.005)
    return True


def doubles(*values):
    return array.array("d", values)


@contextmanager
def temporary_folder():
    """Short, because a socket path is limited; with a space and an accent, because users' folders have them."""
    folder = Path(tempfile.mkdtemp(prefix="bé p"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_pool(python, **options):
    with temporary_folder() as folder:
        pool = Pool(python, folder / "pool.sock", **options)
        try:
            assert pool.ready["ready"], pool.ready
            yield pool
        finally:
            pool.close()
