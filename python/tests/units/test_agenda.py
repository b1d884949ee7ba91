from beep_engine.pool.agenda import Agenda


def test_an_agenda():
    now, done = [100.0], []
    agenda = Agenda(lambda: now[0])
    first, second = (lambda: done.append("first")), (lambda: done.append("second"))
    assert agenda.until_next() is None
    agenda.add(2, first)
    agenda.add(1, second)
    assert agenda.until_next() == 1
    now[0] = 101.5
    assert agenda.until_next() == 0
    agenda.run_due()
    agenda.run_due()
    assert done == ["second"]
    agenda.add(5, first)
    now[0] = 103
    agenda.run_due()
    assert done == ["second"]
    agenda.clear()
    assert agenda.until_next() is None


def test_an_action_may_plan_itself_again():
    now, runs = [0.0], []
    agenda = Agenda(lambda: now[0])

    def again():
        runs.append(now[0])
        agenda.add(1, again)

    again()
    now[0] = 1
    agenda.run_due()
    assert (runs, agenda.until_next()) == ([0.0, 1], 1)


def test_an_action_may_take_another_off_that_is_due_as_well():
    now, runs = [0.0], []
    agenda = Agenda(lambda: now[0])

    def second():
        runs.append("second")

    def first():
        runs.append("first")
        agenda.remove(second)

    agenda.add(1, first)
    agenda.add(1, second)
    now[0] = 2
    agenda.run_due()
    assert (runs, agenda.until_next()) == (["first"], None)
