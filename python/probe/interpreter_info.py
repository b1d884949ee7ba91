# ruff: noqa: UP031
"""Prints what an interpreter is, as one tagged line of JSON.

Started as ``python -I -B interpreter_info.py [module ...]``; each module named is imported, and what cannot be is told.
Standard library only, and grammar that even old Pythons read: one that is too old shall say its version, not fail to
parse this file. The exit code is 0 whenever there is an answer, so any other one means that something new is wrong.
"""

import sys


def can_find(name):
    """Say whether a module is there, without running it."""
    try:
        from importlib.util import find_spec

        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def can_import(name):
    """Import a module for real: only that finds a shared library which is missing."""
    try:
        __import__(name)
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)
    return None


def python_version():
    """Spell the version as releases are spelled: 3.12.14, 3.15.0rc1."""
    level = {"alpha": "a", "beta": "b", "candidate": "rc"}.get(sys.version_info[3], "")
    suffix = "%s%d" % (level, sys.version_info[4]) if level else ""
    return "%d.%d.%d%s" % (tuple(sys.version_info[:3]) + (suffix,))


def machine(platform):
    """Tell the processor that this interpreter was built for; on Windows, the system's own word may be another one."""
    import os

    if hasattr(os, "uname"):
        return os.uname()[4]
    return {"win32": "x86", "win-amd64": "x86_64", "win-arm64": "aarch64", "win-arm32": "arm"}.get(platform, platform)


def facts():
    """Gather everything the host wants to know; its shape is `probeSchema` in contract/models/runtime.ts."""
    import os
    import sysconfig

    platform = sysconfig.get_platform()
    implementation = getattr(sys, "implementation", None)
    stdlib = sysconfig.get_path("stdlib") or ""
    return {
        "version": python_version(),
        "implementation": implementation.name if implementation else "cpython",
        "executable": sys.executable,
        "prefix": sys.prefix,
        "basePrefix": getattr(sys, "base_prefix", sys.prefix),
        "platform": platform,
        "machine": machine(platform),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "soabi": sysconfig.get_config_var("SOABI"),
        "hasVenv": can_find("venv"),
        "hasPip": can_find("pip"),
        "hasSsl": can_import("_ssl") is None,
        "externallyManaged": os.path.exists(os.path.join(stdlib, "EXTERNALLY-MANAGED")),
        "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    }


def main():
    """Print the one line; the tag tells it from whatever start-up files of the interpreter print."""
    import json

    missing = {}
    for name in sys.argv[1:]:
        problem = can_import(name)
        if problem is not None:
            missing[name] = problem
    sys.stdout.write("\n@beep-interpreter %s\n" % json.dumps({"facts": facts(), "missing": missing}))


main()
