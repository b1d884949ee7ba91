"""What clients ask of the host through a pool, before a host that answers from a table."""

import sys

from pools.fake_host import environment, job, pool_of_host, refusal
from pools.harness import eventually

RUNTIME = {"id": "r1", "version": "3.12.1", "executable": "/python", "state": "ready", "isDefault": True}
SEEN = {"runtimeId": "r1", **{name: value for name, value in RUNTIME.items() if name != "id"}}
SERVER = {"name": "s", "transport": "http", "state": "running", "environment": "e", "pid": 7}
ENDPOINT = {"transport": "http", "url": "http://127.0.0.1:1", "token": "t"}
TOLD = {"name": "s", "transport": "http", "state": "running", "environment": "e", "pid": 7, "endpoint": ENDPOINT}


def ended(result):
    return {"ok": {"job": job("succeeded", 1, result=result)}}


def test_runtimes_servers_and_jobs():
    answers = {
        "runtimes.list": {"ok": [RUNTIME]},
        "runtimes.install": ended(RUNTIME),
        "servers.list": {"ok": [{**SERVER, "endpoint": None, "pid": None, "state": "stopped"}]},
        "servers.get": {"ok": {**SERVER, "endpoint": ENDPOINT}},
        "servers.start": ended({**SERVER, "endpoint": ENDPOINT}),
        "servers.stop": refusal("IN_USE", "busy"),
        "jobs.list": {"ok": [job("running", 0.5)]},
        "jobs.get": {"ok": job("failed", 0.5, error={"code": "X", "message": "it broke"})},
        "jobs.cancel": refusal("NOT_FOUND", "there is none"),
    }
    with pool_of_host(sys.executable, answers) as (pool, asked), pool.frames() as client:
        assert client.ask("runtime_list")["runtimes"] == [SEEN]
        assert client.ask("runtime_get", runtimeId="r1")["version"] == "3.12.1"
        assert client.ask("runtime_get", runtimeId="other")["code"] == "NOT_FOUND"
        assert client.ask("runtime_install", version="3.12")["runtimeId"] == "r1"
        assert client.ask("server_list")["servers"] == [{**TOLD, "state": "stopped", "pid": None, "endpoint": None}]
        reply = client.ask("server_start", name="s", transport="http", port=0, restart="never")
        assert {field: reply[field] for field in TOLD} == TOLD
        assert client.ask("server_status", name="s")["endpoint"] == ENDPOINT
        assert client.ask("server_stop", name="s")["details"]["hostCode"] == "IN_USE"
        assert client.ask("job_list")["jobs"][0]["progress"] == {"fraction": 0.5, "title": "Making it", "detail": None}
        failed = client.ask("job_get", jobId="j1")
        assert (failed["state"], failed["problem"], "error" in failed) == ("failed", "it broke", False)
        assert client.ask("job_cancel", jobId="j1")["code"] == "NOT_FOUND"
        assert client.ask("venv_status", venvPath="a\0b")["code"] == "BAD_REQUEST"
        for command, payload in (("server_start", {"name": 1}), ("server_start", {"port": "1"}), ("job_get", {})):
            assert client.ask(command, **payload)["code"] == "BAD_REQUEST"
    assert ("servers.start", {"name": "s", "transport": "http", "port": 0, "restart": "never"}) in asked
    assert ("runtimes.install", {"version": "3.12", "makeDefault": False}) in asked


def test_who_wants_progress_is_told_in_both_dialects():
    done = job("succeeded", 1, result=environment("e"))
    answers = {"environments.ensure": {"ok": {"job": job("running")}}, "jobs.get": {"ok": done}}
    with pool_of_host(sys.executable, answers) as (pool, _), pool.frames() as client, pool.lines() as lines:
        waiting = client.send("venv_ensure", providerName="p", progress=True)
        events = []
        while True:
            header = client.receive()
            if "event" not in header:
                break
            events.append(header)
        assert [event["fraction"] for event in events] == [None, 1]
        assert events[0] == {"id": waiting, "event": "progress", "fraction": None, "title": "Making it", "detail": None}
        assert (header["id"], header["path"]) == (waiting, "/environments/e")
        assert client.ask("venv_ensure", providerName="p")["path"] == "/environments/e"
        lines.send("venv_ensure", providerName="p", progress=True)
        assert [lines.receive().get("event") for _ in range(3)] == ["progress", "progress", None]


def test_a_client_that_goes_away_cancels_the_work():
    running = {"ok": job("running")}
    answers = {"servers.start": {"ok": {"job": job("running")}}, "jobs.get": running, "jobs.cancel": running}
    with pool_of_host(sys.executable, answers) as (pool, asked):
        with pool.frames() as client:
            client.send("server_start", name="s", progress=True)
            eventually(lambda: ("jobs.get", {"id": "j1"}) in asked, "it waits for the host")
        eventually(lambda: ("jobs.cancel", {"id": "j1", "release": True}) in asked, "the work is cancelled")
    with pool_of_host(sys.executable, answers, cancelOnDisconnect=False) as (pool, asked):
        with pool.frames() as client:
            client.send("server_start", name="s")
            eventually(lambda: ("jobs.get", {"id": "j1"}) in asked, "it waits for the host")
        answers["jobs.get"] = {"ok": {**job("succeeded", 1), "result": {**SERVER, "endpoint": None}}}
        with pool.frames() as client:
            assert client.ask("server_start", name="s")["state"] == "running"
        assert "jobs.cancel" not in [command for command, _ in asked]
