"""What the host tells a client, as plain values. What a newer host adds is left out."""

from typing import Any, Dict, List, NamedTuple, Optional


class Event(NamedTuple):
    """What code shows while it runs: `kind` is `output` (fields `stream`, `text`) or `display` (`data`)."""

    kind: str
    fields: Dict[str, Any]


class Progress(NamedTuple):
    """`fraction` is 0 to 1 and never falls; None while there is nothing to count."""

    fraction: Optional[float]
    title: str
    detail: Optional[str]


class Environment(NamedTuple):
    """`path` is its folder, `executable` its own Python. `packages` are there where `get` was asked, by name."""

    name: str
    path: str
    executable: str
    python: str
    state: str
    requirements: List[str]
    used_by: List[str]
    size_bytes: int
    packages: Dict[str, str]


class Runtime(NamedTuple):
    """An installed Python."""

    id: str
    version: str
    executable: str
    state: str
    is_default: bool


class Server(NamedTuple):
    """`endpoint` is what its file has, None while it does not run."""

    name: str
    transport: str
    state: str
    environment: str
    pid: Optional[int]
    endpoint: Optional[Dict[str, str]]


class Job(NamedTuple):
    """One long operation of the host. `problem` says why it failed."""

    id: str
    command: str
    subject: str
    state: str
    progress: Progress
    problem: Optional[str]


Fields = Dict[str, Any]


def progress_from(fields: Fields) -> Progress:
    return Progress(fields.get("fraction"), fields.get("title", ""), fields.get("detail"))


def environment_from(fields: Fields) -> Environment:
    names = ("name", "path", "executable", "python", "state", "requirements", "usedBy", "sizeBytes")
    packages = {one["name"]: one["version"] for one in fields.get("packages", [])}
    return Environment(*(fields[name] for name in names), packages)


def runtime_from(fields: Fields) -> Runtime:
    return Runtime(*(fields[name] for name in ("runtimeId", "version", "executable", "state", "isDefault")))


def server_from(fields: Fields) -> Server:
    return Server(*(fields[name] for name in ("name", "transport", "state", "environment", "pid", "endpoint")))


def job_from(fields: Fields) -> Job:
    words = (fields[name] for name in ("jobId", "command", "subject", "state"))
    return Job(*words, progress_from(fields["progress"]), fields.get("problem"))
