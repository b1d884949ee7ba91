"""Sessions that share a worker: what runs in them, their leases, and their end."""

from pools.harness import FrameClient, eventually
from pools.sessions import Session, listed


def test_sessions_are_told_while_code_runs(pool):
    with FrameClient(pool.path) as busy, FrameClient(pool.path) as other:
        session = Session(busy)
        running = busy.send("eval", expression="import time; time.sleep(1000)", sessionId=session.id)
        eventually(lambda: listed(other, session)["requests"] == 1, "it runs")
        newcomer = Session(other)
        assert other.ask("session_heartbeat", sessionId=session.id)["idleSeconds"] == 0
        # Closing ends what runs in it.
        other.send("session_close", sessionId=session.id, request_id=500)
        assert busy.replies(running)[running]["code"] == "CANCELLED"
        assert other.replies(500)[500]["success"] is True
        assert newcomer.close() == {"success": True}


def test_close_ends_what_waits_in_it_and_nothing_else(pool):
    with FrameClient(pool.path) as client:
        one, two = Session(client), Session(client)
        running = client.send("eval", expression="import time; time.sleep(1000)", sessionId=one.id)
        waiting = client.send("eval", expression="1 / 0", sessionId=one.id)
        others = client.send("eval", expression="'mine'", sessionId=two.id)
        closing = client.send("session_close", sessionId=one.id)
        replies = client.replies(running, waiting, others, closing)
        assert replies[running]["code"] == replies[waiting]["code"] == "CANCELLED"
        assert replies[others]["value"] == "mine"
        assert replies[closing]["success"] is True
        two.close()


def test_a_session_that_nobody_uses_expires(pool):
    with FrameClient(pool.path) as client:
        session = Session(client, leaseSeconds=1)
        kept = Session(client, leaseSeconds=1)
        session.value("import builtins\nclass Gone:\n    def __del__(self): builtins.expired = True\nx = Gone()\n1")

        def expired():
            assert kept.ask("session_heartbeat")["sessionId"] == kept.id
            return listed(client, session) is None

        eventually(expired, "it expires")
        assert session.eval("1")["code"] == "SESSION_NOT_FOUND"
        assert "expired" in session.eval("1")["hint"]
        eventually(lambda: client.value("import builtins\nhasattr(builtins, 'expired')"), "what it held is gone")
        assert kept.value("1") == 1
        kept.close()


def test_a_session_that_works_does_not_expire(pool):
    with FrameClient(pool.path) as client:
        session = Session(client, leaseSeconds=1)
        assert session.value("import time; time.sleep(1.5); 'done'") == "done"
        assert session.value("1") == 1
        session.close()


def test_sessions_outlive_their_connections(pool):
    with FrameClient(pool.path) as client:
        session = Session(client)
        session.value("x = 5")
        running = client.send("eval", expression="import time; time.sleep(1000)", sessionId=session.id)
        assert running
        client.send("eval", expression="'waits'", sessionId=session.id)
    with FrameClient(pool.path) as other:
        session.client = other
        assert session.value("x") == 5
        eventually(lambda: listed(other, session)["requests"] == 0, "what the client left has ended")
        session.close()


def test_sessions_go_with_their_worker(own_pool):
    with FrameClient(own_pool.path) as client:
        session = Session(client)
        client.send("eval", expression="import os; os._exit(1)", sessionId=session.id)
        assert client.receive()["code"] == "WORKER_LOST"
        assert session.eval("1")["code"] == "SESSION_NOT_FOUND"
        another = Session(client)
        assert another.id != session.id
        assert another.value("1") == 1


def test_tasks_go_on_with_the_next_run_of_a_session(session):
    session.execute(
        "import asyncio\nasync def count():\n  global n\n  while True:\n    n += 1\n    await asyncio.sleep(0)"
    )
    assert session.execute("n = 0\ntask = asyncio.ensure_future(count())\nawait asyncio.sleep(0)\nn").value == 1
    assert session.execute("for _ in range(10): await asyncio.sleep(0)\nn > 5").value is True
    assert session.execute("task.cancel()\nawait asyncio.sleep(0)\ntask.cancelled()").value is True


def test_tasks_of_a_session_end_with_it(dialect):
    session = Session(dialect)
    source = """
import asyncio, builtins
builtins.cleaned = False
async def background():
    try: await asyncio.sleep(1000)
    finally: builtins.cleaned = True
task = asyncio.ensure_future(background())
await asyncio.sleep(0)
"""
    session.execute(source)
    session.close()
    assert dialect.value("import builtins\nbuiltins.cleaned") is True


def test_an_interrupt_that_meets_a_task_of_a_session_is_told_once(client):
    session = Session(client)
    source = """
import asyncio
async def background():
    while True: pass
task = asyncio.ensure_future(background())
print('begun', flush=True)
await asyncio.sleep(1000)
"""
    running = client.send("execute", code=source, sessionId=session.id)
    assert client.receive()["text"] == "begun\n"
    cancel = client.send("cancel", requestId=running)
    assert client.replies(running, cancel)[running]["code"] == "CANCELLED"
    run = session.execute("import gc\nprint(type(task._exception).__name__)\ndel task\ncollected = gc.collect()")
    assert (run.text("stderr"), run.text()) == ("", "KeyboardInterrupt\n")
    later = """
async def failing(): raise ValueError('of its own')
task = asyncio.ensure_future(failing())
await asyncio.sleep(0)
await asyncio.sleep(0)
del task
collected = gc.collect()
"""
    assert "ValueError: of its own" in session.execute(later).text("stderr")
    session.close()


def test_threads_of_a_session_show_to_its_next_run(dialect, session):
    source = (
        "import concurrent.futures\npool = concurrent.futures.ThreadPoolExecutor(1)\npool.submit(print, 1).result()"
    )
    assert session.execute(source).text() == "1\n"
    assert dialect.execute("print('another')").text() == "another\n"
    assert session.execute("pool.submit(print, 2).result()").text() == "2\n"
    session.execute("pool.shutdown()")


def test_many_sessions_leave_nothing_behind(pool):
    with FrameClient(pool.path) as client:
        count = "import gc\ngc.collect()\nlen(gc.get_objects())"

        def life():
            sessions = [Session(client) for _ in range(20)]
            for session in sessions:
                for _ in range(5):
                    session.eval("class Thing: pass\ndef f(): return f\nThing()")
            for session in sessions:
                session.close()

        life()
        client.value(count)
        before = client.value(count)
        life()
        assert client.value(count) - before < 200
        assert client.ask("session_list")["sessions"] == []
