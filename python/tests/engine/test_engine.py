"""The engine alone: what needs no process to be seen. What a caller sees is in tests/pools."""

import array
import sys
import time

import pytest

from beep_engine.engine import evaluate
from beep_engine.engine.evaluate import Sources, compile_source
from beep_engine.engine.failures import failure
from beep_engine.engine.floats import native_code
from beep_engine.engine.names import element_name, short_repr, type_name
from beep_engine.engine.operations import Engine
from beep_engine.engine.outputs import Outputs
from beep_engine.engine.plain import NotPlain, plain
from beep_engine.faults import CODES, Fault


def test_an_engine_needs_no_wire():
    engine = Engine(epoch=4)
    reply = engine.answer("wrap", {"value": 1})
    assert reply["handleId"].startswith("h4-")
    assert engine.answer("eval", {"expression": "x + 1", "locals": {"x": reply}}) == {
        "value": 2,
        "isHandle": False,
        "typeName": "int",
    }
    engine.answer("dispose", reply)
    assert len(engine.handles) == 0


def test_lists_that_hold_each_other_again_and_again_end_soon():
    value = [1, "x"]
    for _ in range(60):
        value = [value, value]
    begun = time.process_time()
    with pytest.raises(NotPlain):
        plain(value, None)
    assert time.process_time() - begun < 30


def test_what_does_not_fit_into_a_header_is_no_value():
    assert plain("x" * 1000, None) == "x" * 1000
    for value in ("\0" * 12_000_000, ["é" * 40_000_000], [(1, 2)] * 3_000_000, "x" * 70_000_000):
        with pytest.raises(NotPlain):
            plain(value, None)


def test_attachments_keep_to_their_limit(monkeypatch):
    monkeypatch.setattr("beep_engine.engine.plain.MAX_BODY", 300_000)
    outputs = Outputs()
    plain([b"x" * 200_000, 1], outputs)
    with pytest.raises(NotPlain):
        plain(b"x" * 200_000, outputs)
    assert len(outputs.items) == 1


def test_sources_are_bounded(monkeypatch):
    monkeypatch.setattr(evaluate, "MAX_SOURCES", 3)
    import linecache

    sources = Sources()
    first = sources.get("1")
    assert sources.get("1") is first
    for number in range(10):
        sources.get(f"{number} + 1")
    assert first.filename not in linecache.cache
    assert sources.get("1") is not first


def test_a_source_is_compiled_as_it_stands():
    compiled = compile_source("x = '''\n   \n'''\nx", "<test>")
    assert compiled.body is not None
    scope = {}
    exec(compiled.body, scope)
    assert scope["x"] == "\n   \n"


def test_failure_survives_anything():
    class Bad(Exception):
        def __str__(self):
            raise KeyboardInterrupt

    fault = failure(Bad())
    assert fault.code == "PYTHON_ERROR"
    assert "Bad" in fault.message
    assert failure(SystemExit([1])).details == {"exitCode": 1}
    assert failure(SystemExit(True)).details == {"exitCode": 1}
    deep = ValueError("x" * 10**6)
    assert len(failure(deep).message) < 20_000
    fault = Fault("NOT_FOUND", "x")
    assert failure(fault) is fault


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exception groups came with 3.11")
def test_exception_groups_show_their_members():
    engine = Engine()
    source = "def f(): 1 / 0\ntry: f()\nexcept Exception as e: raise ExceptionGroup('many', [e])"
    reply = engine.answer("eval", {"expression": source})
    assert "ZeroDivisionError" in reply["traceback"]
    assert "beep_engine" not in reply["traceback"]


def test_names():
    assert type_name(int) == "int"
    assert type_name(Fault) == "beep_engine.faults.Fault"
    assert short_repr(10**5000) and len(short_repr([0] * 10**6)) <= 200
    assert element_name("d", 8) == "float64"
    assert element_name("l", 8) == "int64"
    assert element_name("B", 1) == "uint8"
    assert element_name("4s", 4) == "4s"


@pytest.mark.parametrize(
    ("form", "size", "code"),
    [("d", 8, "d"), ("<d", 8, "d"), ("@i", 4, "i"), ("<l", 4, "i"), ("n", 8, "q"), ("?", 1, "?"), (">d", 8, None)],
)
def test_buffer_formats(form, size, code):
    expected = code if sys.byteorder == "little" else None
    assert form.startswith(("<", ">")) is False or native_code(form, size) == expected
    assert native_code(form, size) == code


@pytest.mark.parametrize(("form", "size"), [("c", 1), ("4s", 4), ("O", 8), ("Zd", 16), ("T{d:x:}", 8), ("w", 4)])
def test_buffers_that_hold_no_numbers(form, size):
    assert native_code(form, size) is None


def test_arrays_that_belong_to_an_object_are_marked():
    engine, outputs = Engine(), Outputs()
    handle = engine.handles.add(array.array("d", [1]))
    engine.run("tofloatarray", {"handleId": handle}, [], outputs)
    assert outputs.borrowed is True
    outputs = Outputs()
    engine.run("tofloatarray", {"handleId": engine.handles.add([1, 2])}, [], outputs)
    assert outputs.borrowed is False


def test_every_code_has_a_status():
    assert all(400 <= status < 600 for status in CODES.values())
