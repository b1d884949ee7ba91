"""Ids and sockets of several workers, and what each of them is told."""

import pytest

from beep_engine.engine.handles import Handles
from beep_engine.faults import Fault
from beep_engine.pool.config import parse_config
from beep_engine.pool.windows import worker_document
from beep_engine.posts import ALONE, Post, read_post, share_of_queue, sibling_path, worker_of
from beep_engine.settings import read_settings
from beep_engine.worker.named_pipe import FILE_FLAG_FIRST_PIPE_INSTANCE, is_pipe_path, listen
from beep_engine.worker.windows import counted_down, pipe_names

PIPE = "\\\\.\\pipe\\beep-demo"
SECOND = Post(2, 3, "/run/x.sock")


def test_whose_id_it_is():
    assert [worker_of(one) for one in ("h2.1-5", "s64.12-1", "h12.3-4")] == [2, 64, 12]
    for other in ("h2-5", "s1-1", "p12-1", "hp12-1-3", "h0.1-1", "h100.1-1", "h2.1", "x2.1-1", "", None, 7):
        assert worker_of(other) is None


def test_the_only_worker_has_ids_without_a_number_of_its_own():
    assert (ALONE.origin(3), ALONE.facts(), ALONE.document(), ALONE.wrong_worker("h2.1-1")) == ("3", {}, {}, None)
    assert read_post({}) == ALONE


def test_one_of_several():
    assert SECOND.origin(7) == "2.7"
    siblings = ["/run/x.sock.w1", "/run/x.sock.w2", "/run/x.sock.w3"]
    assert SECOND.facts() == {"worker": 2, "workers": 3, "siblings": siblings}
    assert read_post(SECOND.document()) == SECOND
    assert is_pipe_path(sibling_path(PIPE, 64))


def test_handles_of_others_are_refused_with_the_way_to_them():
    handles = Handles(SECOND.origin(1), post=SECOND)
    mine = handles.add([])
    assert mine == "h2.1-1"
    for use in (handles.get, handles.dispose):
        with pytest.raises(Fault) as wrong:
            use("h3.1-1")
        assert wrong.value.code == "WRONG_WORKER"
        assert wrong.value.details == {"worker": 3, "path": "/run/x.sock.w3"}
    for unknown in ("h2.9-9", "h9.1-1", "h1-1"):
        with pytest.raises(Fault) as gone:
            handles.get(unknown)
        assert gone.value.code == "HANDLE_NOT_FOUND"
        handles.dispose(unknown)
    # What goes by itself asks nobody.
    handles.drop("h3.1-1")
    handles.dispose(mine)
    assert len(handles) == 0


def test_shares_of_the_queue():
    assert [share_of_queue(limit, workers) for limit, workers in ((1000, 1), (1000, 3), (1, 64), (4, 2))] == [
        1000,
        334,
        1,
        2,
    ]


def test_what_a_worker_on_windows_is_told():
    text = '{"protocol":1,"path":"\\\\\\\\.\\\\pipe\\\\beep-demo","token":"t","workers":2,"queueLimit":5}'
    config = parse_config(text.encode(), "win32")
    one, two = (Post(worker, 2, PIPE) for worker in (1, 2))
    first, second, next_first = (worker_document(config, post, epoch) for post, epoch in ((one, 1), (two, 1), (one, 2)))
    # Only the very first may find that the name belongs to somebody else.
    assert [document["joins"] for document in (first, second, next_first)] == [False, True, True]
    assert read_post(second) == two
    assert read_settings(second).queue == 3
    alone = worker_document(config._replace(workers=1), Post(1, 1, PIPE), 2)
    assert "joins" not in alone
    assert "post" not in alone


def test_pipes_of_a_worker_on_windows():
    assert pipe_names(PIPE, ALONE, False) == [(PIPE, False)]
    assert pipe_names(PIPE, Post(2, 2, PIPE), True) == [(PIPE, True), (PIPE + ".w2", False)]
    told = []
    ready = counted_down(2, lambda: told.append("ready"))
    ready()
    assert told == []
    ready()
    assert told == ["ready"]


class System:
    """Of Windows what listening asks."""

    def __init__(self):
        self.flags = []

    def CreateNamedPipe(self, _path, flags, *_):
        self.flags.append(bool(flags & FILE_FLAG_FIRST_PIPE_INSTANCE))
        return len(self.flags)

    def ConnectNamedPipe(self, _handle, overlapped):
        return self

    def GetOverlappedResult(self, _wait):
        return 0, 0


@pytest.mark.parametrize(("joins", "first"), [(False, True), (True, False)])
def test_who_joins_a_pipe_does_not_ask_to_be_the_first(joins, first):
    system, ready = System(), []
    clients = listen(PIPE, 0, lambda: ready.append(len(system.flags)), system, joins)
    assert [next(clients), next(clients)] == [1, 2]
    assert system.flags == [first, False]
    assert ready == [1]
