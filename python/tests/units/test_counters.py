"""What workers count, and how it is read."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from beep_engine.counters import BOUNDS, COUNTERS_SIZE, Counters, Tally
from beep_engine.faults import CODES, Fault
from beep_engine.platform.process_usage import parse_stat, parse_task_info, usage_of
from beep_engine.slots import SlotTable, make_shared_file


def fails(code):
    return Fault(code, "it failed").fields()


@pytest.fixture
def counters():
    return Counters(bytearray(COUNTERS_SIZE), 0)


def test_latencies_are_grouped_by_their_upper_bounds(counters):
    for seconds in (0.0, BOUNDS[0], BOUNDS[0] * 1.01, BOUNDS[-1], BOUNDS[-1] + 1, 1e9):
        counters.ran(seconds, {"value": 1})
    tally = counters.tally()
    assert tally.latencies == (2, 1, *[0] * (len(BOUNDS) - 3), 1, 2)
    assert (tally.requests, tally.errors) == (6, {})
    assert tally.seconds == pytest.approx(BOUNDS[0] * 2.01 + BOUNDS[-1] * 2 + 1 + 1e9)


def test_every_code_is_counted_and_an_unknown_one_is_our_fault(counters):
    for code in CODES:
        counters.ran(0.1, fails(code))
        counters.failed(fails(code))
    counters.failed({"error": "?", "code": "NEWER"})
    assert counters.tally().errors == {code: 3 if code == "INTERNAL" else 2 for code in CODES}


def test_what_a_lost_worker_had_in_hand_has_failed(counters):
    for _ in range(5):
        counters.submitted()
    counters.ended()
    counters.ran(0.1, {})
    counters.ended(2)
    assert counters.tally().in_flight == 2
    counters.lose()
    counters.lose()
    tally = counters.tally()
    assert (tally.in_flight, tally.requests, tally.errors) == (0, 3, {"WORKER_LOST": 2})


def test_threads_lose_no_failure(counters):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: counters.failed(fails("BAD_REQUEST")), range(4000)))
    assert counters.tally().errors == {"BAD_REQUEST": 4000}


def test_tallies_add_up(counters):
    counters.ran(0.0, fails("PYTHON_ERROR"))
    counters.submitted()
    one = counters.tally()
    both = one.plus(one._replace(errors={"BUSY?": 1})).plus(Tally())
    assert (both.requests, both.in_flight, both.latencies[0]) == (2, 2, 2)
    assert both.errors == {"PYTHON_ERROR": 1, "BUSY?": 1}


def test_counts_outlive_the_worker_that_shares_them(tmp_path):
    fd = make_shared_file(str(tmp_path))
    pools, workers = SlotTable(fd), SlotTable(fd)
    workers.slot(0).note_work()
    workers.note_use(1, 2, 3.0)
    workers.counters.ran(0.1, {})
    pools.start_over()
    assert (pools.worked, pools.use().requests) == (False, 0)
    assert pools.counters.tally().requests == 1
    pools.slot(0).reset()
    assert pools.counters.tally().requests == 1
    for table in (pools, workers):
        table.close()
    os.close(fd)


def test_the_program_of_a_process_may_be_called_anything():
    fields = " ".join(map(str, ["S", *range(4, 53)]))
    for name in ("python", "a b", "x) S 1 2 (y", ""):
        # utime, stime and rss are fields 14, 15 and 24 of the line.
        assert parse_stat(f"1 ({name}) {fields}\n", ticks=10, page=4096) == ((14 + 15) / 10, 24 * 4096)


def test_ticks_of_macos_become_seconds():
    numbers = (1, 5_000_000, 24_000_000, 48_000_000)
    data = b"".join(number.to_bytes(8, sys.byteorder) for number in numbers) + bytes(64)
    # Apple silicon: 125/3 nanoseconds a tick.
    assert parse_task_info(data, 125, 3) == (3.0, 5_000_000)


def test_a_process_can_be_measured_while_it_is_there():
    usage = usage_of(os.getpid())
    assert usage.cpu_seconds > 0
    assert usage.memory_bytes > 5_000_000
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert usage_of(process.pid) is None
