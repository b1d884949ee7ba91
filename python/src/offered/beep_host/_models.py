"""What the host tells, as plain values. What a newer host adds is left out."""

from typing import Any, Dict, List, NamedTuple, Optional, Tuple


class Progress(NamedTuple):
    """`fraction` is 0 to 1 and never falls; None while there is nothing to count."""

    fraction: Optional[float]
    title: str
    detail: Optional[str]


class Skipped(NamedTuple):
    """An optional package that could not be installed."""

    requirement: str
    reason: str


class Environment(NamedTuple):
    """`path` is its folder, `executable` its own Python. `state` is `ready`, or `broken`: see `problem`.

    `gpu` is the back end that its packages were chosen for, where they come in several builds.
    """

    name: str
    path: str
    executable: str
    python: str
    runtime: str
    state: str
    problem: Optional[str]
    requirements: List[str]
    used_by: List[str]
    size_bytes: int
    gpu: Optional[str] = None
    skipped: Tuple[Skipped, ...] = ()

    def __fspath__(self) -> str:
        return self.path


class Package(NamedTuple):
    name: str
    version: str


class EnvironmentStatus(NamedTuple):
    environment: Environment
    packages: List[Package]


class Profile(NamedTuple):
    """A set of packages, with those of what it includes. `kind` is `set` or `provider`."""

    id: str
    title: str
    summary: str
    kind: str
    is_built_in: bool
    packages: List[str]
    optional: List[str]


class Gpu(NamedTuple):
    """`backend` is `cuda`, `rocm`, `metal`, `vulkan` or `cpu`. `is_forced`: the settings name it."""

    backend: str
    version: Optional[str]
    devices: List[str]
    is_forced: bool


class Runtime(NamedTuple):
    """An installed Python. `state` is `ready` or `broken`."""

    id: str
    version: str
    executable: str
    state: str
    is_default: bool


class Endpoint(NamedTuple):
    """`address` is a URL, the path of a pipe, or host and port. `token` is None where none is told."""

    transport: str
    address: str
    token: Optional[str]


class Server(NamedTuple):
    name: str
    transport: str
    state: str
    environment: str
    pid: Optional[int]
    endpoint: Optional[Endpoint]


class Job(NamedTuple):
    """One long operation. `state` is `running`, `succeeded`, `failed` or `cancelled`; `error` says why it failed."""

    id: str
    command: str
    subject: str
    state: str
    progress: Progress
    error: Optional[str]


Fields = Dict[str, Any]


def read_progress(fields: Fields) -> Progress:
    return Progress(fields.get("fraction"), fields["title"], fields.get("detail"))


def read_environment(fields: Fields) -> Environment:
    return Environment(
        fields["name"],
        fields["root"],
        fields["executable"],
        fields["python"],
        fields["runtime"],
        fields["state"],
        (fields.get("problem") or {}).get("message"),
        fields["requirements"],
        fields["usedBy"],
        fields["sizeBytes"],
        fields.get("gpu"),
        tuple(Skipped(one["requirement"], one["reason"]) for one in fields.get("skipped", ())),
    )


def read_profile(fields: Fields) -> Profile:
    return Profile(
        fields["id"],
        fields["title"],
        fields["summary"],
        fields["kind"],
        fields["isBuiltIn"],
        fields["packages"],
        fields["optional"],
    )


def read_gpu(fields: Fields) -> Gpu:
    return Gpu(fields["backend"], fields["version"], fields["devices"], fields["isForced"])


def read_package(fields: Fields) -> Package:
    return Package(fields["name"], fields["version"])


def read_runtime(fields: Fields) -> Runtime:
    return Runtime(fields["id"], fields["version"], fields["executable"], fields["state"], fields["isDefault"])


def read_endpoint(fields: Fields) -> Endpoint:
    address = fields.get("url") or fields.get("path") or fields.get("address") or ""
    return Endpoint(fields["transport"], address, fields.get("token"))


def read_server(fields: Fields) -> Server:
    endpoint = fields.get("endpoint")
    return Server(
        fields["name"],
        fields["transport"],
        fields["state"],
        fields["environment"],
        fields.get("pid"),
        read_endpoint(endpoint) if endpoint else None,
    )


def read_job(fields: Fields) -> Job:
    error = (fields.get("error") or {}).get("message")
    progress = read_progress(fields["progress"])
    return Job(fields["id"], fields["command"], fields["subject"], fields["state"], progress, error)
