"""Objects whose handles nobody has heard of do not stay."""

import select
import sys

import pytest
from pools.harness import DEADLINE, FrameClient, eventually, running_pool

tells_what_is_unread = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a client left unread")


def arrived(client):
    """Its next reply waits in its socket."""
    assert select.select([client.sock], [], [], DEADLINE)[0]


def count_of(client, **place):
    return client.ask("handles_list", **place)["count"]


@tells_what_is_unread
@pytest.mark.parametrize("kind", ["frames", "lines"])
def test_a_reply_that_its_client_has_not_read(pool, client, kind):
    with getattr(pool, kind)() as leaving:
        read = leaving.eval("object()")["handleId"]
        leaving.send("eval", expression="object()", request_id=5)
        arrived(leaving)
    eventually(lambda: count_of(client) == 1, "the other one is forgotten")
    assert client.ask("handles_list")["handles"][0]["handleId"] == read
    assert client.ask("dispose", handleId=read) == {"success": True}


@tells_what_is_unread
@pytest.mark.parametrize("own", [False, True])
def test_in_a_session(pool, client, own):
    opened = client.ask("session_open", ownProcess=own)
    place = {"sessionId": opened["sessionId"]}
    path = opened.get("path", pool.path)
    with FrameClient(path) as leaving:
        leaving.send("eval", expression="object()", **place)
        arrived(leaving)
    with FrameClient(path) as other:
        eventually(lambda: count_of(other, **place) == 0, "it is forgotten")
    eventually(lambda: client.ask("metrics")["handles"] == 0, "nor is it counted")
    assert client.ask("session_close", **place) == {"success": True}


def test_a_client_that_is_not_there_for_its_reply(python, tmp_path):
    source = f"""
import os, time
print('begun', flush=True)
while not os.path.exists({str(tmp_path / "go")!r}): time.sleep(0.005)
object()
"""
    with running_pool(python, settings={"cancelOnDisconnect": False}) as pool, pool.frames() as other:
        with pool.frames() as leaving:
            for _ in range(2):
                leaving.send("eval", expression=source)
            eventually(lambda: "begun" in pool.output, "the code runs")
        eventually(lambda: other.ask("metrics")["connections"] == 1, "the client has gone")
        (tmp_path / "go").touch()
        eventually(lambda: pool.output.count("begun") == 2, "both have run, or do")
        assert other.value("1") == 1
        assert count_of(other) == 0
