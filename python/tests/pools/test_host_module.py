"""`beep_host`, and the older names over it, in real workers before a host that answers from a table."""

import subprocess

import pytest
from pools.fake_host import environment, job, pool_of_host, refusal
from pools.harness import eventually, temporary_folder

SEED = """
import clr
clr.AddReference('Beep.Python.Runtime')
from Beep.Python.RuntimeEngine.Infrastructure import VenvManager
VenvManager(...).EnsureProviderEnvironment('my-provider', None)
"""
MADE = {"ok": {"job": job("succeeded", 1, result=environment("my-provider"))}}


def refused(client, code):
    """The code and the hint of the HostError that it raises."""
    reply = client.eval(
        f"from beep_host import HostError, environments\ntry:\n    {code}\n    seen = None\n"
        "except HostError as error:\n    seen = [error.code, error.hint]\nseen"
    )
    return reply["value"]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_the_seeds_program_asks_the_host(python, start):
    with pool_of_host(python, {"environments.ensure": MADE}, start=start) as (pool, asked), pool.frames() as client:
        assert client.value(SEED) == "/environments/my-provider"
        assert asked == [("environments.ensure", {"provider": "my-provider"})]
        with pool.frames() as main:
            opened = main.ask("session_open", ownProcess=True)
        with type(client)(opened["path"]) as own:
            assert own.value(SEED) == "/environments/my-provider"


def test_without_a_scope_everything_is_refused_before_it_is_asked(client):
    code, hint = refused(client, "environments.list()")
    assert code == "FORBIDDEN"
    assert "--infrastructure read" in hint
    assert client.value("import beep_host\nbeep_host.scope()") == "none"


def test_a_refusal_of_the_host_is_raised_with_all_it_says(python):
    answers = {"environments.get": refusal("NOT_FOUND", "there is none")}
    with pool_of_host(python, answers, "read") as (pool, _), pool.frames() as client:
        assert refused(client, "environments.get('x')") == ["NOT_FOUND", "what to do"]
        assert client.value("from beep_host import environments\nenvironments.find('x')") is None
        assert client.value("import beep_host\nbeep_host.scope()") == "read"
        raised = client.eval("from beep_host import environments\nenvironments.get('x')")
        assert raised["code"] == "PYTHON_ERROR"
        assert "there is none (NOT_FOUND). what to do" in raised["message"]


def test_progress_is_told_when_it_changes(python):
    steps = iter([job("running", 0.25), job("running", 0.25), job("running", 0.5)])
    done = job("succeeded", 1, result=environment("e"))
    answers = {"environments.create": {"ok": {"job": job("running")}}, "jobs.get": lambda _: {"ok": next(steps, done)}}
    code = "from beep_host import environments\nseen = []\n"
    code += "environments.create('e', ['numpy'], progress=seen.append)\n[step.fraction for step in seen]"
    with pool_of_host(python, answers) as (pool, asked), pool.frames() as client:
        assert client.value(code) == [None, 0.25, 0.5, 1]
    assert asked[0] == ("environments.create", {"name": "e", "packages": ["numpy"], "profiles": []})


def test_an_interrupted_call_cancels_the_work(python):
    running = {"ok": job("running")}
    answers = {"environments.ensure": {"ok": {"job": job("running")}}, "jobs.get": running, "jobs.cancel": running}
    with pool_of_host(python, answers) as (pool, asked), pool.frames() as client:
        waiting = client.send("eval", expression=SEED)
        eventually(lambda: ("jobs.get", {"id": "j1"}) in asked, "it waits for the host")
        # The answer to what is cancelled may come before the one to this.
        cancelling = client.send("cancel", requestId=waiting)
        assert client.replies(cancelling)[cancelling]["success"] is True
        eventually(lambda: ("jobs.cancel", {"id": "j1", "release": True}) in asked, "the work is cancelled")


def test_the_stand_in_for_dotnet_says_what_it_lacks(client):
    for name in ("Beep.Python.Runtime", "/x/Beep.Python.Runtime.dll", "Beep.Python.Runtime, Version=1.0.0.0"):
        assert client.value("import clr\nclr.AddReference(name)", name=name) is None
    for code in ("clr.AddReference('System.Windows.Forms')", "clr.FindAssembly('x')"):
        message = client.eval(f"import clr\n{code}")["message"]
        assert "needs Python.NET" in message
        assert "pythonnet" in message


def test_what_is_installed_comes_first(python):
    with temporary_folder() as folder:
        subprocess.run([python, "-m", "venv", "--without-pip", folder / "env"], check=True)
        (packages,) = (folder / "env").glob("lib/python3*/site-packages")
        (packages / "beep_host.py").write_text("whose = 'the user'\n")
        # Python.NET puts its own module in the place of the one that was imported.
        (packages / "clr.py").write_text(
            "import sys, types\nreal = types.ModuleType('clr')\nreal.AddReference = lambda name: 'found ' + name\n"
            "sys.modules['clr'] = real\n"
        )
        own = str(folder / "env" / "bin" / "python")
        with pool_of_host(own, {"environments.ensure": MADE}) as (pool, asked), pool.frames() as client:
            assert client.value("import beep_host\nbeep_host.whose") == "the user"
            assert client.value("import clr\nclr.AddReference('System.Xml')") == "found System.Xml"
            assert client.ask("venv_ensure", providerName="p")["path"] == "/environments/my-provider"
            (packages / "beep_host.py").unlink()
    assert asked == [("environments.ensure", {"provider": "p"})]


def test_the_seeds_program_with_the_real_clr(python):
    with temporary_folder() as folder:
        subprocess.run([python, "-m", "venv", "--without-pip", folder / "env"], check=True)
        (packages,) = (folder / "env").glob("lib/python3*/site-packages")
        # As the real one does, it takes its own function back once it has been called.
        (packages / "clr.py").write_text(
            "def AddReference(name):\n    globals()['AddReference'] = own\n    raise FileNotFoundError(name)\n"
            "own = AddReference\n"
        )
        own = str(folder / "env" / "bin" / "python")
        with pool_of_host(own, {"environments.ensure": MADE}) as (pool, _), pool.frames() as client:
            assert client.value(SEED) == "/environments/my-provider"
            assert "FileNotFoundError" in client.eval("clr = __import__('clr')\nclr.AddReference('Other')")["message"]
            assert client.value(SEED) == "/environments/my-provider"


def test_the_older_names_tell_of_packages(python):
    packages = [{"name": "Toolbox-One", "version": "1.10.0"}, {"name": "old", "version": "1.2"}]
    wanted = ["toolbox_one>=1.9", "old>=2,<3", "absent"]
    about = {"title": "P", "summary": "", "kind": "provider", "isBuiltIn": False}
    profile = {"id": "p", **about, "packages": wanted, "optional": ["extra"]}
    skipped = [{"requirement": "extra", "reason": "no compiler"}]
    found = {**environment("p"), "executable": python, "skipped": skipped, "gpu": "rocm"}
    answers = {
        "environments.get": {"ok": found},
        "environments.list": {"ok": [found]},
        "packages.list": {"ok": packages},
        "profiles.get": {"ok": profile},
        "profiles.list": {"ok": [profile]},
        "gpu.get": {"ok": {"backend": "rocm", "version": "6.4", "devices": ["AMD"], "isForced": False}},
    }
    setup = "from Beep.Python.RuntimeEngine.Infrastructure import VenvManager\nvenvs = VenvManager()\n"
    with pool_of_host(python, answers, "read") as (pool, _), pool.frames() as client:
        found = client.value(setup + "[[one.Name, one.Status] for one in venvs.GetProviderPackageStatus('P', None)]")
        kinds = ["Installed", "VersionMismatch", "NotInstalled", "Failed"]
        assert found == [list(pair) for pair in zip(["toolbox_one", "old", "absent", "extra"], kinds)]
        told = client.value(setup + "venvs.GetProviderPackageStatus('P', None)[-1]._asdict()")
        assert (told["ErrorMessage"], told["IsOptional"]) == ("no compiler", True)
        # The host says that it is installed; this Python cannot import it.
        verify = "[venvs.VerifyPackagesInstalled('/environments/p', w) for w in ({'old': '==1.2'}, ['old>1.2'], [])]"
        assert client.value(setup + verify) == [False, False, True]
        assert client.value(setup + "[venvs.DetectGpuBackend(True), venvs.GetGpuBackend()]") == ["rocm", "rocm"]
        modules = "import beep_host\n[beep_host.gpu.get().version, beep_host.profiles.get('p').optional,"
        modules += " beep_host.profiles.list()[0].id, beep_host.environments.get('p').gpu]"
        assert client.value(modules) == ["6.4", ["extra"], "p", "rocm"]
        assert client.value(setup + "venvs.GetTrackedPackages('p')") == ["old", "toolbox_one"]
        assert client.value(setup + "venvs.IsPackageTracked('p', 'toolbox.one')") is True


def test_malformed_requests_for_environments_are_refused(client):
    assert client.ask("venv_list")["code"] == "FORBIDDEN"
    for command, payload in (
        ("venv_ensure", {}),
        ("venv_ensure", {"providerName": 7}),
        ("venv_install", {"name": "x"}),
        ("venv_install", {"name": "x", "packages": "numpy"}),
        ("venv_delete", {}),
    ):
        assert client.ask(command, **payload)["code"] == "BAD_REQUEST"
