"""What a session's own process tells its pool of itself."""

import threading

from beep_engine.engine.operations import Engine
from beep_engine.engine.session_options import read_options
from beep_engine.worker.own_session import OwnDesk
from beep_engine.worker.request import Request


class SlowTable:
    """Keeps the first that tells of a request waiting, just before it is written down."""

    def __init__(self):
        self.told = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def note_use(self, requests, _handles, _now):
        if requests == 1 and not self.begun.is_set():
            self.begun.set()
            assert self.go_on.wait(30)
        self.told.append(requests)


def test_what_is_told_last_is_how_it_is():
    """Else the pool might think for ever that something runs there, and its lease would never end."""
    table = SlowTable()
    session = Engine(1).keep_to_one("p1-1", read_options({}))
    desk = OwnDesk(session, None, table, "/nowhere")
    request = Request(None, 1, "eval", {})
    noting = threading.Thread(target=desk.note, args=(request,))
    noting.start()
    assert table.begun.wait(30)
    ending = threading.Thread(target=desk.done, args=(request,))
    ending.start()
    # It waits for the other; where it does not, it has told by then.
    ending.join(0.2)
    table.go_on.set()
    noting.join(30)
    ending.join(30)
    assert table.told[-1] == 0
