"""How much the fuzzing tests try, and the count of what they have tried, which a run prints at its end.

Quick by default, and the same inputs each time, so that a run says what the last one said. With BEEP_FUZZ=long there
are up to fifty times as many, new ones each time; a failure prints how to have it again. A test that would take longer
than two minutes for them ends then, whatever is left: all of them together end within the hour. BEEP_FUZZ_SECONDS gives
each test another time.
"""

import functools
import os
import time
from collections import Counter

from hypothesis import HealthCheck, settings

LONG = os.environ.get("BEEP_FUZZ") == "long"
ROUNDS = 50
SECONDS = float(os.environ.get("BEEP_FUZZ_SECONDS", "120"))
# The tried inputs of each test, for the end of the run.
TRIED: Counter = Counter()


def examples(quick, of=1):
    """Stands above `given`: so many inputs when it is quick. No deadlines: the machine may be busy.

    Long, it is as many again and again, each time from the start: hypothesis remembers all inputs of one time, and
    gets slower and larger with them. `of`: among how many in the same test its time is shared.
    """

    def decorated(test):
        once = settings(
            max_examples=quick,
            derandomize=not LONG,
            database=None,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        )(test)
        return repeated(once, SECONDS / of) if LONG else once

    return decorated


def repeated(once, seconds):
    @functools.wraps(once)
    def test(*args, **kwargs):
        end = time.monotonic() + seconds
        for _ in range(ROUNDS):
            once(*args, **kwargs)
            if time.monotonic() >= end:
                break

    return test


def tried(what, count=1):
    TRIED[what] += count
