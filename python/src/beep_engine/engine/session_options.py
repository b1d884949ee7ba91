"""What a session is opened with, checked."""

import os
from typing import Any, Dict, NamedTuple, Optional

from ..faults import bad_request
from ..settings import LONGEST, read_number, read_timeout

# Seconds that a session lasts without being used, unless its opener says otherwise.
LEASE = 900.0
HANDLES = 100_000
MOST_HANDLES = 1_000_000
LONGEST_NAME = 200
# Bytes: an interpreter that serves needs about that much before it has done anything.
LEAST_MEMORY = 256 * 1024 * 1024


class SessionOptions(NamedTuple):
    """`environment` has None for a variable that shall not be there. `timeout` is in seconds, `memory` in bytes."""

    name: Optional[str]
    folder: Optional[str]
    environment: Dict[str, Optional[str]]
    lease: float
    handles: int
    timeout: Optional[float]
    memory: Optional[int]
    own_process: bool


def read_options(payload: Dict[str, Any]) -> SessionOptions:
    """A BAD_REQUEST fault names what is wrong."""
    memory = read_number(payload, "memoryLimitBytes", LEAST_MEMORY, 2**62)
    own_process = payload.get("ownProcess")
    if own_process not in (None, True, False):
        raise bad_request("ownProcess must be true or false")
    if memory is not None and own_process is False:
        raise bad_request("memoryLimitBytes needs a process of its own", hint="leave ownProcess out, or make it true")
    return SessionOptions(
        name=_name(payload.get("name")),
        folder=_folder(payload.get("workingFolder")),
        environment=_variables(payload.get("environmentVariables")),
        lease=read_number(payload, "leaseSeconds", 1, LONGEST) or LEASE,
        handles=int(read_number(payload, "handleLimit", 1, MOST_HANDLES) or HANDLES),
        timeout=read_timeout(payload),
        memory=None if memory is None else int(memory),
        own_process=own_process is True or memory is not None,
    )


def _name(name: Any) -> Optional[str]:
    if name is None:
        return None
    if type(name) is not str or not 0 < len(name) <= LONGEST_NAME:
        raise bad_request(f"name must be a string of at most {LONGEST_NAME} characters")
    return name


def _folder(folder: Any) -> Optional[str]:
    if folder is None:
        return None
    if type(folder) is not str or not os.path.isabs(folder):
        raise bad_request("workingFolder must be an absolute path")
    if not os.path.isdir(folder):
        raise bad_request(f"workingFolder {folder} is no folder")
    return folder


def _variables(variables: Any) -> Dict[str, Optional[str]]:
    if variables is None:
        return {}
    if type(variables) is not dict:
        raise bad_request("environmentVariables must be an object")
    for name, value in variables.items():
        if not name or "=" in name or "\0" in name:
            raise bad_request(f"{name!r:.80} cannot be the name of an environment variable")
        if value is not None and (type(value) is not str or "\0" in value):
            raise bad_request(f"the environment variable {name:.80} must be a string, or null to be left out")
    return dict(variables)
