"""Stands in for Python.NET where that is not installed: serves the one reference that is ours."""

from typing import Any

from beep_host._dotnet import is_our_reference

_is_ours = True
_WANTED = "needs Python.NET: install the package `pythonnet` into this environment"


def AddReference(name: str) -> None:
    """Our reference needs nothing: `Beep` can be imported anyway. Every other assembly is refused."""
    if not is_our_reference(name):
        raise ImportError(f"the assembly {name!r:.200} {_WANTED}", name="pythonnet")


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"clr.{name} {_WANTED}")
