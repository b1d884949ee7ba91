"""What worker and pool tell each other on Windows, where they share no socket."""

import json
import os

import pytest

from beep_engine.control import CALM, REASON, WATCH
from beep_engine.faults import Fault
from beep_engine.platform.ready_line import WORKER_LINE
from beep_engine.worker.pool_lines import PoolLines


@pytest.fixture
def told():
    """A worker's side, and a function that gives what it has told."""
    reader, writer = os.pipe()
    pool = PoolLines(writer)
    os.close(writer)

    def lines():
        text = [line for line in os.read(reader, 65536).splitlines() if line]
        assert all(line.startswith(WORKER_LINE) for line in text)
        return [json.loads(line[len(WORKER_LINE) :]) for line in text]

    yield pool, lines
    os.close(reader)


def test_records_are_lines_of_their_own(told):
    pool, lines = told
    say = pool.ready_to_tell(REASON, {"reason": "no memory"})
    pool.tell(WATCH, 3, {"seconds": 1.5, "reason": "too slow"})
    pool.tell(CALM, 3)
    say()
    assert lines() == [
        {"kind": WATCH, "number": 3, "seconds": 1.5, "reason": "too slow"},
        {"kind": CALM, "number": 3},
        {"kind": REASON, "number": 0, "reason": "no memory"},
    ]


def test_there_are_no_sessions_with_a_process_of_their_own(told):
    pool, _ = told
    answers = []
    pool.ask({"question": "list"}, answers.append)
    assert answers == [{"sessions": []}]
    for question, code in (("open", "BAD_REQUEST"), ("keep", "SESSION_NOT_FOUND"), ("interrupt", "SESSION_NOT_FOUND")):
        with pytest.raises(Fault) as refused:
            pool.ask({"question": question, "sessionId": "p1-1"}, answers.append)
        assert refused.value.code == code
