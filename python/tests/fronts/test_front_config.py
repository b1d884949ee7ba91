import pytest

from beep_engine.faults import Fault
from beep_engine.fronts.front_config import FrontConfig, read_front_config

GOOD = {
    "protocol": 1,
    "role": "http",
    "name": "démo",
    "host": "127.0.0.1",
    "port": 5678,
    "token": "t",
    "pool": {"path": "/tmp/a b.sock"},
}


def test_reads_the_fields():
    assert read_front_config(GOOD, "http") == FrontConfig("démo", 5678, "t", "/tmp/a b.sock", None)
    assert read_front_config({**GOOD, "cancelOnDisconnect": False}, "http").cancel_on_disconnect is False
    with_token = {**GOOD, "pool": {"path": r"\\.\pipe\x", "token": "p"}}
    assert read_front_config(with_token, "http").pool_token == "p"


def test_only_a_null_that_is_written_switches_the_token_off():
    assert read_front_config({**GOOD, "token": None}, "http").token is None
    without = {name: value for name, value in GOOD.items() if name != "token"}
    for fields in (without, {**GOOD, "token": ""}, {**GOOD, "token": 7}):
        with pytest.raises(Fault, match="token"):
            read_front_config(fields, "http")


@pytest.mark.parametrize(
    "change",
    [
        {"protocol": 2},
        {"role": "pool"},
        {"host": "0.0.0.0"},
        {"host": "localhost"},
        {"port": -1},
        {"port": 65536},
        {"port": "5678"},
        {"port": True},
        {"port": None},
        {"pool": None},
        {"pool": {}},
        {"cancelOnDisconnect": None},
    ],
)
def test_refuses_other_configurations(change):
    with pytest.raises(Fault) as caught:
        read_front_config({**GOOD, **change}, "http")
    assert caught.value.code == "BAD_REQUEST"
