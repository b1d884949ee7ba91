"""What the connections of a worker share, asked for by several of them at once."""

import socket
import threading

from beep_engine.engine.operations import Engine
from beep_engine.settings import Settings
from beep_engine.worker import session_desk
from beep_engine.worker.pool_talk import PoolTalk
from beep_engine.worker.services import Services


def test_there_is_one_desk_for_sessions_however_many_ask_at_once(monkeypatch):
    made, second = [], threading.Event()

    class Desk:
        def __init__(self, *_):
            made.append(self)
            if len(made) > 1:
                second.set()
            # For whoever would make another one meanwhile.
            second.wait(0.2)

    monkeypatch.setattr(session_desk, "SessionDesk", Desk)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        services = Services(Engine(), {"status": "ok"}, PoolTalk(ours), Settings())
        found = []
        threads = [threading.Thread(target=lambda: found.append(services.desk)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == made * 3
