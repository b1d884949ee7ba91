import pytest
from compatibility.older_pipe import BOM, OlderPipeClient


def test_the_twelve_commands(older_pipe):
    assert older_pipe.ask("ping")["status"] == "ok"
    module = older_pipe.ask("import", moduleName="fractions")["handleId"]
    half = older_pipe.ask("create", moduleHandleId=module, className="Fraction", args=[1, 2], kwargs={})
    assert half["typeName"] == "fractions.Fraction"
    twice = older_pipe.ask("call", handleId=half["handleId"], methodName="__mul__", args=[2], returnType="Object")
    assert twice["isHandle"] is True
    assert older_pipe.ask("getattr", handleId=twice["handleId"], attributeName="numerator")["value"] == 1
    assert older_pipe.ask("setattr", handleId=module, attributeName="beep", value=None)["success"] is True
    assert older_pipe.ask("eval", expression="[x * k for x in range(3)]", locals={"k": 2})["value"] == [0, 2, 4]
    rows = older_pipe.ask("wrap", value=[[1, 2], [3, 4]])["handleId"]
    assert older_pipe.ask("tofloatarray", handleId=rows)["data"] == [1, 2, 3, 4]
    assert older_pipe.ask("tofloatarray2d", handleId=rows)["data"] == [[1, 2], [3, 4]]
    assert older_pipe.ask("module_available", moduleName="json")["available"] is True
    assert older_pipe.ask("dispose", handleId=rows)["success"] is True
    assert older_pipe.ask("dispose", handleId="handle_1")["success"] is True


def test_error_is_there_in_a_failure_and_nowhere_else(older_pipe):
    assert "error" not in older_pipe.ask("eval", expression="1")
    failed = older_pipe.ask("eval", expression="1 / 0")
    assert "division by zero" in failed["error"]
    assert "line 1" in failed["traceback"]
    assert older_pipe.ask("call", handleId="handle_7", methodName="x")["error"]
    assert older_pipe.ask("no_such_command")["error"]


@pytest.mark.parametrize("line", [b"{", b"nonsense", b"[1]", b'{"command": 7}', b'{"payload": {}}', b"\xff\xfe"])
def test_a_bad_line_gets_an_error_and_the_connection_goes_on(older_pipe, line):
    assert older_pipe.ask("ping")["status"] == "ok"
    assert older_pipe.ask_text(line)["error"]
    assert older_pipe.ask("eval", expression="2")["value"] == 2


@pytest.mark.parametrize(("bom", "end"), [(b"", b"\n"), (BOM, b"\n"), (BOM, b"\r\n"), (BOM + BOM, b"\r\n")])
def test_byte_order_marks_and_line_ends(older_pool, bom, end):
    with OlderPipeClient(older_pool.path, bom, end) as client:
        for number in range(3):
            assert client.ask("eval", expression=str(number))["value"] == number


def test_a_byte_order_mark_that_comes_alone(older_pool):
    with OlderPipeClient(older_pool.path, b"") as client:
        client.sock.sendall(BOM)
        assert client.ask("ping")["status"] == "ok"
        client.sock.sendall(BOM)
        assert client.ask("ping")["status"] == "ok"


def test_long_requests_that_come_in_pieces(older_pipe):
    text = "ü" * 100_000
    line = b'{"command":"eval","payload":{"expression":"len(x)","locals":{"x":"' + text.encode() + b'"}}}'
    assert older_pipe.ask_text(line, pieces=50)["value"] == len(text)
    assert older_pipe.ask("eval", expression="'x' * 300000")["value"] == "x" * 300_000


def test_a_result_that_json_does_not_know_closes_nothing(older_pipe):
    for expression in ("object()", "{1, 2}", "b'x'", "1j", "float('nan')", "open", "[object()]"):
        assert "error" not in older_pipe.ask("eval", expression=expression)
    assert older_pipe.ask("ping")["status"] == "ok"


def test_a_second_client_is_served_while_the_first_stays(older_pool, older_pipe):
    assert older_pipe.ask("ping")["status"] == "ok"
    with OlderPipeClient(older_pool.path) as second:
        assert second.ask("eval", expression="1")["value"] == 1
        assert older_pipe.ask("eval", expression="exit()")["error"]
        assert second.ask("eval", expression="2")["value"] == 2


@pytest.mark.parametrize("name", ["CoreFxPipe_beep-python-pipe", "beep-python-pipe.sock"])
def test_the_names_that_older_clients_look_for_may_be_links(older_pool, name):
    link = older_pool.path.with_name(name)
    link.symlink_to(older_pool.path)
    with OlderPipeClient(link) as client:
        assert client.ask("ping")["status"] == "ok"
