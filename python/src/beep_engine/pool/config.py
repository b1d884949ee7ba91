"""A pool's configuration: one JSON line on stdin (docs/wire.md §8)."""

import os
import sys
from typing import Any, Dict, NamedTuple, Optional

from .. import PROTOCOL
from ..faults import Fault, bad_request
from ..posts import MOST_WORKERS
from ..settings import Settings, read_number, read_settings
from ..wire.text import from_json

MAX_CONFIG = 1024 * 1024
STARTS = ("fork", "spawn")


class PoolConfig(NamedTuple):
    name: str
    path: str
    start: str
    token: Optional[str]
    # Scope, address and token of the host's control API, where the code may ask it.
    infrastructure: Optional[Dict[str, Any]] = None
    settings: Settings = Settings()
    workers: int = 1


def read_config_line(fd: int) -> bytes:
    """Reads to the end of the first line, and not through a buffer that would swallow what follows."""
    line = b""
    while b"\n" not in line:
        chunk = os.read(fd, 65536)
        if not chunk:
            raise bad_request("stdin ended before the configuration line")
        line += chunk
        if len(line) > MAX_CONFIG:
            raise Fault("TOO_LARGE", f"the configuration line is longer than {MAX_CONFIG} bytes")
    return line.partition(b"\n")[0]


def parse_config(line: bytes, platform: str = sys.platform) -> PoolConfig:
    document = from_json(line, "the configuration line")
    if type(document) is not dict:
        raise bad_request("the configuration line is not a JSON object")
    if document.get("protocol") != PROTOCOL:
        raise bad_request(f"protocol {document.get('protocol')!r} is not spoken here, only {PROTOCOL}")
    if document.get("role") not in (None, "pool"):
        raise bad_request(f"this process is a pool, the configuration is for {document['role']!r}")
    start = document.get("start") or default_start(platform)
    if start not in STARTS:
        raise bad_request(f"start is one of {', '.join(STARTS)}, not {start!r}")
    token = document.get("token")
    return PoolConfig(
        name=_text(document.get("name", ""), "name"),
        path=_text(document.get("path"), "path"),
        start=start,
        token=None if token is None else _text(token, "token"),
        infrastructure=_infrastructure(document.get("infrastructure")),
        settings=read_settings(document),
        workers=read_workers(document),
    )


def read_workers(document: Dict[str, Any]) -> int:
    workers = read_number(document, "workers", 1, MOST_WORKERS)
    if workers is not None and type(workers) is not int:
        raise bad_request("workers must be a whole number")
    return 1 if workers is None else int(workers)


def _infrastructure(given: Any) -> Optional[Dict[str, Any]]:
    if given is None:
        return None
    fields = ("scope", "address", "token")
    if type(given) is not dict or any(type(given.get(field)) is not str for field in fields):
        raise bad_request(f"infrastructure is an object with {', '.join(fields)}")
    return {field: given[field] for field in fields}


def default_start(platform: str) -> str:
    """Forking takes milliseconds, but macOS's own libraries do not survive it."""
    return "fork" if platform.startswith("linux") else "spawn"


def _text(value: Any, field: str) -> str:
    if type(value) is not str or (field != "name" and not value):
        raise bad_request(f"the configuration needs {field} (a string)")
    return value
