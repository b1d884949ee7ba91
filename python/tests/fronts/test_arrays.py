import array
import json
import sys

import pytest

from beep_engine.fronts.attached import float_array
from beep_engine.fronts.http import arrays
from beep_engine.fronts.http.arrays import finite_by_piece, json_pieces, with_bytes_inline
from beep_engine.fronts.pending_request import Reply


def floats_reply(values, shape):
    raw = array.array("d", values)
    if sys.byteorder == "big":
        raw.byteswap()
    described = {"$type": "array", "attachment": 0, "dtype": "float64", "shape": shape}
    text = json.dumps({"data": described, "attachments": [8 * len(values)]}).encode()
    return Reply(text, memoryview(raw.tobytes()))


def as_json(values, shape, rows):
    return json.loads(b"".join(json_pieces(float_array(floats_reply(values, shape)), rows=rows)))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 8, 9])
def test_writes_a_flat_list_whatever_its_length(monkeypatch, count):
    monkeypatch.setattr(arrays, "NUMBERS_PER_PIECE", 4)
    values = [i / 7 for i in range(count)]
    assert as_json(values, [count], rows=False) == values


@pytest.mark.parametrize(
    ("height", "width"), [(0, 0), (0, 3), (3, 0), (1, 1), (5, 1), (1, 9), (3, 2), (4, 4), (3, 5), (2, 9)]
)
def test_writes_rows_whatever_their_shape(monkeypatch, height, width):
    monkeypatch.setattr(arrays, "NUMBERS_PER_PIECE", 4)
    rows = [[y * width + x + 0.5 for x in range(width)] for y in range(height)]
    assert as_json([x for row in rows for x in row], [height, width], rows=True) == rows


def test_writes_exact_numbers():
    values = [0.1, -0.0, 5e-324, 1.7976931348623157e308, 2.0**53 + 1, 1e22]
    again = as_json(values, [len(values)], rows=False)
    assert [x.hex() for x in again] == [x.hex() for x in values]


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_finds_what_json_cannot_hold(monkeypatch, bad):
    monkeypatch.setattr(arrays, "NUMBERS_PER_PIECE", 4)
    assert list(finite_by_piece(array.array("d", [1.0] * 6 + [bad, 1.0]))) == [True, False]


def test_refuses_another_dtype():
    described = {"$type": "array", "attachment": 0, "dtype": "int64", "shape": [1]}
    text = json.dumps({"data": described, "attachments": [8]}).encode()
    with pytest.raises(ValueError, match="int64"):
        float_array(Reply(text, memoryview(bytes(8))))


def test_puts_attached_bytes_into_the_text():
    value = {
        "a": {"$type": "bytes", "attachment": 1},
        "b": [{"$type": "bytes", "attachment": 0}],
        "c": {"$type": "bytes", "attachment": 2},
        "attachment": 0,
    }
    text = json.dumps({"value": value, "isHandle": False, "attachments": [3, 4, 0]}).encode()
    document = json.loads(with_bytes_inline(Reply(text, memoryview(b"abcdefg"))))
    assert document == {
        "value": {
            "a": {"$type": "bytes", "base64": "ZGVmZw=="},
            "b": [{"$type": "bytes", "base64": "YWJj"}],
            "c": {"$type": "bytes", "base64": ""},
            "attachment": 0,
        },
        "isHandle": False,
    }
