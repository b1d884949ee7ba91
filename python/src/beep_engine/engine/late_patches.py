"""Changes to modules of the user's environment that are made when, and only if, the code imports them."""

import sys
from importlib.machinery import ModuleSpec
from typing import Any, Callable, Dict, Optional

Patch = Callable[[Any], None]


class LatePatches:
    """A finder on sys.meta_path between `enter` and `leave`, as long as there is something left to patch.

    Each patch is applied once: at `enter` to a module that is there, else as soon as it has been imported.
    """

    def __init__(self) -> None:
        self._waiting: Dict[str, Patch] = {}

    def add(self, module: str, patch: Patch) -> None:
        self._waiting[module] = patch

    def enter(self) -> None:
        for name in list(self._waiting):
            module = sys.modules.get(name)
            # One that another thread is importing at this moment is left for the next run.
            if module is not None and not getattr(getattr(module, "__spec__", None), "_initializing", False):
                self.apply(module)
        if self._waiting:
            sys.meta_path.insert(0, self)

    def leave(self) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def apply(self, module: Any) -> None:
        patch = self._waiting.pop(module.__name__, None)
        try:
            if patch is not None:
                patch(module)
        except Exception as error:
            # A version that we do not know works as it does without us.
            print(f"beep: {module.__name__} could not be adapted: {error!r}", file=sys.__stderr__)

    def find_spec(self, name: str, path: Any, target: Any = None) -> Optional[ModuleSpec]:
        if name not in self._waiting:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find is not None and finder is not self else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = _Patching(spec.loader, self)
                return spec
        return None


class _Patching:
    """Stands in for a module's own loader until the module runs."""

    def __init__(self, own: Any, patches: LatePatches) -> None:
        self._own = own
        self._patches = patches

    def create_module(self, spec: ModuleSpec) -> Any:
        return self._own.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__spec__.loader = module.__loader__ = self._own
        self._own.exec_module(module)
        self._patches.apply(module)
