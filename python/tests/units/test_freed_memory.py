"""That pieces of memory which come and go are not got anew from the system each time."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

import beep_engine
from beep_engine.platform.freed_memory import keep_freed_memory

PROGRAM = """
import resource
from beep_engine.platform.freed_memory import keep_freed_memory
keep_freed_memory(16 << 20, largest=4 << 20)
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def work():
    for _ in range(50):
        pieces = [b"x" * (1 << 20) for _ in range(3)]
work()
before = faults()
work()
print(faults() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries cannot be told")
def test_pieces_stay_with_the_process() -> None:
    source = str(Path(beep_engine.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source}
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, check=True, timeout=60
    )
    # Pages that were got anew for 150 pieces of 256 pages each: otherwise more than ten thousand.
    assert int(ended.stdout) < 2000


def test_other_systems_do_as_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    keep_freed_memory(1, largest=1)
