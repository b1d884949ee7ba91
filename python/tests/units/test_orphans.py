"""Sessions whose opener died while their process was coming up."""

from types import SimpleNamespace

import pytest

from beep_engine.pool.agenda import Agenda
from beep_engine.pool.own_sessions import OwnSessions
from beep_engine.slots import Use


class Place:
    """A station whose worker becomes ready when the test says so."""

    def __init__(self, listener, on_ready):
        self.listener = listener
        self.on_ready = on_ready
        self.worker = SimpleNamespace(pid=4711, kill_group=lambda: None)
        self.table = SimpleNamespace(use=lambda: Use(0, 0, 0.0))
        self.relay = SimpleNamespace(tell=lambda *_args, **_fields: None)
        self.did = []

    def launch(self, _epoch, _session):
        self.did.append("launch")

    def accept(self):
        self.did.append("accept")

    def stop_listening(self):
        self.did.append("stop_listening")

    def ask_to_stop(self):
        self.did.append("ask_to_stop")
        return True


@pytest.mark.parametrize("opener_lives", [True, False])
def test_a_session_that_nobody_was_told_of_is_ended(tmp_path, opener_lives):
    places, told = [], []

    def make(listener, on_ready, _on_question):
        places.append(Place(listener, on_ready))
        return places[-1]

    def answer(document):
        told.append(document)
        return opener_lives

    sessions = OwnSessions(SimpleNamespace(agenda=Agenda()), str(tmp_path / "pool"), make, lambda _station: None)
    sessions.take({"question": "open", "options": {"ownProcess": True}}, answer)
    places[0].on_ready()
    assert [document["ownProcess"] for document in told] == [True]
    ended = ["stop_listening", "ask_to_stop"]
    assert places[0].did == ["launch", "accept", *([] if opener_lives else ended)]
    listed = []
    sessions.take({"question": "list"}, lambda document: listed.append(document) or True)
    assert len(listed[0]["sessions"]) == (1 if opener_lives else 0)
    places[0].listener.socket.close()
