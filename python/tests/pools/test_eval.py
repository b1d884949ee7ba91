"""Expressions, blocks, names, printed output, and what user code can throw at us."""

import pytest
from pools.harness import eventually


def test_expression(either):
    reply = either.eval("1 + 1")
    reply.pop("id", None)
    assert reply == {"value": 2, "isHandle": False, "typeName": "int"}


def test_locals_are_visible_everywhere(either):
    assert either.value("[x * k for x in range(3) if x != skip]", k=2, skip=1) == [0, 4]
    assert either.value("(lambda: {k: [k for _ in range(2)]})()", k="a") == {"a": ["a", "a"]}
    assert either.value("def f():\n    return [g() for _ in 'ab']\ndef g():\n    return k\nf()", k=5) == [5, 5]


def test_block_with_last_expression(either):
    assert either.value("import math\nx = math.pi\nround(x, 2)") == 3.14
    assert either.value("x = 1; x + 1") == 2
    assert either.value("if True:\n    3") is None
    assert either.value("x = 1") is None
    assert either.value("\n    x = 4\n    x * 2\n") == 8
    assert either.value("") is None
    assert either.value("pass") is None


def test_no_name_survives(either):
    either.eval("leftover = 1")
    assert either.eval("leftover")["details"]["exceptionType"] == "NameError"
    either.eval("global also\nalso = 1")
    assert either.eval("also")["code"] == "PYTHON_ERROR"
    assert either.value("sorted(name for name in globals() if not name.startswith('__'))") == []


def test_our_own_names_are_out_of_sight(either):
    assert either.value("__name__") == "__main__"
    assert either.value("import __main__\nhasattr(__main__, '__file__'), __main__.__spec__ is None") is not None
    found = either.value("import __main__\n[name for name in vars(__main__) if not name.startswith('__')]")
    assert found == []


def test_error_has_the_users_frames_only(either):
    reply = either.eval("def half(n):\n    return n / 0\n\nhalf(3)")
    assert reply["code"] == "PYTHON_ERROR"
    assert reply["message"] == "ZeroDivisionError: division by zero"
    assert reply["details"] == {"exceptionType": "ZeroDivisionError"}
    lines = reply["traceback"].splitlines()
    frames = [line for line in lines if line.startswith("  File ")]
    assert len(frames) == 2
    assert "line 4, in <module>" in frames[0]
    assert "line 2, in half" in frames[1]
    assert "    return n / 0" in lines


def test_chained_errors_are_filtered_too(either):
    reply = either.eval("try:\n    {}['a']\nexcept KeyError as e:\n    raise RuntimeError('outer') from e")
    assert "beep_engine" not in reply["traceback"]
    assert "direct cause" in reply["traceback"]
    assert "KeyError: 'a'" in reply["traceback"]


def test_syntax_error_shows_the_line(either):
    reply = either.eval("y = 2\nx = = 1")
    assert reply["details"]["exceptionType"] == "SyntaxError"
    assert "x = = 1" in reply["traceback"]
    assert either.eval("\0")["code"] == "PYTHON_ERROR"


def test_source_with_a_lone_surrogate(dialect):
    assert dialect.eval("'\ud800'")["code"] == "PYTHON_ERROR"


def test_a_function_kept_as_a_handle_still_finds_its_source(either):
    function = either.eval("def late():\n    raise ValueError('much later')\nlate")["handleId"]
    reply = either.ask("call", handleId=function, methodName="__call__")
    assert "    raise ValueError('much later')" in reply["traceback"]


@pytest.mark.parametrize(
    ("source", "code", "exit_code"),
    [
        ("exit()", "PYTHON_EXIT", 0),
        ("exit(3)", "PYTHON_EXIT", 3),
        ("import sys; sys.exit('bye')", "PYTHON_EXIT", 1),
        ("raise SystemExit", "PYTHON_EXIT", 0),
        ("raise KeyboardInterrupt", "PYTHON_ERROR", None),
        ("raise GeneratorExit", "PYTHON_ERROR", None),
        ("class Odd(BaseException): pass\nraise Odd('x')", "PYTHON_ERROR", None),
        ("def f(): return f()\nf()", "PYTHON_ERROR", None),
        ("bytearray(10 ** 18)", "PYTHON_ERROR", None),
        ("[0] * 10 ** 15", "PYTHON_ERROR", None),
        ("import signal; signal.raise_signal(signal.SIGINT)", "PYTHON_ERROR", None),
        ("assert False", "PYTHON_ERROR", None),
        ("input()", "PYTHON_ERROR", None),
    ],
)
def test_whatever_is_raised_is_a_reply(either, source, code, exit_code):
    before = either.ask("ping")["pid"]
    reply = either.eval(source)
    assert reply["code"] == code
    if exit_code is not None:
        assert reply["details"]["exitCode"] == exit_code
    assert either.value("1 + 1") == 2
    assert either.ask("ping")["pid"] == before


def test_exceptions_that_cannot_be_shown(either):
    hostile = """
class Hostile(Exception):
    def __str__(self): raise SystemExit(1)
    __repr__ = __str__
raise Hostile()
"""
    reply = either.eval(hostile)
    assert reply["code"] == "PYTHON_ERROR"
    assert reply["details"]["exceptionType"] == "Hostile"


def test_objects_that_resist_being_shown(either):
    reply = either.eval("class Shy:\n    def __repr__(self): raise ValueError('no')\nShy()")
    assert reply["isHandle"] is True
    assert "ValueError" in reply["repr"]
    reply = either.eval("class Mute:\n    def __repr__(self): raise SystemExit(1)\nMute()")
    assert reply["isHandle"] is True
    meta = """
class Meta(type):
    @property
    def __module__(cls): raise RuntimeError('module')
    def __getattribute__(cls, name): raise RuntimeError(name)
    def __eq__(cls, other): raise RuntimeError('eq')
    def __hash__(cls): raise RuntimeError('hash')
    def __bool__(cls): raise RuntimeError('bool')
    def __instancecheck__(cls, other): raise RuntimeError('instancecheck')
class Strange(metaclass=Meta):
    def __bool__(self): raise RuntimeError('bool')
    def __eq__(self, other): raise RuntimeError('eq')
    def __getattr__(self, name): raise RuntimeError(name)
    def __repr__(self): return 'strange'
Strange()
"""
    reply = either.eval(meta)
    assert reply["repr"] == "strange"
    assert either.ask("call", handleId=reply["handleId"], methodName="__repr__")["value"] == "strange"
    assert len(either.eval("class Long:\n    def __repr__(self): return 'x' * 10**6\nLong()")["repr"]) == 200
    assert len(either.eval("[object()] * 10**6")["repr"]) <= 200


def test_printed_output_goes_to_the_log_at_once(pool, client):
    client.eval("print('héllo on stdout')")
    client.eval("import sys\nprint('on stderr', file=sys.stderr)")
    client.eval("import os\nos.write(1, b'raw one\\n')\nos.write(2, b'raw two\\n')")
    eventually(lambda: "héllo on stdout" in pool.output and "raw one" in pool.output, "stdout")
    eventually(lambda: "on stderr" in pool.log and "raw two" in pool.log, "stderr")


def test_imports_live_in_the_users_world(either):
    assert either.eval("import beep_engine")["code"] == "PYTHON_ERROR"
    assert either.value("import sys\n[path for path in sys.path if 'beep_engine' in path]") == []


def test_many_sources_do_not_pile_up(client):
    for number in range(600):
        client.send("eval", expression=f"{number} + 0")
    assert [client.receive()["value"] for _ in range(600)] == list(range(600))
    assert client.value("import linecache\nsum(name.startswith('<eval-') for name in linecache.cache)") <= 520


def test_code_finds_importlib_util_where_it_has_imported_importlib_alone(client):
    assert client.ask("eval", expression="import importlib\nimportlib.util.find_spec('json').name")["value"] == "json"
