"""Our modules and the user's never meet, whatever the user's are called."""

import subprocess
from pathlib import Path

import pytest
from pools.harness import Pool, eventually, running_pool, temporary_folder

NAMES = ["beep_engine", "_beep_engine_too", "wire", "engine", "worker", "pool", "slots", "control", "faults"]
# Modules of the standard library that we use; a user's folder may have files of the same names.
STANDARD = ["json", "traceback", "queue", "linecache", "threading", "decimal", "reprlib", "socket", "hmac"]


@pytest.fixture(scope="module")
def environment(python):
    """A virtual environment whose packages have the names of ours."""
    with temporary_folder() as folder:
        subprocess.run([python, "-m", "venv", "--without-pip", folder / "env"], check=True)
        (packages,) = (folder / "env").glob("lib/python3*/site-packages")
        for name in NAMES:
            (packages / name).mkdir()
            (packages / name / "__init__.py").write_text(f"whose = 'the user {name}'\n")
        cwd = folder / "work"
        cwd.mkdir()
        for name in STANDARD:
            (cwd / f"{name}.py").write_text(f"raise RuntimeError('the wrong {name}')\n")
        yield folder / "env" / "bin" / "python", cwd


@pytest.fixture(params=["fork", "spawn"])
def isolated(request, environment):
    python, cwd = environment
    with running_pool(str(python), start=request.param, cwd=cwd) as pool:
        yield pool


def test_the_user_gets_the_users_modules(isolated):
    with isolated.frames() as client:
        for name in NAMES:
            assert client.value(f"import {name}\n{name}.whose") == f"the user {name}"
        assert client.ask("ping")["status"] == "ok"
        assert client.value("import sys\nsys.prefix != sys.base_prefix") is True


def test_the_working_directory_is_not_searched(isolated):
    with isolated.frames() as client:
        assert client.value("import decimal, hmac\nstr(decimal.Decimal('1'))") == "1"


def test_junk_that_the_user_puts_first_does_not_reach_us(isolated, environment):
    cwd = str(environment[1])
    with isolated.frames() as client:
        assert client.value("import sys\nsys.path.insert(0, cwd)", cwd=cwd) is None
        hide = "import sys\nfor name in names: sys.modules.pop(name, None)"
        names = [name for name in STANDARD if name != "threading"]
        assert client.value(hide, names=names) is None
        reply = client.eval("1 / 0")
        assert "1 / 0" in reply["traceback"]
        assert client.eval("import json")["message"] == "RuntimeError: the wrong json"
        assert client.eval("[object()]")["isHandle"] is True
        running = client.send("eval", expression="print('begun', flush=True)\nwhile True: pass")
        eventually(lambda: "begun" in isolated.output, "the code runs")
        client.send("cancel", requestId=running)
        assert {client.receive().get("code") for _ in range(2)} == {"CANCELLED", None}
    with isolated.lines() as lines:
        assert lines.eval("print('x' * 300_000, flush=True)")["value"] is None
        assert lines.value("len('x' * 3_000_000)") == 3_000_000
        lines.send("eval", expression="import os; os._exit(3)")
        assert lines.receive()["details"]["exitCode"] == 3
        assert lines.value("1") == 1


def test_nothing_is_written_into_the_environment(isolated, environment):
    python, _ = environment
    with isolated.frames() as client:
        client.eval("import wire")
    root = Path(python).parent.parent
    written = {path.name for path in root.rglob("*") if "beep" in path.name.lower()}
    assert written <= {"beep_engine", "_beep_engine_too"}


def test_a_path_with_a_space_and_an_accent(python):
    with temporary_folder() as folder:
        path = folder / "sérveurs et plus" / "démo 1.sock"
        path.parent.mkdir(mode=0o700)
        pool = Pool(python, path)
        try:
            assert pool.ready["path"] == str(path)
            with pool.frames() as client:
                assert client.value("'ünï' + x", x="cödé") == "ünïcödé"
        finally:
            pool.close()
        assert not path.exists()
