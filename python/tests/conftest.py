import warnings

import pytest
from pools.harness import running_pool
from pools.interpreters import interpreters, python_with_numpy


def pytest_generate_tests(metafunc):
    if "python" in metafunc.fixturenames:
        found = interpreters()
        metafunc.parametrize("python", list(found.values()), ids=list(found), scope="module")


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
def either(request, pool):
    """A client of each dialect."""
    with getattr(pool, request.param)() as client:
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
