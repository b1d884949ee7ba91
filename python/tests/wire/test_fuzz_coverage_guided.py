"""The parsers once more, by a fuzzer that sees which code its inputs reach. Long runs only: see CONTRIBUTING.md."""

import re
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest
from fuzzing import LONG, tried

import beep_engine

RUNS = 300_000
PROGRAM = Path(__file__).with_name("coverage_guided.py")

if LONG and find_spec("atheris") is None:
    warnings.warn(
        "fuzzing by coverage is skipped: pip install atheris (Linux, Python 3.11 to 3.13)",
        pytest.PytestWarning,
        stacklevel=1,
    )


@pytest.mark.skipif(not LONG, reason="BEEP_FUZZ is not long")
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("kind", ["frames", "lines"])
def test_no_bytes_that_reach_more_of_a_parser_break_it(kind, tmp_path):
    env = {"PYTHONPATH": str(Path(beep_engine.__file__).parents[1])}
    argv = [sys.executable, str(PROGRAM), kind, str(RUNS)]
    run = subprocess.run(argv, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=170, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    done = re.search(r"Done (\d+) runs", run.stderr)
    assert done, run.stderr[-4000:]
    tried(f"{kind}, by coverage", int(done[1]))
