"""No module of ours needs itself to be loaded: such a circle works until somebody imports the other end first."""

from pathlib import Path

import pytest
from units.import_graph import circles, import_graph, modules_in

SOURCE = Path(__file__).resolve().parents[2] / "src"


def test_the_modules_do_not_load_each_other_in_circles():
    graph = import_graph(modules_in(SOURCE, SOURCE / "offered"))
    assert {"beep_engine.engine.operations", "beep_client", "beep_host.servers", "clr"} < set(graph)
    assert "beep_engine.faults" in graph["beep_engine.engine.operations"]
    assert [" → ".join(circle) for circle in circles(graph)] == []


@pytest.mark.parametrize(
    ("a", "b", "is_circle"),
    [
        ("from . import b", "from .a import thing", True),
        ("from .b import thing", "import p.a", True),
        ("import p.b as other", "class Thing:\n    from .a import thing", True),
        ("try:\n    from . import b\nexcept ImportError:\n    pass", "if True:\n    from . import a", True),
        ("from . import b", "def late():\n    from . import a", False),
        ("from . import b", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import a", False),
        ("from . import b", "import typing\nif typing.TYPE_CHECKING:\n    pass\nelse:\n    from . import a", True),
        ("from . import b", "import json", False),
        # A module of its package, and what the package itself has to give.
        ("from . import b", "from . import c", False),
        ("from . import own", "", False),
        ("from . import from_a", "", True),
        ("from .inner import deep", "", False),
    ],
)
def test_what_counts_as_a_circle(tmp_path, a, b, is_circle):
    package = tmp_path / "p"
    inner = package / "inner"
    inner.mkdir(parents=True)
    start = "from .a import from_a\n" if "from_a" in a else "own = 1\n"
    for file, text in (("__init__", start), ("a", a), ("b", b), ("c", ""), ("inner/__init__", ""), ("inner/deep", "")):
        (package / f"{file}.py").write_text(text, "utf-8")
    assert bool(circles(import_graph(modules_in(tmp_path)))) is is_circle


def test_loading_a_module_loads_the_packages_around_it(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "__init__.py").write_text("from q import thing", "utf-8")
    (tmp_path / "p" / "deep.py").write_text("", "utf-8")
    (tmp_path / "q.py").write_text("import p.deep", "utf-8")
    assert circles(import_graph(modules_in(tmp_path))) == [["p", "q", "p"]]
