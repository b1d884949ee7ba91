from beep_engine.platform.families import Kin, family_of, last_pid, parse_stat
from beep_engine.pool.agenda import Agenda
from beep_engine.pool.crowds import LOOK_EVERY, LOOK_RARELY, Crowds


def test_a_name_may_hold_anything():
    assert parse_stat(b"42 (a) R 9 (b c) S 7 8 9 0") == Kin(7, 8)


def test_a_family_is_a_group_and_what_descends_from_it():
    kin = {
        1: Kin(0, 1),
        10: Kin(1, 10),
        11: Kin(10, 10),
        # Its parent has ended; the group is still the same.
        12: Kin(1, 10),
        # A group of its own, and one that has stayed in it.
        13: Kin(11, 13),
        14: Kin(1, 13),
        # Somebody else.
        20: Kin(1, 20),
        21: Kin(20, 20),
        # It has gone into a group of others, who are no kin for that.
        15: Kin(10, 20),
    }
    assert family_of(10, kin) == {10, 11, 12, 13, 14, 15}
    assert family_of(20, kin) == {15, 20, 21}
    assert family_of(99, kin) == {99}


def test_the_newest_process():
    assert last_pid() is None or last_pid() > 0


class Place:
    """A station, as far as Crowds knows it."""

    def __init__(self, pid, has_clients=True):
        self.worker = type("Worker", (), {"pid": pid})()
        self.has_clients = has_clients
        self.ended = []

    def end_worker(self, reason, others):
        self.ended.append((reason, set(others)))


def test_counting_happens_when_somebody_may_have_too_many(monkeypatch):
    now, newest, kin, counted = [0.0], [100], {10: Kin(1, 10), 20: Kin(1, 20)}, []

    def all_kin():
        counted.append(newest[0])
        return kin

    monkeypatch.setattr("beep_engine.pool.crowds.can_count", lambda: True)
    monkeypatch.setattr("beep_engine.pool.crowds.last_pid", lambda: newest[0])
    monkeypatch.setattr("beep_engine.pool.crowds.all_kin", all_kin)
    monkeypatch.setattr("beep_engine.pool.crowds.stop_family", lambda root: family_of(root, kin))
    one, other = Place(10), Place(20, has_clients=False)
    agenda = Agenda(lambda: now[0])
    Crowds(agenda, lambda: iter([one, other]), 4).start()

    def look(started):
        newest[0] += started
        now[0] += agenda.until_next()
        agenda.run_due()

    look(0)
    assert counted == [100]
    # Alone each may start three more.
    look(2)
    assert counted == [100]
    look(1)
    assert counted == [100, 103]
    kin.update({number: Kin(10, 10) for number in range(30, 34)})
    look(4)
    assert one.ended == [("its code had started 4 processes (the limit is 4)", {10, 30, 31, 32, 33})]
    assert other.ended == []
    # Ids have begun anew.
    newest[0] = 5
    look(0)
    assert counted[-1] == 5
    one.has_clients = False
    look(0)
    assert agenda.until_next() == LOOK_RARELY > LOOK_EVERY
