"""Sessions that share a worker: their names, handles and surroundings."""

import os

import pytest
from pools.sessions import Session, listed


def test_names_live_as_long_as_the_session(dialect, session):
    assert session.value("x = 20\ndef double(): return x * 2\ndouble()") == 40
    assert session.value("x += 1\ndouble()") == 42
    assert session.execute("print(x)\nawait_free = [double() for _ in range(1)]").text() == "21\n"
    assert session.value("await_free + [n for n in range(x) if n > 19]") == [42, 20]
    assert dialect.eval("x")["details"]["exceptionType"] == "NameError"
    other = Session(dialect)
    assert other.eval("x")["details"]["exceptionType"] == "NameError"
    assert other.close() == {"success": True}


def test_locals_become_names(session):
    assert session.value("a + 1", a=1) == 2
    assert session.value("a") == 1


def test_the_namespace_is_the_main_module_meanwhile(dialect, session):
    source = "import pickle\nclass Point:\n    def __init__(self): self.x = 5\n'defined'"
    assert session.value(source) == "defined"
    assert session.value("import sys\nsys.modules['__main__'].Point is Point") is True
    assert session.value("pickle.loads(pickle.dumps(Point())).x") == 5
    assert dialect.value("import sys\nhasattr(sys.modules['__main__'], 'Point')") is False


def test_handles_belong_to_their_session(dialect, session):
    own = session.eval("object()")
    free = dialect.eval("object()")
    assert session.value("type(h).__name__", h=own) == "object"
    for reply in (dialect.ask("getattr", handleId=own["handleId"], attributeName="x"), session.eval("h", h=free)):
        assert reply["code"] == "HANDLE_NOT_FOUND"
    module = session.ask("import", moduleName="collections")
    made = session.ask("create", moduleHandleId=module["handleId"], className="OrderedDict")
    wrapped = session.ask("wrap", value=[1])
    assert session.ask("setattr", handleId=made["handleId"], attributeName="note", value=wrapped)["success"] is True
    assert session.ask("call", handleId=wrapped["handleId"], methodName="copy")["value"] == [1]
    assert session.ask("getattr", handleId=made["handleId"], attributeName="note")["value"] == [1]
    assert session.ask("tofloatarray", handleId=wrapped["handleId"])["data"]
    reply = session.ask("handles_list")
    assert reply["count"] == 4
    assert [handle["typeName"] for handle in reply["handles"]] == [
        "object",
        "module",
        "collections.OrderedDict",
        "list",
    ]
    assert session.ask("dispose", handleId=own["handleId"]) == {"success": True}
    assert session.ask("handles_list", limit=1)["count"] == 3
    assert len(session.ask("handles_list", limit=1)["handles"]) == 1
    assert listed(dialect, session)["handles"] == 3
    assert dialect.ask("handles_list", limit=0)["handles"] == []
    assert session.ask("handles_list", limit=-1)["code"] == "BAD_REQUEST"


def test_handles_are_capped(dialect):
    session = Session(dialect, handleLimit=3)
    for _ in range(3):
        kept = session.eval("object()")["handleId"]
    full = session.eval("object()")
    assert (full["code"], full["details"]) == ("LIMIT_EXCEEDED", {"limit": 3})
    assert session.ask("wrap", value=1)["code"] == "LIMIT_EXCEEDED"
    session.ask("dispose", handleId=kept)
    assert session.eval("object()")["isHandle"] is True
    session.close()


def test_close_drops_what_it_holds(dialect):
    session = Session(dialect)
    source = """
import builtins
class Kept:
    def __del__(self): builtins.gone.append(self.name)
def keep(name):
    kept = Kept()
    kept.name = name
    return kept
builtins.gone = []
named = keep('named')
keep('handle')
"""
    handle = session.eval(source)
    assert handle["isHandle"] is True
    assert session.close() == {"success": True}
    assert sorted(dialect.value("import builtins\nbuiltins.gone")) == ["handle", "named"]
    for command, payload in (
        ("eval", {"expression": "1"}),
        ("session_heartbeat", {}),
        ("session_reset", {}),
        ("handles_list", {}),
        ("getattr", {"handleId": handle["handleId"], "attributeName": "x"}),
    ):
        assert session.ask(command, **payload)["code"] == "SESSION_NOT_FOUND", command
    dialect.send("execute", code="1", sessionId=session.id, request_id=77)
    assert dialect.receive()["code"] == "SESSION_NOT_FOUND"
    assert session.close() == {"success": False}
    assert listed(dialect, session) is None


def test_reset_makes_it_new(dialect, tmp_path):
    session = Session(dialect, workingFolder=str(tmp_path), environmentVariables={"BEEP_T": "1"})
    handle = session.eval("x = 1\nimport os\nos.chdir('/')\nos.environ['BEEP_T'] = '2'\nobject()")
    assert session.ask("session_reset") == {"success": True}
    assert session.eval("x")["details"]["exceptionType"] == "NameError"
    assert session.eval("h", h=handle)["code"] == "HANDLE_NOT_FOUND"
    assert session.value("import os\n[os.getcwd(), os.environ['BEEP_T']]") == [os.path.realpath(tmp_path), "1"]
    assert listed(dialect, session)["handles"] == 0
    session.close()


def test_working_folder_and_variables(dialect, tmp_path):
    (tmp_path / "sub").mkdir()
    variables = {"BEEP_ONE": "é", "HOME": None}
    session = Session(dialect, workingFolder=str(tmp_path), environmentVariables=variables)
    look = "import os\n[os.getcwd(), os.environ.get('BEEP_ONE'), os.environ.get('HOME'), os.environ.get('BEEP_TWO')]"
    outside = dialect.value(look)
    assert session.value(look) == [os.path.realpath(tmp_path), "é", None, None]
    assert dialect.value(look) == outside
    # What the code changes stays changed, for the session.
    session.value("import os\nos.chdir('sub')\nos.environ['BEEP_TWO'] = '2'\ndel os.environ['BEEP_ONE']\nNone")
    session.eval("import os\nos.environ['BEEP_TWO'] += '!'\n1 / 0")
    assert session.value(look) == [os.path.realpath(tmp_path / "sub"), None, None, "2!"]
    assert dialect.value(look) == outside
    child = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import os; print(os.getcwd())'], "
    child += "capture_output=True, text=True).stdout.strip()"
    assert session.value(child) == os.path.realpath(tmp_path / "sub")
    session.close()


def test_a_working_folder_that_goes(dialect, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    session = Session(dialect, workingFolder=str(folder))
    session.value("1")
    folder.rmdir()
    assert session.value("1 + 1") == 2
    assert dialect.value("import os\nos.getcwd()")
    session.close()


@pytest.mark.parametrize(
    "options",
    [
        {"name": 5},
        {"name": ""},
        {"name": "x" * 201},
        {"workingFolder": "relative"},
        {"workingFolder": "/no/such/folder"},
        {"environmentVariables": []},
        {"environmentVariables": {"A": 1}},
        {"environmentVariables": {"A=B": "1"}},
        {"environmentVariables": {"": "1"}},
        {"leaseSeconds": 0},
        {"leaseSeconds": "long"},
        {"handleLimit": 0},
        {"timeoutSeconds": -1},
        {"ownProcess": "yes"},
        {"memoryLimitBytes": 5},
        {"memoryLimitBytes": 2**30, "ownProcess": False},
    ],
)
def test_options_that_make_no_sense(dialect, options):
    assert dialect.ask("session_open", **options)["code"] == "BAD_REQUEST"


def test_what_a_session_says_of_itself(dialect):
    session = Session(dialect, name="é one", leaseSeconds=60, handleLimit=10, timeoutSeconds=5)
    expected = {
        "sessionId": session.id,
        "name": "é one",
        "ownProcess": False,
        "leaseSeconds": 60,
        "handleLimit": 10,
        "handles": 0,
        "requests": 0,
        "timeoutSeconds": 5,
        "memoryLimitBytes": None,
        "workingFolder": None,
    }
    assert expected.items() <= session.opened.items()
    assert expected.items() <= listed(dialect, session).items()
    assert session.opened["createdAt"].startswith("20")
    assert session.opened["createdAt"].endswith("+00:00")
    assert session.ask("session_heartbeat")["sessionId"] == session.id
    session.close()
