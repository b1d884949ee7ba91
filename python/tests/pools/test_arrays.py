"""Arrays both ways: without numpy on every Python, and with it where there is one."""

import array
import random

import pytest
from pools.harness import doubles

MILLION = 1_000_000


def float64(data, *shape, attachment=0):
    return {"$type": "array", "attachment": attachment, "dtype": "float64", "shape": list(shape)}


def fetch(client, source, command="tofloatarray"):
    handle = client.eval(source)
    assert handle["isHandle"] is True
    return client.ask(command, handleId=handle["handleId"])


def test_array_handles_tell_shape_and_dtype(either):
    reply = either.eval("import array; array.array('f', [1, 2, 3])")
    assert (reply["shape"], reply["dtype"], reply["typeName"]) == ([3], "float32", "array.array")
    reply = either.eval("memoryview(bytes(8)).cast('B', [2, 4])")
    assert (reply["shape"], reply["dtype"]) == ([2, 4], "uint8")


@pytest.mark.parametrize(
    ("source", "numbers", "shape"),
    [
        ("import array; array.array('d', [1.5, -2, 0])", [1.5, -2, 0], [3]),
        ("import array; array.array('d')", [], [0]),
        ("import array; array.array('h', [1, -2])", [1, -2], [2]),
        ("memoryview(bytes(range(6))).cast('B', [2, 3])", [0, 1, 2, 3, 4, 5], [2, 3]),
        ("memoryview(bytes(range(6)))[::2]", [0, 2, 4], [3]),
        ("import ctypes; (ctypes.c_double * 2)(1, 2)", [1, 2], [2]),
        ("import ctypes; (ctypes.c_int32 * 3)(1, -2, 3)", [1, -2, 3], [3]),
        ("range(4)", [0, 1, 2, 3], [4]),
        ("import collections; collections.deque([1, True, 2.5])", [1, 1, 2.5], [3]),
        ("import fractions; [fractions.Fraction(1, 2), object()][:1]", [0.5], [1]),
    ],
)
def test_buffers_and_sequences(client, pool, source, numbers, shape):
    reply = fetch(client, source)
    assert reply["data"] == float64(None, *shape)
    assert list(client.attachments[0].cast("d")) == numbers
    with pool.lines() as lines:
        assert fetch(lines, source) == {"data": numbers}


def test_wrapped_lists(either):
    handle = either.ask("wrap", value=[[1, 2, 3], [4, 5, 6]])["handleId"]
    flat = either.ask("tofloatarray", handleId=handle)
    rows = either.ask("tofloatarray2d", handleId=handle)
    if hasattr(either, "attachments"):
        assert rows["data"]["shape"] == flat["data"]["shape"] == [2, 3]
        assert list(either.attachments[0].cast("d")) == [1, 2, 3, 4, 5, 6]
    else:
        assert rows["data"] == [[1, 2, 3], [4, 5, 6]]
        assert flat["data"] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("text", "text"),
        (["1", "2"], "item 0"),
        ([1, None], "item 1"),
        ([1, {"$type": "complex", "real": 1, "imag": 1}], "item 1"),
        ([{"$type": "int", "value": "1" * 400}], "item 0"),
        ([[1, 2], [3]], "rows differ"),
        ({"a": 1}, "dict"),
        (5, "int"),
        (None, "NoneType"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(either, value, problem):
    handle = either.ask("wrap", value=value)["handleId"]
    reply = either.ask("tofloatarray", handleId=handle)
    assert reply["code"] == "BAD_REQUEST", reply
    assert problem in reply["message"]


def test_two_dimensions_are_asked_for(either):
    for source in ("import array; array.array('d', [1])", "memoryview(bytes(8)).cast('B', [2, 2, 2])"):
        handle = either.eval(source)["handleId"]
        reply = either.ask("tofloatarray2d", handleId=handle)
        assert reply["code"] == "BAD_REQUEST"
        assert "two" in reply["message"]


def test_nan_goes_over_frames_and_is_refused_in_lines(client, pool):
    source = "import array; array.array('d', [1, float('nan'), float('-inf')])"
    fetch(client, source)
    one, nan, infinity = client.attachments[0].cast("d")
    assert (one, nan != nan, infinity) == (1, True, float("-inf"))
    with pool.lines() as lines:
        reply = fetch(lines, source)
        assert reply["code"] == "BAD_REQUEST"
        assert "frames" in reply["hint"]
        assert lines.value("1") == 1


def test_arrays_as_arguments(client):
    form = float64(None, 3)
    source = "list(x), type(x).__name__, [type(y[0]).__name__]"
    client.send("eval", expression=source, locals={"x": form, "y": [form]}, attachments=[doubles(1, 2.5, -3)])
    items = client.receive()["value"]["items"]
    assert items[0] == [1, 2.5, -3]
    assert items[1] in ("array", "ndarray")
    assert items[2] == [items[1]]


def test_array_arguments_of_more_dimensions_and_other_types(client):
    data = bytes(range(6))
    for dtype, shape, check in (
        ("uint8", [2, 3], "x[1, 2] == 5 and x.shape == (2, 3)"),
        ("int8", [6], "x[5] == 5 and len(x) == 6"),
        ("bool", [6], "bool(x[0]) is False and bool(x[5]) is True"),
        ("int16", [3], "x[0] == 256 and x[2] == 5 * 256 + 4"),
    ):
        form = {"$type": "array", "attachment": 0, "dtype": dtype, "shape": shape}
        client.send("eval", expression=f"bool({check})", locals={"x": form}, attachments=[data])
        assert client.receive()["value"] is True, dtype


@pytest.mark.parametrize(
    "form",
    [
        {"dtype": "float64", "shape": [2]},
        {"dtype": "float64", "shape": [-1]},
        {"dtype": "float64", "shape": "x"},
        {"dtype": "float64", "shape": [True]},
        {"dtype": "float16", "shape": [3]},
        {"dtype": None, "shape": [3]},
        {"dtype": "float64", "shape": [3], "attachment": 1},
        {"dtype": "float64", "shape": [3], "attachment": "0"},
        {"dtype": "float64", "shape": [3] + [1] * 40},
    ],
)
def test_broken_array_arguments(client, form):
    form = {"$type": "array", "attachment": 0, **form}
    client.send("wrap", value=form, attachments=[doubles(1, 2, 3)])
    assert client.receive()["code"] == "BAD_REQUEST"
    assert client.value("1") == 1


def test_array_arguments_are_writable(client):
    client.send("eval", expression="x[0] = 7\nlist(x)", locals={"x": float64(None, 2)}, attachments=[doubles(1, 2)])
    assert client.receive()["value"] == [7, 2]


def test_64_megabytes_both_ways(client):
    sent = array.array("d", [random.random() for _ in range(1000)]) * 8389
    client.send("wrap", value=float64(None, len(sent)), attachments=[sent])
    handle = client.receive()["handleId"]
    reply = client.ask("tofloatarray", handleId=handle)
    assert reply["data"]["shape"] == [len(sent)]
    assert client.attachments[0] == memoryview(sent).cast("B")
    assert client.ask("dispose", handleId=handle) == {"success": True}


def test_what_is_sent_does_not_change_with_the_object(client):
    """A slow reader still gets the array as it was when it was asked for."""
    size = 4 * MILLION
    handle = client.eval(f"import array; array.array('d', bytes(8 * {size}))")["handleId"]
    client.send("tofloatarray", handleId=handle)
    client.send("eval", expression="x[-1] = 5.0; x[-1]", locals={"x": {"handleId": handle}})
    first, second = client.receive(), None
    assert first["data"]["shape"] == [size]
    assert not any(client.attachments[0][-800:])
    second = client.receive()
    assert second["value"] == 5.0


def test_big_messages_are_let_go(client):
    """What a request or a reply weighed is free again as soon as it is done, not when the next one comes."""
    size = 200_000_000
    resident = "int(open('/proc/self/statm').read().split()[1]) * 4096"
    client.send("eval", expression="len(x)", locals={"x": float64(None, size // 8)}, attachments=[bytes(size)])
    assert client.receive()["value"] == size // 8
    assert client.value(resident) < size
    handle = client.eval(f"import array; array.array('d', bytes({size}))")["handleId"]
    client.ask("tofloatarray", handleId=handle)
    client.ask("dispose", handleId=handle)
    assert client.value(resident) < size


class TestWithNumpy:
    def test_handles(self, numpy_client):
        reply = numpy_client.eval("import numpy; numpy.zeros((2, 3), 'f4')")
        assert (reply["typeName"], reply["shape"], reply["dtype"]) == ("numpy.ndarray", [2, 3], "float32")
        assert numpy_client.ask("getattr", handleId=reply["handleId"], attributeName="size")["value"] == 6
        assert numpy_client.ask("call", handleId=reply["handleId"], methodName="sum")["value"] == 0.0

    @pytest.mark.parametrize(
        ("source", "value", "name"),
        [
            ("numpy.float64(1.5)", 1.5, "numpy.float64"),
            ("numpy.float32('nan')", {"$type": "float", "value": "nan"}, "numpy.float32"),
            ("numpy.int64(7)", 7, "numpy.int64"),
            ("numpy.uint64(2**63)", {"$type": "int", "value": str(2**63)}, "numpy.uint64"),
            ("numpy.bool_(True)", True, None),
            ("numpy.complex128(1j)", {"$type": "complex", "real": 0.0, "imag": 1.0}, "numpy.complex128"),
            ("[numpy.int8(1), numpy.float64(2)]", [1, 2.0], "list"),
            ("numpy.datetime64('2026-01-02')", {"$type": "date", "value": "2026-01-02"}, "numpy.datetime64"),
        ],
    )
    def test_scalars(self, numpy_client, source, value, name):
        reply = numpy_client.eval(f"import numpy\n{source}")
        assert reply["value"] == value
        assert name in (None, reply["typeName"])

    def test_scalars_without_a_plain_form(self, numpy_client):
        for source in ("numpy.datetime64(1, 'ns')", "numpy.longdouble(1)", "[numpy.timedelta64(1, 'ns')]"):
            assert numpy_client.eval(f"import numpy\n{source}")["isHandle"] is True

    @pytest.mark.parametrize(
        ("source", "numbers", "shape"),
        [
            ("numpy.arange(4.0)", [0, 1, 2, 3], [4]),
            ("numpy.arange(6).reshape(2, 3)", [0, 1, 2, 3, 4, 5], [2, 3]),
            ("numpy.arange(6.0).reshape(2, 3).T", [0, 3, 1, 4, 2, 5], [3, 2]),
            ("numpy.arange(10.0)[::-3]", [9, 6, 3, 0], [4]),
            ("numpy.array([True, False])", [1, 0], [2]),
            ("numpy.array([1, 2], '>i4')", [1, 2], [2]),
            ("numpy.array([1.5], '>f8')", [1.5], [1]),
            ("numpy.array([1, 2.5, True], object)", [1, 2.5, 1], [3]),
            ("numpy.float16([1.5])", [1.5], [1]),
            ("numpy.array(3.0)", [3], []),
            ("numpy.zeros((0, 3))", [], [0, 3]),
            ("numpy.matrix('1 2; 3 4')", [1, 2, 3, 4], [2, 2]),
        ],
    )
    def test_to_floats(self, numpy_client, source, numbers, shape):
        reply = fetch(numpy_client, f"import numpy\n{source}")
        assert reply["data"] == float64(None, *shape)
        assert list(numpy_client.attachments[0].cast("d")) == numbers

    def test_masked_values_are_nan(self, numpy_client):
        fetch(numpy_client, "import numpy\nnumpy.ma.array([1, 2], mask=[False, True])")
        first, second = numpy_client.attachments[0].cast("d")
        assert (first, second != second) == (1, True)

    @pytest.mark.parametrize("source", ["['a']", "[1j]", "numpy.array(['1.5'], object)", "['2026'], 'M8[s]'"])
    def test_refused(self, numpy_client, source):
        reply = fetch(numpy_client, f"import numpy\nnumpy.array({source})")
        assert reply["code"] == "BAD_REQUEST"

    def test_rows_in_lines(self, numpy_pool):
        with numpy_pool.lines() as lines:
            source = "import numpy\nnumpy.arange(6).reshape(2, 3)"
            assert fetch(lines, source, "tofloatarray2d") == {"data": [[0, 1, 2], [3, 4, 5]]}
            assert fetch(lines, "import numpy\nnumpy.ones(2) * numpy.nan")["code"] == "BAD_REQUEST"
            assert fetch(lines, "import numpy\nnumpy.ones(2)", "tofloatarray2d")["code"] == "BAD_REQUEST"

    def test_arguments_are_aligned_writable_arrays(self, numpy_client):
        source = "x[0, 1] = 9\nx.tolist(), str(x.dtype), x.flags.aligned, x.flags.writeable, type(x).__name__"
        forms = {"x": float64(None, 2, 2, attachment=1)}
        numpy_client.send("eval", expression=source, locals=forms, attachments=[b"odd", doubles(1, 2, 3, 4)])
        assert numpy_client.receive()["value"]["items"] == [[[1, 9], [3, 4]], "float64", True, True, "ndarray"]

    def test_64_megabytes_both_ways(self, numpy_client):
        sent = doubles(*map(float, range(1024))) * 8192
        numpy_client.send(
            "eval", expression="x.reshape(1024, -1) * 2", locals={"x": float64(None, len(sent))}, attachments=[sent]
        )
        handle = numpy_client.receive()["handleId"]
        reply = numpy_client.ask("tofloatarray2d", handleId=handle)
        assert reply["data"]["shape"] == [1024, 8192]
        got = numpy_client.attachments[0].cast("d")
        assert (got[0], got[1], got[1023], got[-1], len(got)) == (0, 2, 2046, 2046, len(sent))
        numpy_client.ask("dispose", handleId=handle)
