"""Imports what installed packages bring, and prints which of them could not be imported, as one JSON line.

Run as `python -I <this file> NAME…` with names of distributions, or `module:NAME` for a module; or as
`python -I -S <this file> --site FOLDER NAME…` to take another site-packages than that of the Python. It must work under
any Python from 3.9.
"""

import importlib
import importlib.metadata
import json
import os
import site
import sys


def top_level_modules(name):
    """The modules that a distribution puts on the import path: the one that is called like it, if there is one."""
    distribution = importlib.metadata.distribution(name)
    found = set()
    for file in distribution.files or ():
        parts = file.parts
        if len(parts) == 2 and parts[1] == "__init__.py":
            found.add(parts[0])
        elif len(parts) == 1 and parts[0].endswith((".py", ".so", ".pyd")):
            found.add(parts[0].partition(".")[0])
    public = sorted(module for module in found if module.isidentifier() and not module.startswith("_"))
    alike = name.replace("-", "_").replace(".", "_").lower()
    return [module for module in public if module.lower() == alike] or public


def reason(error):
    return f"{type(error).__name__}: {error}"[:1000]


def main(names):
    # What a package prints is not our answer.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    failed = {}
    if names[:1] == ["--site"]:
        site.addsitedir(names[1])
        names = names[2:]
    for name in names:
        try:
            kind, _, module_name = name.partition(":")
            for module in [module_name] if kind == "module" else top_level_modules(name):
                importlib.import_module(module)
        except importlib.metadata.PackageNotFoundError:
            failed[name] = "it is not installed"
        except BaseException as error:
            failed[name] = reason(error)
    answer.write("@beep-imports " + json.dumps({"failed": failed}) + "\n")
    answer.flush()
    # Threads and exit handlers of packages are none of our business.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
