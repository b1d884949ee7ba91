"""How much the fuzzing tests try, and the count of what they have tried, which a run prints at its end.

Quick by default, and the same inputs each time, so that a run says what the last one said. With BEEP_FUZZ=long there
are fifty times as many, new ones each time; a failure prints how to have it again.
"""

import os
from collections import Counter

from hypothesis import HealthCheck, settings

LONG = os.environ.get("BEEP_FUZZ") == "long"
# The tried inputs of each test, for the end of the run.
TRIED: Counter = Counter()


def examples(quick):
    """The settings of a test that tries so many inputs when it is quick. No deadlines: the machine may be busy."""
    return settings(
        max_examples=quick * 50 if LONG else quick,
        derandomize=not LONG,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def tried(what, count=1):
    TRIED[what] += count
