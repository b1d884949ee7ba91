"""Where an operation takes place: the handles that it can use, and what becomes of the names that code sets."""

import builtins
from types import ModuleType
from typing import Any, Dict, Optional

from .handles import Handles


class Place:
    """No session: names last for one call."""

    def __init__(self, handles: Handles) -> None:
        self.handles = handles
        # Of a session: the module in which its code runs.
        self.module: Optional[ModuleType] = None
        # Of a session whose code has awaited: its event loop, in which what was started goes on with the next run.
        self.loop: Any = None

    @property
    def keeps_loop(self) -> bool:
        return self.module is not None

    def scope(self, names: Dict[str, Any]) -> Dict[str, Any]:
        """The dict that is both globals and locals of code that is given these names."""
        module = self.module
        if module is None:
            return {**names, "__name__": "__main__", "__builtins__": builtins}
        scope = module.__dict__
        scope.update(names)
        scope["__builtins__"] = builtins
        return scope
