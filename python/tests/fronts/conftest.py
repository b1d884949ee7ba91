import warnings

import pytest
from fronts.harness import VARIANTS, admin_python, running_rpc_server, running_server

# The fast parser and loop, and what the front does without them.


def pytest_collection_modifyitems(items):
    if admin_python() is not None:
        return
    reason = "no Python with fastapi, uvicorn and grpcio: set BEEP_TEST_ADMIN_PYTHON to one"
    skipped = [item for item in items if "needs_admin" in item.keywords]
    for item in skipped:
        item.add_marker(pytest.mark.skip(reason=reason))
    if skipped:
        warnings.warn(f"{len(skipped)} tests of the fronts are skipped: {reason}", pytest.PytestWarning, stacklevel=1)


def pytest_configure(config):
    config.addinivalue_line("markers", "needs_admin: runs a front in a Python that has what fronts need")


@pytest.fixture(scope="module", params=VARIANTS)
def server(request):
    """A server that the tests of a module share: they must leave it as they found it."""
    with running_server(without=VARIANTS[request.param]) as running:
        yield running


@pytest.fixture
def own_server():
    """A server that a test may break."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def rpc():
    """A client of a gRPC server that the tests of a module share: they must leave it as they found it."""
    with running_rpc_server() as running, running.client() as client:
        yield client


@pytest.fixture
def own_rpc():
    """A gRPC server that a test may break."""
    with running_rpc_server() as running:
        yield running
