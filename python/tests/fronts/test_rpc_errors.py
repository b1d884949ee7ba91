import json

import grpc
import pytest
from fronts.rpc_client import RpcClient, details_of, refused

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode


def test_a_python_error_comes_with_its_traceback(rpc):
    code = "def f():\n    raise ValueError('boom é')\nf()"
    details = refused(STATUS.INTERNAL, "PYTHON_ERROR", rpc.call, "Evaluate", expression=code)
    assert details.message == "ValueError: boom é"
    assert "in f" in details.traceback and "beep_engine" not in details.traceback
    assert json.loads(details.details_json) == {"exceptionType": "ValueError"}
    assert details.shortened is False


def test_other_failures_have_their_status(rpc):
    gone = refused(STATUS.NOT_FOUND, "HANDLE_NOT_FOUND", rpc.call, "CallMethod", handle_id="h1-999", method_name="m")
    assert "h1-999" in gone.message
    left = refused(STATUS.INTERNAL, "PYTHON_EXIT", rpc.call, "Evaluate", expression="exit(3)")
    assert json.loads(left.details_json) == {"exitCode": 3}
    text = rpc.call("WrapValue", value_json='"text"').handle_id
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.call, "ToFloatArray", handle_id=text)
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.get_array, text)


DEEP = """
def step(n):
    if n == 0:
        raise ValueError("é" * 5000)
    return other(n)
def other(n):
    return step(n - 1)
step(200)
"""


def test_what_is_too_long_is_cut_so_that_every_library_takes_it(rpc):
    details = refused(STATUS.INTERNAL, "PYTHON_ERROR", rpc.call, "Evaluate", expression=DEEP)
    assert details.shortened is True
    assert details.message.startswith("ValueError: éé") and details.message.endswith("…")
    assert details.traceback.startswith("…\n")
    assert details.ByteSize() <= 4096


def test_who_can_take_more_says_so(rpc):
    with RpcClient(rpc.address, beep_error_bytes="40000") as client:
        client.channel.close()
        client.channel = grpc.insecure_channel(rpc.address, [("grpc.max_metadata_size", 65536)])
        details = refused(STATUS.INTERNAL, "PYTHON_ERROR", client.call, "Evaluate", expression=DEEP)
        assert 4096 < details.ByteSize() <= 40000
        assert details.traceback.startswith("…\n") or details.traceback.startswith("Traceback")
        assert details.message.count("é") == 4988 or details.message.endswith("…")


@pytest.mark.parametrize("asked", ["-1", "x", "", "0", "99999999999999999999", "٣"])
def test_nonsense_about_it_is_ignored(rpc, asked):
    code = asked.encode().decode("ascii", "ignore")
    with RpcClient(rpc.address, beep_error_bytes=code) as client, pytest.raises(grpc.RpcError) as caught:
        client.call("Evaluate", expression="1 / 0")
    assert details_of(caught.value).message == "ZeroDivisionError: division by zero"
