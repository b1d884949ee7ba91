"""`GET /metrics`, read by Prometheus's own parser, and `POST /metrics`."""

import os

import pytest
from fronts.harness import running_server
from prometheus_client.parser import text_string_to_metric_families

from beep_engine.counters import BOUNDS
from beep_engine.fronts.http.exposition import exposition

pytestmark = pytest.mark.needs_admin

PREFIXES = pytest.mark.parametrize("prefix", ["", "/api"])


def families(text):
    return {family.name: family for family in text_string_to_metric_families(text)}


def values(family, label):
    return {sample.labels[label]: sample.value for sample in family.samples}


@PREFIXES
def test_is_what_prometheus_reads(own_server, prefix):
    own_server.eval("1")
    own_server.post("/eval", {"expression": "1/0"})
    own_server.done("/wrap", {"value": 1})
    own_server.done("/sessions")
    assert own_server.ask("GET", "/nowhere").status == 404
    answer = own_server.ask("GET", prefix + "/metrics", content_type=None)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = families(answer.body.decode())
    only = {name: family.samples[0].value for name, family in found.items() if len(family.samples) == 1}
    assert only["beep_requests"] == 3
    assert (only["beep_requests_running"], only["beep_requests_waiting"]) == (0, 0)
    assert only["beep_queue_limit"] == 1000
    assert (only["beep_sessions"], only["beep_handles"]) == (1, 1)
    assert (only["beep_workers"], only["beep_workers_lost"]) == (1, 0)
    assert values(found["beep_request_errors"], "code") == {"PYTHON_ERROR": 1}
    assert values(found["beep_front_refusals"], "code") == {"NOT_FOUND": 1}
    assert found["beep_server_info"].samples[0].labels == {"server": "démo"}

    latency = found["beep_request_duration_seconds"]
    assert latency.type == "histogram"
    buckets = [(sample.labels["le"], sample.value) for sample in latency.samples if sample.name.endswith("_bucket")]
    assert [float(le) for le, _ in buckets] == [*BOUNDS, float("inf")]
    assert [value for _, value in buckets] == sorted(value for _, value in buckets)
    rest = {sample.name.rpartition("_")[2]: sample.value for sample in latency.samples[len(buckets) :]}
    assert rest["count"] == buckets[-1][1] == 3
    assert 0 < rest["sum"] < 60

    for name in ("beep_process_cpu_seconds", "beep_process_resident_memory_bytes"):
        samples = {sample.labels["role"]: sample for sample in found[name].samples}
        assert set(samples) == {"pool", "worker", "http"}
        assert samples["http"].labels["pid"] == str(own_server.front.process.pid)
    assert all(sample.value > 1_000_000 for sample in found["beep_process_resident_memory_bytes"].samples)


def test_needs_the_token_and_is_refused_to_pages(server):
    assert server.ask("GET", "/metrics", authorization=None).json["code"] == "UNAUTHORIZED"
    assert server.ask("GET", "/metrics", authorization="Bearer wrong").status == 401
    assert server.ask("GET", "/metrics", origin="http://localhost").status == 403
    assert server.ask("GET", "/metrics", host="example.com").status == 403
    assert server.ask("PUT", "/metrics").headers["Allow"] == "GET, POST"


def test_as_data(server):
    before = server.done("/metrics")["requests"]
    server.eval("1")
    found = server.done("/api/metrics")
    assert found["requests"] == before + 1
    assert found["processes"][0]["role"] == "pool"
    assert server.post("/metrics", b"[]").status == 400


def test_without_a_token_where_the_user_wants_none():
    with running_server(token=None) as server:
        assert server.ask("GET", "/metrics").status == 200


def test_names_and_codes_cannot_break_the_text():
    metrics = {
        "latency": {"bounds": [0.1], "counts": [1, 2], "totalSeconds": 1e-07},
        "errors": {'A"\\\n': 1},
        "processes": [{"role": "pool", "pid": 1}, {"role": "session", "sessionId": "p1", "pid": 2, "cpuSeconds": 0.5}],
        **{name: 0 for name in ("requests", "running", "waiting", "connections", "workers", "workersLost")},
        **{name: 0 for name in ("sessions", "handles", "queueLimit")},
    }
    text = exposition(metrics, 'é "quoted" \\ {x}\n', {}, {"role": "http", "pid": os.getpid()}).decode()
    found = families(text)
    assert found["beep_server_info"].samples[0].labels == {"server": 'é "quoted" \\ {x}\n'}
    assert values(found["beep_request_errors"], "code") == {'A"\\\n': 1}
    assert values(found["beep_process_cpu_seconds"], "session") == {"p1": 0.5}
    assert found["beep_process_resident_memory_bytes"].samples == []
    sums = [s.value for s in found["beep_request_duration_seconds"].samples if s.name.endswith("_sum")]
    assert sums == [1e-07]
