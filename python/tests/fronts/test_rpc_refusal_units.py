"""How an error is made to fit (the room is what a client's library takes)."""

import json

import pytest

pytest.importorskip("grpc")

from beep_engine.fronts.rpc.refusal import call_error


@pytest.mark.parametrize("room", [128, 500, 4096])
@pytest.mark.parametrize("letter", ["x", "é", "😀", "\ud800"])
def test_whatever_it_is_it_fits(room, letter):
    fields = {
        "code": "PYTHON_ERROR",
        "message": letter * 3000,
        "hint": letter * 3000,
        "traceback": f"{letter * 70}\n" * 300,
        "details": {"lastLines": [letter * 100] * 50, "exceptionType": letter * 2000, "signal": "SIGKILL"},
    }
    error = call_error(fields, room)
    assert error.ByteSize() <= room
    assert error.shortened is True
    if error.details_json:
        assert isinstance(json.loads(error.details_json), dict)


def test_what_fits_stays_whole():
    fields = {"code": "X", "message": "m", "hint": "h", "traceback": "t", "details": {"a": [1]}}
    error = call_error(fields, 4096)
    assert (error.message, error.hint, error.traceback, error.shortened) == ("m", "h", "t", False)
    assert json.loads(error.details_json) == {"a": [1]}


def test_the_end_of_a_traceback_and_the_last_of_the_lines_stay():
    lines = [f"line {number}" for number in range(1000)]
    fields = {
        "code": "X",
        "message": "m",
        "traceback": "\n".join(lines),
        "details": {"lastLines": lines, "exitCode": 7},
    }
    error = call_error(fields, 2000)
    assert error.traceback.endswith("line 999") and error.traceback.startswith("…\nline ")
    details = json.loads(error.details_json)
    assert details["lastLines"][-1] == "line 999" and details["exitCode"] == 7
