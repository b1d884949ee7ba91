"""The Pythons, servers and jobs of the host: `runtime_…`, `server_…` and `job_…` of docs/wire.md §2.6."""

from typing import Any, Dict

from .host_fields import Fields, Following, HostCommand, number_in, text_in

_PLACES = {"http": "url", "pipe": "path", "rpc": "address"}


def _list_runtimes(host: Any, _payload: Fields, _following: Following) -> Fields:
    return {"success": True, "runtimes": [_runtime(one) for one in host.runtimes.list()]}


def _get_runtime(host: Any, payload: Fields, _following: Following) -> Fields:
    return _done(_runtime(host.runtimes.get(text_in(payload, "runtimeId", needed=True))))


def _install_runtime(host: Any, payload: Fields, following: Following) -> Fields:
    return _done(_runtime(host.runtimes.install(text_in(payload, "version"), **following.options())))


def _list_servers(host: Any, _payload: Fields, _following: Following) -> Fields:
    return {"success": True, "servers": [_server(one) for one in host.servers.list()]}


def _server_status(host: Any, payload: Fields, _following: Following) -> Fields:
    return _done(_server(host.servers.get(text_in(payload, "name", needed=True))))


def _start_server(host: Any, payload: Fields, following: Following) -> Fields:
    words = {word: text_in(payload, word) for word in ("transport", "environment", "auth", "infrastructure", "restart")}
    numbers = {number: number_in(payload, number) for number in ("port", "workers")}
    name = text_in(payload, "name")
    return _done(_server(host.servers.start(name, **words, **numbers, **following.options())))


def _stop_server(host: Any, payload: Fields, following: Following) -> Fields:
    return _done(_server(host.servers.stop(text_in(payload, "name", needed=True), **following.options())))


def _restart_server(host: Any, payload: Fields, following: Following) -> Fields:
    return _done(_server(host.servers.restart(text_in(payload, "name", needed=True), **following.options())))


def _list_jobs(host: Any, _payload: Fields, _following: Following) -> Fields:
    return {"success": True, "jobs": [_job(one) for one in host.jobs.list()]}


def _get_job(host: Any, payload: Fields, _following: Following) -> Fields:
    return _done(_job(host.jobs.get(text_in(payload, "jobId", needed=True))))


def _cancel_job(host: Any, payload: Fields, _following: Following) -> Fields:
    return _done(_job(host.jobs.cancel(text_in(payload, "jobId", needed=True))))


MACHINES: Dict[str, HostCommand] = {
    "runtime_list": _list_runtimes,
    "runtime_get": _get_runtime,
    "runtime_install": _install_runtime,
    "server_list": _list_servers,
    "server_status": _server_status,
    "server_start": _start_server,
    "server_stop": _stop_server,
    "server_restart": _restart_server,
    "job_list": _list_jobs,
    "job_get": _get_job,
    "job_cancel": _cancel_job,
}


def _done(described: Fields) -> Fields:
    return {"success": True, **described}


def _runtime(runtime: Any) -> Fields:
    return {
        "runtimeId": runtime.id,
        "version": runtime.version,
        "executable": runtime.executable,
        "state": runtime.state,
        "isDefault": runtime.is_default,
    }


def _server(server: Any) -> Fields:
    return {
        "name": server.name,
        "transport": server.transport,
        "state": server.state,
        "environment": server.environment,
        "pid": server.pid,
        "endpoint": None if server.endpoint is None else _endpoint(server.endpoint),
    }


def _endpoint(endpoint: Any) -> Fields:
    """As the endpoint file has it; without a token where the host tells none."""
    place = {"transport": endpoint.transport, _PLACES[endpoint.transport]: endpoint.address}
    return place if endpoint.token is None else {**place, "token": endpoint.token}


def _job(job: Any) -> Fields:
    return {
        "jobId": job.id,
        "command": job.command,
        "subject": job.subject,
        "state": job.state,
        "progress": job.progress._asdict(),
        "problem": job.error,
    }
