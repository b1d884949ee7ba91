import array

import grpc
import pytest
from fronts.rpc_client import refused

pytestmark = pytest.mark.needs_admin

STATUS = grpc.StatusCode
MEGABYTE = 1024 * 1024


def kept(rpc, source):
    return rpc.call("Evaluate", expression=source).handle.handle_id


def test_an_array_comes_in_pieces_that_any_library_takes(rpc):
    handle = kept(rpc, "import array\narray.array('d', range(1_000_000))")
    chunks = rpc.get_array(handle)
    assert (chunks[0].dtype, list(chunks[0].shape)) == ("float64", [1_000_000])
    assert all(chunk.dtype == "" and not chunk.shape for chunk in chunks[1:])
    assert max(len(chunk.data) for chunk in chunks) <= MEGABYTE
    numbers = array.array("d", b"".join(chunk.data for chunk in chunks))
    assert numbers == array.array("d", range(1_000_000))


@pytest.mark.parametrize(
    ("source", "shape", "numbers"),
    [
        ("[]", [0], []),
        ("[[], []]", [2, 0], []),
        ("[[1, float('nan')], [float('-inf'), 1e300]]", [2, 2], [1, float("nan"), float("-inf"), 1e300]),
        ("memoryview(bytes(range(6))).cast('B', [1, 2, 3])", [1, 2, 3], [0, 1, 2, 3, 4, 5]),
    ],
)
def test_small_arrays(rpc, source, shape, numbers):
    value = rpc.call("Evaluate", expression=source)
    handle = value.handle.handle_id or rpc.call("WrapValue", value_json=value.value_json).handle_id
    (chunk,) = rpc.get_array(handle)
    assert list(chunk.shape) == shape
    assert array.array("d", chunk.data).tobytes() == array.array("d", numbers).tobytes()


def test_two_dimensions_are_asked_for(rpc):
    flat = kept(rpc, "import array\narray.array('d', [1])")
    details = refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.get_array, flat, two_dimensional=True)
    assert "two" in details.message


def test_a_caller_that_has_seen_enough_of_an_array_is_let_go(rpc):
    handle = kept(rpc, "import array\narray.array('d', bytes(8 * 4_000_000))")
    from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

    stream = rpc.method("GetArray")(messages.GetArrayRequest(handle_id=handle), metadata=rpc.metadata)
    assert len(next(stream).data) == MEGABYTE
    stream.cancel()
    assert rpc.value("1") == 1


def test_an_array_goes_in_pieces_that_end_anywhere(rpc):
    numbers = array.array("d", [1.5, -2, 3, 4, 5, float("inf")])
    data = numbers.tobytes()
    pieces = [
        {"dtype": "float64", "shape": [2, 3], "data": data[:5]},
        {"data": b""},
        {"data": data[5:44]},
        {"data": data[44:]},
    ]
    made = rpc.put_array(*pieces)
    assert (list(made.shape), made.dtype) == ([2, 3], "float64")
    assert rpc.value("x.tolist()", x={"handleId": made.handle_id})[0] == [1.5, -2, 3]
    assert b"".join(chunk.data for chunk in rpc.get_array(made.handle_id, two_dimensional=True)) == data


def test_an_array_keeps_its_dtype_when_asked_to(rpc):
    data = array.array("h", range(1_000_000 % 2**15)).tobytes() * 40
    made = rpc.put_array({"dtype": "int16", "shape": [40, len(data) // 80], "data": data})
    chunks = rpc.get_array(made.handle_id, own_dtype=True, two_dimensional=True)
    assert (chunks[0].dtype, list(chunks[0].shape)) == ("int16", [40, len(data) // 80])
    assert b"".join(chunk.data for chunk in chunks) == data
    assert rpc.get_array(made.handle_id)[0].dtype == "float64"
    flat = kept(rpc, "range(3)")
    details = refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.get_array, flat, own_dtype=True, two_dimensional=True)
    assert "two" in details.message


def test_a_table_goes_and_comes_in_pieces(rpc):
    pytest.importorskip("pyarrow")
    handle = kept(rpc, "import pyarrow\npyarrow.table({'n': range(400_000), 't': ['ü'] * 400_000})")
    fetched = rpc.ask("totable", handleId=handle)
    assert fetched["data"]["rows"] == 400_000
    stream = bytes(rpc.attachments[0])
    assert len(stream) > 4 * MEGABYTE
    made = rpc.put_table(stream[:5], stream[5:2_000_000], b"", stream[2_000_000:])
    assert made.type_name == "pyarrow.lib.Table"
    assert rpc.value("x.equals(y)", x={"handleId": handle}, y={"handleId": made.handle_id}) is True
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.put_table, b"no stream")
    refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.put_table)


def test_an_array_of_many_megabytes_and_one_without_a_shape(rpc):
    data = bytes(range(256)) * (3 * MEGABYTE // 256)
    made = rpc.put_array({"dtype": "int16", "shape": [8, len(data) // 2]}, *[{"data": data}] * 8)
    assert rpc.value("memoryview(x).nbytes", x={"handleId": made.handle_id}) == 8 * len(data)
    made = rpc.put_array({"dtype": "uint8", "data": b"abc"}, {"data": b"def"})
    assert (list(made.shape), made.dtype) == ([6], "uint8")


@pytest.mark.parametrize(
    ("chunks", "word"),
    [
        ([], "at least one chunk"),
        ([{"data": b"x"}], "dtype"),
        ([{"dtype": "text", "data": b"x"}], "dtype"),
        ([{"dtype": "float64", "shape": [2], "data": bytes(8)}], "16 bytes, and 8 came"),
        ([{"dtype": "float64", "shape": [1], "data": bytes(8)}, {"data": b"x"}], "more came"),
        ([{"dtype": "float64", "shape": [-1]}], "negative"),
        ([{"dtype": "float64", "data": bytes(7)}], "float64"),
    ],
)
def test_chunks_that_are_no_array(rpc, chunks, word):
    details = refused(STATUS.INVALID_ARGUMENT, "BAD_REQUEST", rpc.put_array, *chunks)
    assert word in details.message
    assert rpc.value("1") == 1


@pytest.mark.parametrize("shape", [[2**62, 2**62], [2**28], [2**20, 2**20]])
def test_an_array_that_no_frame_could_hold_is_refused_at_its_first_chunk(rpc, shape):
    chunk = {"dtype": "float64", "shape": shape, "data": b"x"}
    refused(STATUS.RESOURCE_EXHAUSTED, "TOO_LARGE", rpc.put_array, chunk)
