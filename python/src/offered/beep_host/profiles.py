"""The package sets that environments begin with: those that ship, and the user's own."""

from typing import List, Optional

from ._control import ask
from ._errors import HostError
from ._models import Profile, read_profile


def list() -> "List[Profile]":
    """All of them. Scope `read`."""
    return [read_profile(fields) for fields in ask("profiles.list")]


def get(id: str) -> Profile:
    """One of them. Raises HostError `NOT_FOUND`. Scope `read`."""
    return read_profile(ask("profiles.get", id=id))


def of_provider(provider: str) -> Optional[Profile]:
    """The one whose packages the environment of a provider gets; None: it begins without packages. Scope `read`."""
    try:
        return read_profile(ask("profiles.get", provider=provider))
    except HostError as error:
        if error.code == "NOT_FOUND":
            return None
        raise
