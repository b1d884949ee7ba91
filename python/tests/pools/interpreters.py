"""The Pythons that the tests of real processes run with: one of each minor version from 3.9 on."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Dict, List, Optional, Tuple

MINORS = range(9, 15)
_ASK = (
    "import json, sys, importlib.util as u; print(json.dumps([sys.version_info[:2], u.find_spec('numpy') is not None]))"
)


@cache
def interpreters() -> Dict[str, str]:
    """Version to executable. BEEP_TEST_PYTHONS (a list like PATH) replaces the search."""
    named = os.environ.get("BEEP_TEST_PYTHONS")
    found: Dict[str, str] = {}
    for candidate in named.split(os.pathsep) if named else _candidates():
        version = _ask(candidate)[0]
        if version is not None and version >= (3, 9):
            found.setdefault("{}.{}".format(*version), candidate)
    return dict(sorted(found.items(), key=lambda item: int(item[0].split(".")[1])))


@cache
def python_with_numpy() -> Optional[str]:
    """BEEP_TEST_NUMPY_PYTHON, else the first that has it."""
    named = os.environ.get("BEEP_TEST_NUMPY_PYTHON")
    candidates = [named] if named else [sys.executable, *interpreters().values()]
    return next((candidate for candidate in candidates if _ask(candidate)[1]), None)


def _candidates() -> List[str]:
    versions = sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    on_path = [shutil.which(f"python3.{minor}") for minor in MINORS]
    return [*map(str, versions), *[path for path in on_path if path], sys.executable]


@cache
def _ask(python: str) -> Tuple[Optional[Tuple[int, int]], bool]:
    try:
        argv = [python, "-I", "-c", _ASK]
        answer = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=False)
        version, numpy = json.loads(answer.stdout)
        return tuple(version), numpy
    except (OSError, ValueError, subprocess.TimeoutExpired):
        # Too old for the question, or a shim that stands for nothing.
        return None, False
