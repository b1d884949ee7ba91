"""The Python client before real servers, over the pipe and over HTTP."""

import datetime
import json
import math
import os
import signal
import sys
import threading
from contextlib import contextmanager

import pytest
from fronts.harness import TOKEN, admin_python, running_front
from pools.fake_host import environment, job, pool_of_host
from pools.harness import eventually, running_pool

from beep_client import Handle, PythonError, ServerError, connect


@contextmanager
def home_of(folder, **endpoint):
    """A host's folder with the endpoint file of a server called `démo`."""
    os.makedirs(os.path.join(folder, "endpoints"), exist_ok=True)
    with open(os.path.join(folder, "endpoints", "démo.json"), "w", encoding="utf-8") as file:
        json.dump({"version": 1, "name": "démo", **endpoint}, file)
    yield folder


def code_of(home):
    """Why there is no connection."""
    with pytest.raises(ServerError) as raised:
        connect("démo", home=home)
    return raised.value.code


@pytest.fixture(scope="module", params=["pipe", "http"])
def home(request):
    if admin_python() is None:
        pytest.skip("no Python with what the fronts need")
    with running_front("http") as (folder, path, _, front):
        place = {"path": path} if request.param == "pipe" else {"url": front.ready["url"], "token": TOKEN}
        with home_of(folder, transport=request.param, **place) as found:
            yield found


@pytest.fixture
def remote(home):
    with connect("démo", home=home) as client:
        yield client


def test_values_come_back_as_they_were(remote):
    moment = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.timezone.utc)
    values = [None, True, 2**80, math.inf, b"\0" * 70000, (1, {2}), {"handleId": 1, 2: "é"}, moment, "x" * 100_000]
    assert remote.evaluate("values", {"values": values}) == values
    assert remote.evaluate("import math\nradius = r * 2\nround(math.pi * radius ** 2, 2)", {"r": 4}) == 201.06


def test_objects_stay_where_they_are(remote):
    with remote.evaluate("import array\narray.array('d', [1, 2])") as numbers:
        assert isinstance(numbers, Handle)
        assert numbers.type_name == "array.array"
        numbers.call("append", 3)
        assert remote.evaluate("sum(pair[0])", {"pair": [numbers, 1]}) == 6
        assert list(remote.to_array(numbers)) == [1, 2, 3]
        assert remote.handle_count() == 1
    assert remote.handle_count() == 0
    with remote.import_module("json") as module:
        assert module.call("dumps", [1, None]) == "[1, null]"
    with pytest.raises(TypeError, match="cannot be sent"):
        remote.evaluate("x", {"x": object()})


def test_what_fails_says_why(remote):
    with pytest.raises(PythonError, match="division by zero") as raised:
        remote.evaluate("1 / 0")
    assert raised.value.exception_type == "ZeroDivisionError"
    assert "1 / 0" in raised.value.traceback
    with pytest.raises(ServerError, match=r"\(TIMEOUT\)"):
        remote.evaluate("while True: pass", timeout=0.05)
    with pytest.raises(ServerError, match=r"\(FORBIDDEN\).*--infrastructure"):
        remote.environments.list()
    assert remote.evaluate("6 * 7") == 42


def test_code_that_talks_is_heard_as_it_does(remote):
    events = []
    assert remote.execute("print('hello', name)\nname * 2", {"name": "é"}, on_event=events.append) == "éé"
    assert "".join(event.fields["text"] for event in events if event.kind == "output") == "hello é\n"


def test_an_interrupted_call_ends_the_code(remote, home):
    class Enough(Exception):
        pass

    def enough(_):
        raise Enough

    with pytest.raises(Enough):
        remote.execute("import time\nprint('on my way', flush=True)\ntime.sleep(600)", on_event=enough)
    assert remote.evaluate("6 * 7") == 42


def test_what_a_callback_raises_is_its_own(remote):
    def full(_):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        remote.execute("import time\nprint('on my way', flush=True)\ntime.sleep(600)", on_event=full)
    with pytest.raises(ValueError, match="not JSON compliant"):
        remote.ask("eval", {"expression": "x", "locals": {"x": math.nan}})
    assert remote.evaluate("6 * 7") == 42


def test_ctrl_c_ends_the_code_and_leaves_a_client_of_use(remote):
    def press(_):
        threading.Thread(target=signal.pthread_kill, args=(threading.main_thread().ident, signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        remote.execute("import time\nprint('on my way', flush=True)\ntime.sleep(600)", on_event=press)
    assert remote.evaluate("6 * 7") == 42


def test_over_http_an_interrupted_call_ends_where_the_server_goes_on_with_what_its_caller_has_left():
    if admin_python() is None:
        pytest.skip("no Python with what the fronts need")
    code = """import sys, time
sys.ended = "late"
try:
    print("on my way", flush=True)
    time.sleep(10)
except KeyboardInterrupt:
    sys.ended = "cancelled"
"""
    with (
        running_front("http", cancelOnDisconnect=False) as (folder, _, _, front),
        home_of(folder, transport="http", url=front.ready["url"], token=TOKEN) as home,
        connect("démo", home=home) as remote,
    ):
        with pytest.raises(ZeroDivisionError):
            remote.execute(code, on_event=lambda _: 1 / 0)
        assert remote.evaluate("import sys\nsys.ended") == "cancelled"


def test_a_worker_that_died_between_two_calls_costs_no_call():
    with (
        running_pool(sys.executable, settings={"workers": 2}) as pool,
        home_of(os.path.dirname(pool.path), transport="pipe", path=str(pool.path)) as home,
        connect("démo", home=home) as remote,
        connect("démo", home=home),
    ):
        kept = remote.wrap([1])
        with pytest.raises(ZeroDivisionError):
            remote.execute("print('on my way', flush=True)", on_event=lambda _: 1 / 0)
        assert remote.evaluate("pair[0] + pair[1]", {"pair": [kept, remote.wrap([2])]}) == [1, 2]
        os.kill(remote.evaluate("import os\nos.getpid()"), signal.SIGKILL)
        eventually(lambda: "worker.started" in pool.log, "another worker")
        assert remote.evaluate("6 * 7") == 42


def test_what_is_not_there(home):
    with pytest.raises(ServerError, match="ENDPOINT_NOT_FOUND"):
        connect("other", home=home)
    with pytest.raises(ServerError, match="BAD_REQUEST"):
        connect("../démo", home=home)
    with home_of(os.path.join(home, "x"), transport="pipe", path=os.path.join(home, "gone.sock")) as other:
        assert code_of(other) == "CONNECTION_FAILED"
    with home_of(os.path.join(home, "y"), transport="rpc", address="127.0.0.1:1") as other:
        assert code_of(other) == "UNSUPPORTED_TRANSPORT"


def test_the_host_is_asked_and_followed():
    done = job("succeeded", 1, result=environment("p"))
    answers = {
        "environments.ensure": {"ok": {"job": job("running", 0.5)}},
        "environments.list": {"ok": [environment("p")]},
        "packages.list": {"ok": [{"name": "numpy", "version": "2"}]},
        "jobs.get": {"ok": done},
        "jobs.list": {"ok": [job("running", 0.5)]},
    }
    with (
        pool_of_host(sys.executable, answers) as (pool, asked),
        home_of(os.path.dirname(pool.path), transport="pipe", path=str(pool.path)) as home,
        connect("démo", home=home) as remote,
    ):
        steps = []
        assert remote.environments.ensure("p", progress=steps.append).path == "/environments/p"
        assert [step.fraction for step in steps] == [0.5, 1]
        assert remote.environments.get("p").packages == {"numpy": "2"}
        assert remote.jobs.list()[0].progress.title == "Making it"

        def late(_):
            raise KeyboardInterrupt

        answers["jobs.get"] = answers["jobs.cancel"] = {"ok": job("running", 0.5)}
        with pytest.raises(KeyboardInterrupt):
            remote.environments.ensure("p", progress=late)
        eventually(lambda: "jobs.cancel" in [command for command, _ in asked], "the work is cancelled")
