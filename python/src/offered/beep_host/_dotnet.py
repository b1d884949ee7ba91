"""Which .NET references stand for names of ours."""

from typing import Any

_OURS = frozenset(("beep.python.runtime", "beep.python.runtimeengine", "beep.python.model"))


def is_our_reference(name: Any) -> bool:
    """As `clr.AddReference` takes them: a name, a file, or a full name with version and key."""
    if not isinstance(name, str):
        return False
    short = name.split(",")[0].strip().replace("\\", "/").rpartition("/")[2].lower()
    if short.endswith(".dll"):
        short = short[: -len(".dll")]
    return short in _OURS
