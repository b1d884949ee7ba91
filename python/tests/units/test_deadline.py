import threading

from beep_engine.worker.deadline import Deadline


def test_the_last_one_set_is_the_one_that_counts():
    deadline, done = Deadline(), []
    came = threading.Event()
    deadline.start()
    deadline.start()
    for number in range(1000):
        deadline.set(60, lambda number=number: done.append(number))
        deadline.clear()
    deadline.set(0.01, came.set)
    assert came.wait(60)
    came.clear()
    # Later than the one before, which has gone: nobody needs to be woken for it.
    deadline.set(0.02, came.set)
    assert came.wait(60)
    assert done == []


def test_nothing_is_kept_of_what_is_over():
    class Held:
        pass

    import gc
    import weakref

    deadline, held, came = Deadline(), Held(), threading.Event()
    deadline.start()
    reference = weakref.ref(held)
    deadline.set(60, lambda held=held: None)
    del held
    deadline.set(0.001, came.set)
    assert came.wait(60)
    gc.collect()
    assert reference() is None
