"""What code asks, and answers that come, come late, or never come."""

import socket

import pytest
from pools.harness import FrameClient, eventually


def test_input_is_answered(dialect):
    run = dialect.execute("name = input('Name? ')\nprint('Hello', name)\nlen(name)", answers=[{"text": "Zoë"}])
    assert run.events[0] == {"event": "input", "prompt": "Name? ", "password": False}
    assert (run.text(), run.value) == ("Hello Zoë\n", 3)


def test_output_before_a_question_comes_before_it(dialect):
    run = dialect.execute("print('first')\ninput()\nprint('second')", answers=[{"text": ""}])
    assert [event["event"] for event in run.events] == ["output", "input", "output"]


def test_getpass_asks_for_a_password(dialect):
    run = dialect.execute("from getpass import getpass\ngetpass('Key: ')", answers=[{"text": "s3cret"}])
    assert run.events == [{"event": "input", "prompt": "Key: ", "password": True}]
    assert run.value == "s3cret"


def test_the_end_of_input(dialect):
    run = dialect.execute("try: input()\nexcept EOFError: print('no more')", answers=[{"eof": True}])
    assert run.text() == "no more\n"
    run = dialect.execute("import sys\nsys.stdin.read()", answers=[{"text": "a\nb"}, {"text": "c"}, {"eof": True}])
    assert run.value == "a\nb\nc\n"


def test_an_answer_of_several_lines_answers_several_questions(dialect):
    run = dialect.execute("[input('a'), input('b'), input('c')]", answers=[{"text": "1\n2"}, {"text": "3"}])
    assert run.value == ["1", "2", "3"]
    assert run.text() == "b"


def test_code_that_brings_its_own_input_is_not_answered_for(client):
    assert client.execute("import sys, io\nsys.stdin = io.StringIO('mine')\ninput()").value == "mine"


def test_callers_that_answer_nothing(dialect):
    run = dialect.execute("input()", allowInput=False)
    assert (run.events, run.reply["details"]["exceptionType"]) == ([], "EOFError")


def test_eval_still_has_no_input(dialect):
    assert dialect.eval("input()")["details"]["exceptionType"] == "EOFError"


def test_answers_to_nothing(dialect):
    for payload in ({"requestId": 12345, "text": "x"}, {"requestId": "none", "eof": True}, {"text": "x"}):
        assert dialect.ask("input", **payload)["success"] is False
    for payload in ({"requestId": 1}, {"requestId": 1, "text": 5}, {"requestId": 1, "eof": False}):
        assert dialect.ask("input", **payload)["code"] == "BAD_REQUEST"


def test_answers_are_for_ones_own_code(pool, client):
    running = client.send("execute", code="input()")
    assert client.receive()["event"] == "input"
    with FrameClient(pool.path) as other:
        assert other.ask("input", requestId=running, text="not mine") == {"success": False}
    client.send("input", requestId=running, text="mine", request_id=running + 1)
    replies = {reply["id"]: reply for reply in (client.receive(), client.receive())}
    assert replies[running]["value"] == "mine"


def test_threads_ask_one_after_the_other(dialect):
    source = """
import threading
got = []
threads = [threading.Thread(target=lambda: got.append(input())) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
sorted(got)
"""
    run = dialect.execute(source, answers=[{"text": "a"}, {"text": "b"}, {"text": "c"}])
    assert run.value == ["a", "b", "c"]


def test_cancel_what_waits_for_an_answer(pool, client):
    for source in ("input()", "import getpass\ngetpass.getpass()", "import sys\nfor line in sys.stdin: pass"):
        running = client.send("execute", code=source)
        assert client.receive()["event"] == "input"
        client.send("cancel", requestId=running)
        replies = {reply["id"]: reply for reply in (client.receive(), client.receive())}
        assert replies[running]["code"] == "CANCELLED"
    assert client.execute("1").value == 1


def test_an_interrupt_at_a_question_can_be_caught(client):
    source = "try: input()\nexcept KeyboardInterrupt: print('caught', flush=True)\ninput('again')"
    running = client.send("execute", code=source)
    assert client.receive()["event"] == "input"
    client.send("cancel", requestId=running)
    messages = [client.receive() for _ in range(3)]
    assert {message.get("text") or message.get("prompt") or message.get("success") for message in messages} == {
        "caught\n",
        "again",
        True,
    }
    client.send("cancel", requestId=running)
    assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}


@pytest.mark.parametrize("dialect", ["frames", "lines"])
def test_a_client_that_sends_nothing_more_answers_nothing(pool, dialect):
    with getattr(pool, dialect)() as client:
        client.send("execute", code="input('one')", request_id=1)
        assert client.receive()["event"] == "input"
        client.send("execute", code="input('two')", request_id=2)
        client.sock.shutdown(socket.SHUT_WR)
        replies = {reply["id"]: reply["details"]["exceptionType"] for reply in (client.receive(), client.receive())}
        assert replies == {1: "EOFError", 2: "EOFError"}


def test_a_client_that_goes_away_at_a_question(pool):
    with FrameClient(pool.path) as other:
        with FrameClient(pool.path) as client:
            client.send("execute", code="import __main__\n__main__.asked = True\ninput()")
            assert client.receive()["event"] == "input"
        assert other.value("import __main__\n__main__.asked") is True


def test_a_thread_that_waits_for_an_answer_when_the_run_ends(pool, client):
    source = """
import threading, __main__
__main__.seen = []
def ask():
    try: input()
    except EOFError: __main__.seen.append('no more')
thread = threading.Thread(target=ask)
thread.start()
asked = input
"""
    running = client.send("execute", code=source)
    messages = [client.receive(), client.receive()]
    assert sorted(message.get("event", "reply") for message in messages) in (["input", "reply"],)
    assert all(message["id"] == running for message in messages)
    eventually(lambda: client.value("import __main__\n__main__.seen") == ["no more"], "the thread goes on")
