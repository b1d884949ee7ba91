"""The entry: `python -I -X utf8 -u <this file> pool|http|rpc`. Its configuration comes as one JSON line on stdin.

With -I nothing of ours is on sys.path, and it stays so: the package is loaded from its folder, under a private name.
So a user's own `beep_engine` is never mistaken for it, nor it for theirs. This file must parse under any Python 3, so
that an old one is told what is wrong.
"""

import gc
import importlib.machinery
import json
import os
import sys
import types

OLDEST = (3, 9)
NAME = "_beep_engine"
FRONTS = {"http": ".fronts.http", "rpc": ".fronts.rpc"}
# `worker` is what a pool that spawns its worker asks for.
ROLES = dict(FRONTS, pool=".pool", worker=".worker")


def load_package():
    """Makes the folder of this file importable as NAME, without putting anything on sys.path."""
    folder = os.path.dirname(os.path.abspath(__file__))
    # By hand: importlib.util, which does the same, takes some milliseconds to load.
    loader = importlib.machinery.SourceFileLoader(NAME, os.path.join(folder, "__init__.py"))
    spec = importlib.machinery.ModuleSpec(NAME, loader, origin=loader.path, is_package=True)
    spec.submodule_search_locations = [folder]
    spec.has_location = True
    package = types.ModuleType(NAME)
    package.__file__ = loader.path
    package.__loader__ = loader
    package.__package__ = NAME
    package.__path__ = spec.submodule_search_locations
    package.__spec__ = spec
    sys.modules[NAME] = package
    loader.exec_module(package)


def leave_main_to_the_user():
    """User code sees a `__main__` of its own: no file (so multiprocessing does not import us), none of our names."""
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv[:] = [""]


def refuse(code, message):
    print(json.dumps({"ready": False, "code": code, "message": message}))
    sys.stdout.flush()
    return 1


def main(arguments):
    role = arguments[0] if arguments else ""
    if sys.version_info < OLDEST:
        message = "Python %d.%d or newer is needed, %s is %d.%d"
        return refuse("PYTHON_TOO_OLD", message % (OLDEST + (sys.executable,) + tuple(sys.version_info[:2])))
    if role not in ROLES:
        return refuse("BAD_REQUEST", "the role must be pool, http or rpc, not " + repr(role))
    load_package()
    if role not in FRONTS:
        leave_main_to_the_user()
        # While only modules are loaded there is nothing to collect; looking for it takes a twentieth of the start.
        gc.disable()
    return importlib.import_module(NAME + ROLES[role]).main(*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
