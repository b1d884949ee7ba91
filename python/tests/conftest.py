import sys
import warnings
from collections import Counter
from importlib.util import find_spec

import pytest
from pools.doors import DOORS, client_of, front_before, missing
from pools.harness import running_pool
from pools.interpreters import interpreters, python_with_numpy
from pools.sessions import Session

collect_ignore_glob = []
if find_spec("hypothesis") is None:
    collect_ignore_glob.append("*test_fuzz_*.py")
    warnings.warn("fuzzing is skipped: hypothesis is not installed", pytest.PytestWarning, stacklevel=1)


def pytest_generate_tests(metafunc):
    if "python" in metafunc.fixturenames:
        found = interpreters()
        metafunc.parametrize("python", list(found.values()), ids=list(found), scope="module")
    if "front" in metafunc.fixturenames:
        metafunc.parametrize("front", DOORS, indirect=True, scope="module")


@pytest.fixture(scope="module")
def pool(python):
    """A pool that the tests of a module share: they must leave it as they found it."""
    with running_pool(python) as running:
        yield running


@pytest.fixture
def own_pool(python):
    """A pool that a test may break."""
    with running_pool(python) as running:
        yield running


@pytest.fixture
def client(pool):
    with pool.frames() as frames:
        yield frames


@pytest.fixture(params=["frames", "lines"])
def dialect(request, pool):
    """A client of each dialect of the pipe."""
    with getattr(pool, request.param)() as client:
        yield client


@pytest.fixture
def session(dialect):
    made = Session(dialect)
    yield made
    made.close()


@pytest.fixture(scope="module")
def front(request, pool):
    """What a front says of itself; None for the doors that have none."""
    if missing(request.param):
        pytest.skip(missing(request.param))
    if request.param in ("frames", "lines"):
        yield request.param, None
    else:
        with front_before(pool, request.param) as ready:
            yield request.param, ready


@pytest.fixture
def either(front, pool):
    """A client of each door: what it says and hears is the same at all of them."""
    with client_of(pool, *front) as client:
        yield client


@pytest.fixture(scope="module")
def numpy_pool():
    python = python_with_numpy()
    if python is None:
        reason = "no Python with numpy: set BEEP_TEST_NUMPY_PYTHON to one"
        warnings.warn(f"tests of arrays are skipped: {reason}", pytest.PytestWarning, stacklevel=1)
        pytest.skip(reason)
    with running_pool(python) as running:
        yield running


@pytest.fixture
def numpy_client(numpy_pool):
    with numpy_pool.frames() as frames:
        yield frames


def _tried():
    """Counts of the fuzzing tests that ran in this process; the module is there when one of them was."""
    return dict(getattr(sys.modules.get("fuzzing"), "TRIED", {}))


# With several processes, each tells the one that prints the end.
_tried_elsewhere = Counter()


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tried"] = _tried()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    _tried_elsewhere.update(getattr(node, "workeroutput", {}).get("tried", {}))


def pytest_terminal_summary(terminalreporter):
    """What fuzzing has tried. Only where it ran."""
    tried = _tried_elsewhere + Counter(_tried())
    if tried:
        terminalreporter.section("inputs tried by fuzzing")
        for what, count in sorted(tried.items()):
            terminalreporter.write_line(f"{count:8,} {what}")
