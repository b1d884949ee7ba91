"""Runs a script as if some modules were not installed: `without.py uvloop,httptools SCRIPT ARG…`."""

import runpy
import sys

_, names, script, *arguments = sys.argv
for name in names.split(","):
    sys.modules[name] = None
sys.argv[:] = [script, *arguments]
runpy.run_path(script, run_name="__main__")
