"""A front before a running pool, and a client that speaks to it in the words of the pipe: for tests of every door."""

import itertools
import json
import urllib.error
import urllib.request
from contextlib import contextmanager

from fronts.harness import TOKEN, admin_python, front_config, start_front
from pools.harness import DEADLINE, Evaluates, Run

DOORS = ("frames", "lines", "http", "rpc")


def missing(door):
    """Why a door cannot be opened here, or None."""
    return None if door in ("frames", "lines") or admin_python() else "no Python for the fronts"


@contextmanager
def front_before(pool, role, workers=1):
    """The ready line of a front that stands before the pool."""
    behind = {"path": str(pool.path), "workers": workers}
    front = start_front(pool.path.parent, front_config(str(pool.path), role=role, pool=behind))
    try:
        assert front.ready.get("ready") is True, front.ready
        yield front.ready
    finally:
        front.close()


@contextmanager
def client_of(pool, door, ready):
    if door in ("frames", "lines"):
        with getattr(pool, door)() as client:
            yield client
    elif door == "http":
        yield HttpClient(ready["url"])
    else:
        from fronts.rpc_client import RpcClient

        with RpcClient(ready["address"]) as client:
            yield client


class HttpClient(Evaluates):
    def __init__(self, url, headers=()):
        self._url = url
        self._headers = dict(headers)
        self._runs = itertools.count()
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, command, **payload):
        path, body = ("health", None) if command == "ping" else (command, payload)
        try:
            with self._open(path, body) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            return json.load(error)

    def _open(self, path, payload, more=()):
        headers = {
            "Authorization": f"Bearer {TOKEN}",
            "Content-Type": "application/json",
            **self._headers,
            **dict(more),
        }
        body = None if payload is None else json.dumps(payload).encode()
        return self._opener.open(urllib.request.Request(f"{self._url}/{path}", body, headers), timeout=DEADLINE)

    def execute(self, code, answers=(), **payload):
        name = f"run {next(self._runs)}"
        messages = self._messages(name, {"code": code, **payload})
        return Run(messages, answers, lambda given: self.ask("input", requestId=name, **given))

    def _messages(self, name, payload):
        try:
            with self._open("execute", payload, {"X-Request-Id": name}) as response:
                yield from map(json.loads, response)
        except urllib.error.HTTPError as error:
            yield json.load(error)
