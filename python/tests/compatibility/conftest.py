"""Speaks as the programs of the older servers do: their paths, field names and bytes, and nothing newer.

Their gRPC, by the numbers of its fields, is in fronts/test_rpc_messages.py.
"""

import pytest
from fronts.harness import admin_python, running_server
from pools.harness import running_pool
from pools.interpreters import interpreters


@pytest.fixture(scope="module")
def older_http():
    if admin_python() is None:
        pytest.skip("no Python with fastapi and uvicorn: set BEEP_TEST_ADMIN_PYTHON to one")
    from compatibility.older_http import OlderHttpClient

    with running_server() as server:
        yield OlderHttpClient(server.port, server.token)


@pytest.fixture(scope="module")
def older_pool():
    with running_pool(next(iter(interpreters().values()))) as pool:
        yield pool


@pytest.fixture
def older_pipe(older_pool):
    from compatibility.older_pipe import OlderPipeClient

    with OlderPipeClient(older_pool.path) as client:
        yield client
