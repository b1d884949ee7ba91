"""What `metrics` tells, as Prometheus reads it: its text format 0.0.4."""

from itertools import accumulate
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Tuple

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, object]
Samples = Iterable[Tuple[Labels, float]]

_NONE: Labels = {}


def exposition(metrics: Dict[str, Any], server: str, refusals: Mapping[str, int], own: Dict[str, Any]) -> bytes:
    """`refusals` are those of the front by code, which no worker has heard of; `own` is the front's own process."""
    processes = [*metrics["processes"], own]
    lines = [
        *_family("beep_server_info", "gauge", "The server.", [({"server": server}, 1)]),
        *_family("beep_requests_total", "counter", "Requests answered.", _one(metrics["requests"])),
        *_family("beep_request_errors_total", "counter", "Those of them that failed.", _by("code", metrics["errors"])),
        *_family(
            "beep_front_refusals_total",
            "counter",
            "Requests that this front has refused before they reached a worker.",
            _by("code", refusals),
        ),
        *_latency(metrics["latency"]),
        *_family("beep_requests_running", "gauge", "Requests that run.", _one(metrics["running"])),
        *_family("beep_requests_waiting", "gauge", "Requests that wait to run.", _one(metrics["waiting"])),
        *_family("beep_queue_limit", "gauge", "How many may wait for a worker.", _one(metrics["queueLimit"])),
        *_family("beep_connections", "gauge", "Connections to the pool.", _one(metrics["connections"])),
        *_family("beep_workers", "gauge", "Workers that are ready.", _one(metrics["workers"])),
        *_family("beep_workers_lost_total", "counter", "Workers lost and replaced.", _one(metrics["workersLost"])),
        *_each_worker(metrics.get("eachWorker", [])),
        *_family("beep_sessions", "gauge", "Open sessions.", _one(metrics["sessions"])),
        *_family("beep_handles", "gauge", "Objects kept for clients.", _one(metrics["handles"])),
        *_family(
            "beep_process_cpu_seconds_total",
            "counter",
            "Processor time of each process of the server.",
            _of_processes(processes, "cpuSeconds"),
        ),
        *_family(
            "beep_process_resident_memory_bytes",
            "gauge",
            "Resident memory of each process of the server.",
            _of_processes(processes, "memoryBytes"),
        ),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _each_worker(workers: List[Dict[str, Any]]) -> Iterator[str]:
    """Where there are several."""
    for name, kind, about, field in (
        ("beep_worker_ready", "gauge", "1 for a worker that is ready.", "ready"),
        ("beep_worker_lost_total", "counter", "How often it was lost and replaced.", "lost"),
        ("beep_worker_requests_total", "counter", "Requests that it has answered.", "requests"),
        ("beep_worker_requests_running", "gauge", "1 while it runs a request.", "running"),
        ("beep_worker_requests_waiting", "gauge", "Requests that wait for it.", "waiting"),
        ("beep_worker_connections", "gauge", "Connections to it.", "connections"),
        ("beep_worker_sessions", "gauge", "Open sessions that share its process.", "sessions"),
        ("beep_worker_handles", "gauge", "Objects that it keeps for clients.", "handles"),
    ):
        if workers:
            yield from _family(name, kind, about, [({"worker": one["worker"]}, int(one[field])) for one in workers])


def _latency(latency: Dict[str, Any]) -> Iterator[str]:
    name = "beep_request_duration_seconds"
    yield from _family(name, "histogram", "From the arrival of a request that ran to its reply.", ())
    bounds = [*map(repr, latency["bounds"]), "+Inf"]
    counts: List[int] = list(accumulate(latency["counts"]))
    for bound, count in zip(bounds, counts):
        yield _sample(f"{name}_bucket", {"le": bound}, count)
    yield _sample(f"{name}_sum", _NONE, latency["totalSeconds"])
    yield _sample(f"{name}_count", _NONE, counts[-1])


def _family(name: str, kind: str, about: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield _sample(name, labels, value)


def _one(value: float) -> Samples:
    return ((_NONE, value),)


def _by(label: str, values: Mapping[str, int]) -> Samples:
    return [({label: key}, value) for key, value in sorted(values.items())]


def _of_processes(processes: List[Dict[str, Any]], field: str) -> Samples:
    labels = ("role", "pid", "worker", "sessionId")
    return [
        ({label.removesuffix("Id"): one[label] for label in labels if label in one}, one[field])
        for one in processes
        if field in one
    ]


def _sample(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{label}="{_escaped(str(text))}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {value!r}" if inside else f"{name} {value!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
