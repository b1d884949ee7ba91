"""What code does to the process that it runs in: it forks, takes and closes files, and replaces functions."""

from pools.harness import at_end, eventually


def test_forks_of_user_code_do_not_answer_for_us(own_pool):
    with own_pool.frames() as client:
        source = "import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)[1]\nelse: pid = 'child'\npid"
        assert client.value(source) > 0
        source = (
            "import os, sys\npid = os.fork()\nif not pid: sys.exit(5)\nos.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])"
        )
        assert client.value(source) == 5
        assert client.value("1") == 1
        assert client.ask("ping")["epoch"] == 1


def test_a_child_of_a_child_keeps_its_files(own_pool):
    """What is ours is closed in the first one; its numbers may be those of other files by the time it forks, too."""
    source = """
import os
pid = os.fork()
if not pid:
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(12)]
    if not os.fork():
        os._exit(sum(not os.path.exists(f'/dev/fd/{file}') for file in files))
    os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
"""
    with own_pool.frames() as client:
        assert client.value(source) == 0


def test_user_code_that_closes_its_output(own_pool):
    with own_pool.frames() as client:
        assert client.eval("import os, sys\nsys.stdout.close()\nsys.stderr = None\nos.close(1)")["value"] is None
        assert client.eval("print('nowhere')")["details"]["exceptionType"] == "ValueError"
        assert client.eval("1 / 0")["code"] == "PYTHON_ERROR"
        assert client.value("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\npid != 0") is True
        own_pool.process.terminate()
        assert own_pool.wait(20) == 0


def test_user_code_that_closes_our_files(own_pool):
    """Nothing can go on without them: that worker is lost, and the next one is whole."""
    with own_pool.frames() as client:
        client.send("eval", expression="import os; os.closerange(3, 200)")
        told = client.receive()
        assert told["details"]["exitCode"] == 70
        # Other threads may have said something, too, in the meantime.
        assert any("closed the worker's own files" in line for line in told["details"]["lastLines"])
        assert client.value("1") == 1


def test_user_code_that_takes_all_files(own_pool):
    """What needs another one ends its connection, and keeps nobody waiting."""
    with own_pool.frames() as client, own_pool.frames() as other:
        other.ask("ping")
        source = "import os, resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (os.dup(0), 4096))"
        assert client.value(source) is None
        client.send("session_list")
        assert at_end(client.sock)
        assert other.value("1") == 1


def test_user_code_that_replaces_functions_of_ours(own_pool, tmp_path):
    """What tests of the user's own do: our threads use what they had found before."""
    begun, go = tmp_path / "begün", tmp_path / "gö"
    source = f"""
import os
from unittest import mock
with mock.patch("time.monotonic", side_effect=[1.0]), mock.patch("time.sleep", side_effect=RuntimeError):
    open(r'{begun}', 'w').close()
    while not os.path.exists(r'{go}'): pass
'untouched'
"""
    with own_pool.frames() as client:
        running = client.send("eval", expression=source)
        eventually(begun.exists, "the code runs")
        pings = [client.send("ping") for _ in range(3)]
        replies = client.replies(*pings)
        assert [replies[ping]["status"] for ping in pings] == ["ok"] * 3
        go.touch()
        assert client.replies(running)[running]["value"] == "untouched"


def test_children_do_not_keep_connections_open(own_pool):
    with own_pool.frames() as client:
        source = """
import os, subprocess, time
forked = os.fork()
if not forked:
    time.sleep(1000)
    os._exit(0)
spawned = subprocess.Popen(['sleep', '1000'], close_fds=False).pid
forked, spawned
"""
        children = client.value(source)["items"]
        sockets = (
            "import os\n[name for name in os.listdir('/proc/%d/fd') if 'socket:' in os.readlink('/proc/%d/fd/' + name)]"
        )
        for child in children:
            eventually(lambda child=child: client.value(sockets % (child, child)) == [], f"no sockets in {child}")
        with own_pool.lines() as other:
            other.ask("ping")
        assert client.value("1") == 1


def test_multiprocessing(own_pool):
    with own_pool.frames() as client:
        source = """
import multiprocessing
def square(n): return n * n
context = multiprocessing.get_context('fork')
queue = context.SimpleQueue()
process = context.Process(target=lambda: queue.put(square(7)))
process.start(); process.join()
queue.get(), process.exitcode
"""
        assert client.value(source)["items"] == [49, 0]
        source = """
import multiprocessing, operator
with multiprocessing.get_context('spawn').Pool(1) as workers:
    result = workers.map(operator.neg, [1, 2])
result
"""
        assert client.value(source) == [-1, -2]
