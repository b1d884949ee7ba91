"""`execute`: what code shows and asks reaches its caller while it runs, in order, and nobody else."""

import pytest
from pools.harness import FrameClient, eventually


def test_the_result_as_eval_gives_it_and_its_repr(dialect):
    run = dialect.execute("x = 20\nx + 1")
    assert (run.events, run.reply) == ([], {"value": 21, "isHandle": False, "typeName": "int", "repr": "21"})
    assert dialect.execute("x = 1").reply["repr"] == "None"
    assert dialect.execute("").reply["repr"] == "None"
    assert dialect.execute("[n * f for n in range(3)]", locals={"f": 2}).value == [0, 2, 4]
    handle = dialect.execute("object()").reply
    assert handle["isHandle"] is True
    assert handle["repr"].startswith("<object object")
    assert dialect.value("type(x).__name__", x=handle) == "object"


def test_a_long_repr_is_cut(dialect):
    reply = dialect.execute("{'b': 'y' * 50_000, 'a': list(range(100_000))}").reply
    assert len(reply["value"]["a"]) == 100_000
    assert len(reply["repr"]) == 10_000
    assert reply["repr"].startswith("{'b': 'yyy")
    assert dialect.execute("{'b': 1, 'a': [(1, {2})]}").reply["repr"] == "{'b': 1, 'a': [(1, {2})]}"
    bomb = "x = []\nfor _ in range(100): x = [x, x]\nx"
    assert len(dialect.execute(bomb).reply["repr"]) <= 10_000


def test_output_comes_in_order(dialect):
    run = dialect.execute(
        "import sys\n"
        "for n in range(1000): print(n, file=sys.stderr if n % 7 == 0 else sys.stdout)\n"
        "sys.stdout.buffer.write('é'.encode()[:1]); sys.stdout.buffer.write('é'.encode()[1:])\n"
        "print('last', end='')"
    )
    shown = "".join(event["text"] for event in run.events)
    assert shown == "".join(f"{n}\n" for n in range(1000)) + "élast"
    assert run.text("stderr").split() == [str(n) for n in range(0, 1000, 7)]
    # Neighbours travel together: there were 2000 writes.
    assert len(run.events) < 500


def test_output_comes_while_the_code_runs(pool, client):
    running = client.send("execute", code="print('now', end='')\nwhile True: pass")
    assert client.receive() == {"id": running, "event": "output", "stream": "stdout", "text": "now"}
    client.send("cancel", requestId=running)
    assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}


def test_output_is_for_the_caller_alone(pool, client):
    mark = "for the caller's eyes"
    assert client.execute(f'print("{mark}")').text() == f"{mark}\n"
    assert client.eval("print('for the log')")["value"] is None
    eventually(lambda: "for the log" in pool.output, "eval prints into the log")
    assert mark not in pool.output + pool.log


def test_what_children_and_native_code_write_goes_to_the_log(pool, client):
    source = (
        "import os, subprocess, sys\nos.write(1, b'native\\n')\nsubprocess.run(['echo', 'child'], stdout=sys.stdout)"
    )
    run = client.execute(source)
    assert run.events == []
    eventually(lambda: "native" in pool.output and "child" in pool.output, "the log has both")


def test_threads_of_the_code_show_to_its_caller(pool, client):
    source = """
import threading, __main__
__main__.go, __main__.gone = threading.Event(), threading.Event()
def work():
    print('during')
    started.set()
    __main__.go.wait()
    print('after the run')
    __main__.gone.set()
started = threading.Event()
threading.Thread(target=work, daemon=True).start()
started.wait()
"""
    assert client.execute(source).text() == "during\n"
    later = client.execute("import __main__\n__main__.go.set()\n__main__.gone.wait()\nprint('mine')")
    assert later.text() == "mine\n"
    eventually(lambda: "after the run" in pool.output, "a thread that outlives its run writes into the log")


def test_forked_children_write_into_the_log(pool, client):
    source = """
import os
print('before')
pid = os.fork()
if pid == 0:
    print('from the child', flush=True)
    os._exit(0)
os.waitpid(pid, 0)
print('parent')
"""
    assert client.execute(source).text() == "before\nparent\n"
    eventually(lambda: "from the child" in pool.output, "the child's output")
    assert client.execute("1").value == 1


def test_a_child_that_comes_back_from_the_code_says_nothing_to_the_client(client):
    assert client.execute("import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\npid > 0").value is True
    assert client.execute("'still one'").value == "still one"


def test_everything_is_as_before_when_the_run_is_over(client):
    surroundings = "[sys.stdout, sys.stderr, sys.stdin, builtins.input, list(sys.meta_path)]"
    client.eval(f"import builtins, sys, __main__\n__main__.before = {surroundings}")
    client.execute("import builtins, sys, io\nsys.stdout = io.StringIO()\nsys.stdin = None\nbuiltins.input = print")
    client.execute("import sys\nsys.stdout.close()\nsys.stdout.buffer.close()\nraise ValueError")
    assert client.value(f"import builtins, sys, __main__\n__main__.before == {surroundings}") is True
    assert client.execute("print('still')").text() == "still\n"


def test_names_do_not_survive(client):
    client.execute("leftover = 1")
    assert client.execute("leftover").reply["details"]["exceptionType"] == "NameError"


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        ("x = 1\n\n1 / 0", "ZeroDivisionError", 3),
        ("def f():\n    return 1 / 0\n\nf()", "ZeroDivisionError", 2),
        ("import json\n\njson.loads('{')", "json.decoder.JSONDecodeError", 3),
        ("x = 1\nx = (", "SyntaxError", 2),
        ("import asyncio\nasync def f():\n    raise OSError\nawait f()", "OSError", 3),
        ("\n\ncompile('(', 'other', 'exec')", "SyntaxError", 3),
        ("    indented = 1\n    1 / 0", "ZeroDivisionError", 2),
    ],
)
def test_an_error_tells_its_line(client, source, name, line):
    reply = client.execute(source).reply
    assert reply["code"] == "PYTHON_ERROR"
    assert reply["details"] == {"exceptionType": name, "line": line}
    assert "asyncio/base_events" not in reply["traceback"]
    assert "beep_engine" not in reply["traceback"]


def test_what_came_before_an_error_is_shown(dialect):
    run = dialect.execute("print('so far')\nraise SystemExit(3)")
    assert run.text() == "so far\n"
    assert (run.reply["code"], run.reply["details"]) == ("PYTHON_EXIT", {"exitCode": 3, "line": 2})


def test_payloads_that_are_none(dialect):
    for payload in ({}, {"code": 1}, {"code": "1", "locals": []}, {"code": "1", "outputLimit": "all"}):
        request_id = None if isinstance(dialect, FrameClient) else "x"
        dialect.send("execute", request_id=request_id, **payload)
        assert dialect.receive()["code"] == "BAD_REQUEST"


def test_lines_without_an_id_keep_their_order(pool):
    with pool.lines() as client:
        client.send("execute", code="print('one')\ninput()")
        client.send("ping")
        assert client.receive() == {"event": "output", "stream": "stdout", "text": "one\n"}
        # Nobody could answer: an answer needs an id to name.
        assert client.receive()["details"]["exceptionType"] == "EOFError"
        assert client.receive()["status"] == "ok"


def test_many_at_once(pool):
    clients = [pool.frames() for _ in range(4)] + [pool.lines() for _ in range(4)]
    for number, client in enumerate(clients):
        client.send("execute", request_id=1, code=f"for n in range(2000): print({number}, n)\n{number}")
    for number, client in enumerate(clients):
        text = ""
        while True:
            message = client.receive()
            if "event" not in message:
                break
            text += message["text"]
        assert message["value"] == number
        assert text == "".join(f"{number} {n}\n" for n in range(2000))
        client.__exit__()
