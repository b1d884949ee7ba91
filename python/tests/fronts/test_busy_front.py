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
