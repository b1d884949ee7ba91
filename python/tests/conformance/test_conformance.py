"""The conformance cases, through every door to every Python, and to one that has what some of them need."""

import json
import sys

import pytest
from conformance.runner import FOLDER, GROUPS, run_group
from pools.doors import client_of, front_before, missing
from pools.harness import running_pool

NEEDING = [name for name, cases in GROUPS.items() if any("needs" in case for case in cases)]


@pytest.mark.parametrize("group", [name for name in GROUPS if name not in NEEDING])
def test_every_python(either, group):
    assert run_group(either, group)


@pytest.fixture(scope="module", params=["frames", "http", "rpc"])
def door_of_two(request):
    """A client of a server with two workers: what one caller says and hears is the same."""
    if missing(request.param):
        pytest.skip(missing(request.param))
    with running_pool(sys.executable, settings={"workers": 2}) as pool:
        if request.param == "frames":
            with pool.frames() as client:
                yield client
        else:
            with front_before(pool, request.param, 2) as ready, client_of(pool, request.param, ready) as client:
                yield client


@pytest.mark.parametrize("group", [name for name in GROUPS if name not in NEEDING])
def test_two_workers(door_of_two, group):
    assert run_group(door_of_two, group)


@pytest.fixture(scope="module", params=["frames", "lines", "http", "rpc"])
def numpy_door(request, numpy_pool):
    if missing(request.param):
        pytest.skip(missing(request.param))
    if request.param in ("frames", "lines"):
        with client_of(numpy_pool, request.param, None) as client:
            yield client
    else:
        with front_before(numpy_pool, request.param) as ready, client_of(numpy_pool, request.param, ready) as client:
            yield client


@pytest.mark.parametrize("group", NEEDING)
def test_what_needs_packages(numpy_door, group):
    assert run_group(numpy_door, group)


def test_the_cases_are_what_their_readme_says():
    document = json.loads((FOLDER / "cases.json").read_text("utf-8"))
    assert document["version"] == 1
    names = [case["name"] for cases in GROUPS.values() for case in cases]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    checks = {"value", "handle", "error", "fields", "typeName", "array", "table", "stdout", "stderr"}
    for case in (case for cases in GROUPS.values() for case in cases):
        assert set(case) <= {"name", "needs", "raw", "steps"}
        assert case["steps"]
        for step in case["steps"]:
            assert set(step) <= {"command", "payload", "expect", "keep", "answers"}
            assert step["expect"] and set(step["expect"]) <= checks, case["name"]
