"""Where the main thread waits, and who reads a connection meanwhile."""

import os
import socket
import threading

import pytest
from pools.harness import DEADLINE

from beep_engine.worker import watch as watching
from beep_engine.worker.lanes import Lane
from beep_engine.worker.seat import find_seat
from beep_engine.worker.watch import Watch, make_watch

pytestmark = pytest.mark.skipif(not watching.EXCLUSIVE, reason="the system cannot keep that order")


@pytest.fixture
def watch():
    made = Watch()
    yield made
    made.close_after_fork()


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


class MainThread:
    """Somebody who waits at a watch until he gets None."""

    def __init__(self, watch):
        self.turns = []
        self.got = threading.Condition()
        self._watch = watch
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self):
        turn = self._watch.get()
        while turn is not None:
            with self.got:
                self.turns.append(turn)
                self.got.notify_all()
            turn = self._watch.get()

    def until(self, count):
        """It has got so many turns."""
        with self.got:
            assert self.got.wait_for(lambda: len(self.turns) >= count, DEADLINE)

    def end(self):
        self._watch.put(None)
        self._thread.join(DEADLINE)
        assert not self._thread.is_alive()


@pytest.fixture
def main(watch):
    made = MainThread(watch)
    yield made
    made.end()


def test_gives_turns_in_their_order_from_any_thread(watch, main):
    count = 2000
    threads = [threading.Thread(target=lambda: [watch.put(n) for n in range(count)]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    main.until(3 * count)
    assert sorted(main.turns) == sorted([*range(count)] * 3)


def test_wakes_for_a_turn_that_comes_while_it_waits(watch, main):
    for number in range(500):
        watch.put(number)
        main.until(number + 1)
    assert main.turns == list(range(500))


def test_an_idle_main_thread_reads_by_itself(watch, main, pair):
    ours, theirs = pair
    read, lane = [], Lane()

    def read_by_main(seat):
        if seat.try_take():
            read.append((threading.current_thread(), ours.recv(100)))
            seat.give_back(False)
            watch.put(lane)

    seat = find_seat(watch, ours.fileno(), read_by_main)
    for number in range(200):
        theirs.sendall(b"%d" % number)
        main.until(number + 1)
    assert [data for _, data in read] == [b"%d" % number for number in range(200)]
    assert {thread for thread, _ in read} == {main._thread}
    seat.leave()


def test_the_reader_thread_reads_while_the_main_thread_is_busy(watch, pair):
    ours, theirs = pair
    seat = find_seat(watch, ours.fileno(), lambda _: pytest.fail("nobody waits at the watch"))
    theirs.sendall(b"ping")
    seat.wait()
    assert ours.recv(100) == b"ping"
    seat.leave()


def test_what_the_main_thread_leaves_wakes_the_reader(watch, main, pair):
    ours, theirs = pair

    def leave_it(seat):
        assert seat.try_take()
        seat.give_back(True)

    seat = find_seat(watch, ours.fileno(), leave_it)
    theirs.sendall(b"more than a little")
    seat.wait()
    assert ours.recv(100) == b"more than a little"
    seat.leave()


def test_a_reader_at_work_is_told_of_what_the_main_thread_has_met(watch, main, pair):
    ours, theirs = pair
    met = threading.Event()

    def look(seat):
        assert not seat.try_take()
        met.set()

    seat = find_seat(watch, ours.fileno(), look)
    seat.take()
    theirs.sendall(b"late")
    assert met.wait(DEADLINE)
    seat.release()
    seat.wait()
    assert ours.recv(100) == b"late"
    seat.leave()


def test_nobody_takes_a_seat_that_was_left(watch, pair):
    ours, _ = pair
    seat = find_seat(watch, ours.fileno(), lambda _: None)
    seat.leave()
    assert not seat.try_take()
    # Its place is free again: the same socket may be watched once more.
    find_seat(watch, ours.fileno(), lambda _: None).leave()


def test_a_reader_that_cannot_line_up_keeps_nothing_taken(watch, pair, monkeypatch):
    ours, _ = pair
    seat = find_seat(watch, ours.fileno(), lambda _: None)
    assert seat.try_take()
    seat.give_back(True)

    def fail(_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(seat, "_line_up", fail)
    with pytest.raises(OSError, match=os.strerror(28)):
        seat.take()
    seat.leave()


def test_a_seat_that_could_not_be_had_is_taken_by_nobody(watch, pair, monkeypatch):
    ours, _ = pair
    tried = []

    def fail(_):
        # The main thread has been told just before that.
        tried.append(watch._readers[ours.fileno()])
        raise OSError(12, os.strerror(12))

    monkeypatch.setattr(watch, "resume", fail)
    assert find_seat(watch, ours.fileno(), lambda seat: tried.append(seat.try_take())) is None
    tried[0]()
    assert tried[1:] == [False]
    monkeypatch.undo()
    seat = find_seat(watch, ours.fileno(), lambda _: None)
    assert seat is not None
    seat.leave()


def test_paused_the_main_thread_is_told_of_nothing(watch, main, pair):
    ours, theirs = pair
    told = threading.Event()
    seat = find_seat(watch, ours.fileno(), lambda _: told.set())
    seat.pause()
    theirs.sendall(b"large")
    watch.put("a turn")
    main.until(1)
    assert not told.is_set()
    seat.resume()
    assert told.wait(DEADLINE)
    seat.leave()


def test_those_beyond_the_seats_are_read_by_their_threads_alone(watch, pair, monkeypatch):
    monkeypatch.setattr(watching, "MOST_SEATS", 1)
    ours, theirs = pair
    first = find_seat(watch, ours.fileno(), lambda _: None)
    assert find_seat(watch, theirs.fileno(), lambda _: None) is None
    first.leave()
    assert find_seat(watch, theirs.fileno(), lambda _: None) is not None


def test_no_seat_without_a_watch_or_a_descriptor(watch):
    assert find_seat(None, 0, lambda _: None) is None
    assert find_seat(watch, None, lambda _: None) is None


def test_without_the_kernels_help_there_is_no_watch(monkeypatch):
    monkeypatch.setattr(watching, "EXCLUSIVE", 0)
    assert make_watch() is None


def test_a_watch_out_of_files_is_none(monkeypatch):
    def fail():
        raise OSError(24, os.strerror(24))

    monkeypatch.setattr(watching, "epoll", fail)
    assert make_watch() is None
