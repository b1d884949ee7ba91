"""Fields of what clients ask of the host, and how the work on it is followed."""

from typing import Any, Callable, Dict, List, NamedTuple, Optional

from ..faults import bad_request

Fields = Dict[str, Any]


class Following(NamedTuple):
    """`check` is called now and then, and raises when nobody waits any more; `progress` gets each step, if wanted."""

    check: Callable[[], None]
    progress: Optional[Callable[[Any], None]]

    def options(self) -> Dict[str, Any]:
        """What the long functions of `beep_host` take."""
        return {"check": self.check, "progress": self.progress}


HostCommand = Callable[[Any, Fields, Following], Fields]


def text_in(payload: Fields, field: str, needed: bool = False) -> Any:
    value = payload.get(field)
    if value is None and not needed:
        return None
    if type(value) is not str or not value:
        raise bad_request(f"the field `{field}` must be a string, and not empty")
    if "\0" in value:
        # No system has such a name, and to ask it for one raises.
        raise bad_request(f"the field `{field}` holds a null character")
    return value


def texts_in(payload: Fields, field: str) -> List[str]:
    value = payload.get(field)
    if value is None:
        return []
    if type(value) is not list or any(type(one) is not str for one in value):
        raise bad_request(f"the field `{field}` must be an array of strings")
    return value


def number_in(payload: Fields, field: str) -> Optional[int]:
    value = payload.get(field)
    if value is not None and type(value) is not int:
        raise bad_request(f"the field `{field}` must be a whole number")
    return value


def flag_in(payload: Fields, field: str) -> bool:
    value = payload.get(field)
    if value is not None and type(value) is not bool:
        raise bad_request(f"the field `{field}` must be a boolean")
    return value is True
