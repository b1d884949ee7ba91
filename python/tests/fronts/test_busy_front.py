"""What a caller of a front sees of a full queue."""

from contextlib import contextmanager

import grpc
import pytest
from fronts.harness import eventually
from pools.harness import FrameClient

pytestmark = pytest.mark.needs_admin

LIMIT = 1000


@contextmanager
def full_queue(server, folder):
    """Somebody else's requests fill it, until the block is over."""
    started, end = folder / "started", folder / "end"
    begin = f"import os, time\nopen({str(started)!r}, 'w').close()"
    code = f"{begin}\nwhile not os.path.exists({str(end)!r}): time.sleep(0.01)"
    with FrameClient(server.pool_path) as other:
        other.ask("hello", refuse=True)
        running = other.send("eval", expression=code)
        eventually(started.exists, "the code runs")
        sent = [other.send("eval", expression="1") for _ in range(LIMIT)]
        asked = other.send("metrics")
        assert other.replies(asked)[asked]["waiting"] == LIMIT
        try:
            yield
        finally:
            end.touch()
            other.replies(running, *sent)


def test_over_http(own_server, tmp_path):
    with full_queue(own_server, tmp_path):
        for path, payload in (("/eval", {"expression": "1"}), ("/execute", {"code": "1"})):
            refused = own_server.post(path, payload)
            assert (refused.status, refused.json["code"]) == (503, "BUSY")
            assert refused.headers["Retry-After"] == "1"
        assert own_server.healthy()
        assert own_server.ask("GET", "/metrics").status == 200
    again = own_server.post("/eval", {"expression": "1"})
    assert (again.status, again.headers["Retry-After"]) == (200, None)


def test_over_grpc(own_rpc, tmp_path):
    with own_rpc.client() as client, full_queue(own_rpc, tmp_path):
        with pytest.raises(grpc.RpcError) as refused:
            client.call("Evaluate", expression="1")
        assert refused.value.code() == grpc.StatusCode.UNAVAILABLE
        assert client.ask("ping")["status"] == "ok"


def test_calls_of_one_grpc_channel_take_turns_with_those_of_another(own_rpc, tmp_path):
    note = "import sys\nsys.__dict__.setdefault('ran', []).append({!r})"
    started, end = tmp_path / "started", tmp_path / "end"
    begin = f"import os, time\nopen({str(started)!r}, 'w').close()"
    code = f"{begin}\nwhile not os.path.exists({str(end)!r}): time.sleep(0.01)"
    with own_rpc.client() as hog, own_rpc.client() as other, FrameClient(own_rpc.pool_path) as looking:
        running = hog.future("Evaluate", expression=code)
        eventually(started.exists, "the code runs")
        many = [hog.future("Evaluate", expression=note.format("hog")) for _ in range(100)]
        eventually(lambda: looking.ask("metrics")["waiting"] == 100, "they wait")
        one = other.future("Evaluate", expression=note.format("other"))
        eventually(lambda: looking.ask("metrics")["waiting"] == 101, "this one, too")
        end.touch()
        for call in (running, one, *many):
            call.result()
        ran = looking.value("import sys\nsys.ran")
    assert len(ran) == 101
    assert ran.index("other") == 1
