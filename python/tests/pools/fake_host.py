"""A control API that answers from a table, for a pool whose code may ask its host."""

import json
import socketserver
import threading
from contextlib import contextmanager

from pools.harness import Pool, temporary_folder

TOKEN = "a token for the test"


class FakeHost(socketserver.ThreadingUnixStreamServer):
    """`answers` gives, for each command, what it is answered: a value, or a function of its parameters."""

    daemon_threads = True

    def __init__(self, path, answers):
        self.answers = answers
        self.asked = []
        super().__init__(str(path), _Request)


class _Request(socketserver.StreamRequestHandler):
    def handle(self):
        command = self.rfile.readline().decode().split()[1].rpartition("/")[2]
        headers = {}
        for line in iter(self.rfile.readline, b"\r\n"):
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        params = json.loads(self.rfile.read(int(headers["content-length"])))
        self.server.asked.append((command, params))
        answer = self.server.answers[command]
        answer = answer(params) if callable(answer) else answer
        if headers["authorization"] != f"Bearer {TOKEN}":
            answer = refusal("UNAUTHORIZED", "the wrong token")
        body = json.dumps(answer if "error" in answer else {"ok": answer["ok"]}).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def refusal(code, message):
    return {"error": {"code": code, "message": message, "hint": "what to do"}}


def environment(name):
    facts = {"root": f"/environments/{name}", "executable": "/python", "python": "3.12.1", "runtime": "r"}
    return {"name": name, **facts, "state": "ready", "requirements": [], "usedBy": [], "sizeBytes": 1}


def job(state, fraction=None, **more):
    progress = {"fraction": fraction, "title": "Making it"}
    return {"id": "j1", "command": "c", "subject": "s", "state": state, "progress": progress, **more}


@contextmanager
def pool_of_host(python, answers, scope="full", start=None, **settings):
    """The pool, and what its code has asked so far."""
    with temporary_folder() as folder:
        host = FakeHost(folder / "host.sock", answers)
        threading.Thread(target=host.serve_forever, daemon=True).start()
        infrastructure = {"scope": scope, "address": str(folder / "host.sock"), "token": TOKEN}
        config = {"protocol": 1, "role": "pool", "name": "t", "path": str(folder / "pool.sock")}
        config = {**config, "start": start, "infrastructure": infrastructure, **settings}
        pool = Pool(python, folder / "pool.sock", config=json.dumps(config).encode() + b"\n")
        try:
            yield pool, host.asked
        finally:
            pool.close()
            host.shutdown()
            host.server_close()
