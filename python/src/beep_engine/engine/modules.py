"""Modules by name: importing one, and looking whether one is there."""

import importlib
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Optional


def import_module(name: str) -> ModuleType:
    if name not in sys.modules:
        # A package may have been installed since the last look; finders trust a folder's time stamp.
        importlib.invalidate_caches()
    # Not importlib.import_module: its frame would show in the traceback.
    __import__(name)
    return sys.modules[name]


def is_available(name: str) -> bool:
    """Looks for it without running any of its code, not even that of the packages around it."""
    importlib.invalidate_caches()
    path: Any = None
    parts = name.split(".")
    if "" in parts:
        return False
    for count in range(1, len(parts) + 1):
        prefix = ".".join(parts[:count])
        if prefix in sys.modules:
            module = sys.modules[prefix]
            if module is None:
                return False
            path = getattr(module, "__path__", None)
        else:
            spec = _find(prefix, path)
            if spec is None:
                return False
            path = spec.submodule_search_locations
        if path is None and count < len(parts):
            # Not a package. A name below it can only be there if somebody put it into sys.modules (as os does).
            return name in sys.modules
    return True


def _find(name: str, path: Any) -> Optional[ModuleSpec]:
    for finder in sys.meta_path:
        find_spec = getattr(finder, "find_spec", None)
        spec = find_spec(name, path) if find_spec is not None else None
        if spec is not None:
            return spec
    return None
