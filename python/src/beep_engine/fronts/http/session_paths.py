"""Sessions, and what the host is asked for, under paths of their own: a second way to the same operations."""

import re
from typing import NamedTuple, Optional, Set, Tuple

# Stands in paths for a session's id.
PLACE = "{sessionId}"
_NAMED = re.compile(r"((?:/api)?/sessions/)([^/]+)(/[a-z]+)?")


# Operations of the host: `venv_list` is at `venv/list`, too.
FOLDERS = ("venv", "runtime", "server", "job")


class SessionPath(NamedTuple):
    method: str
    path: str
    command: str


SESSION_PATHS = (
    SessionPath("GET", "/sessions", "session_list"),
    SessionPath("POST", "/sessions", "session_open"),
    SessionPath("DELETE", f"/sessions/{PLACE}", "session_close"),
    SessionPath("POST", f"/sessions/{PLACE}/heartbeat", "session_heartbeat"),
    SessionPath("POST", f"/sessions/{PLACE}/reset", "session_reset"),
    SessionPath("POST", f"/sessions/{PLACE}/interrupt", "interrupt"),
    SessionPath("GET", f"/sessions/{PLACE}/handles", "handles_list"),
    *(SessionPath("GET", f"/{folder}/list", f"{folder}_list") for folder in FOLDERS),
)


def paths_of(command: str) -> Set[str]:
    """Where an operation is reached with POST: `venv_list` at `venv_list`, `venv-list`, and `venv/list`."""
    folder, _, rest = command.partition("_")
    return {command, command.replace("_", "-"), *([f"{folder}/{rest}"] if folder in FOLDERS else [])}


def session_in(path: str) -> Tuple[str, Optional[str]]:
    """The path with PLACE for the id in it, and the id; the path itself where it names no session."""
    found = _NAMED.fullmatch(path)
    return (f"{found[1]}{PLACE}{found[3] or ''}", found[2]) if found else (path, None)
