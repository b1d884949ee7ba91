"""Modules that code in a worker can import although nothing is installed: `beep_host`, and the older .NET names.

They lie in a folder of their own and are found last: whatever the environment has under such a name comes first.
"""

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any, Dict, Optional

from .engine.late_patches import LatePatches

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "offered")
OFFERED = frozenset(("beep_host", "Beep", "clr"))


def offer_modules(host: Dict[str, Any]) -> None:
    """`host` says how the control API is reached; it may be filled in later."""
    sys.meta_path.append(_Offer(host))
    # Python.NET's own `clr`, where it is installed: our reference is no assembly, and must not be looked for.
    patches = LatePatches()
    patches.add("clr", _teach_our_reference)
    patches.enter()


class _Offer:
    def __init__(self, host: Dict[str, Any]) -> None:
        self._host = host

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        if name not in OFFERED:
            return None
        spec = PathFinder.find_spec(name, [FOLDER])
        if spec is not None and name == "beep_host":
            spec.loader = _Telling(spec.loader, self._host)  # type: ignore[assignment]
        return spec


class _Telling:
    """Loads `beep_host`, and tells it how the host is reached."""

    def __init__(self, own: Any, host: Dict[str, Any]) -> None:
        self._own = own
        self._host = host

    def create_module(self, spec: ModuleSpec) -> Any:
        return self._own.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__spec__.loader = module.__loader__ = self._own
        self._own.exec_module(module)
        sys.modules["beep_host._control"].reach_by(self._host)


def _teach_our_reference(_: Any) -> None:
    # Python.NET puts another module in the place of the one that was imported.
    clr = sys.modules.get("clr")
    if clr is None or hasattr(clr, "_is_ours"):
        return
    from beep_host._dotnet import is_our_reference

    find_assembly = clr.AddReference

    def add_reference(name: Any, *more: Any) -> Any:
        return None if is_our_reference(name) else find_assembly(name, *more)

    class Taught(ModuleType):
        # Python.NET writes its own names into the module's dictionary again, each time an assembly has been loaded.
        def __getattribute__(self, name: str) -> Any:
            return add_reference if name == "AddReference" else super().__getattribute__(name)

    if type(clr) is ModuleType:
        clr.__class__ = Taught
    else:
        clr.AddReference = add_reference
