"""A pool's life on Unix, from the configuration line to the exit code."""

import json
import os
import sys
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from .. import PROTOCOL
from ..faults import Fault
from ..platform.files import raise_file_limit
from ..posts import sibling_path
from .config import PoolConfig, parse_config, read_config_line
from .forerunner import Forerunner

if TYPE_CHECKING:
    from .listener import Listener
    from .supervisor import Supervisor


def run_pool() -> int:
    forerunner: Optional[Forerunner] = None
    try:
        config = parse_config(read_config_line(0))
        raise_file_limit(config.workers)
        if config.start == "fork":
            forerunner = Forerunner()
        # What the pool itself is made of comes after it.
        from .supervisor import Supervisor

        supervisor = Supervisor(_listeners(config), config, forerunner)
        workers = _started(supervisor)
    except Exception as error:
        if forerunner is not None:
            forerunner.dismiss()
        if isinstance(error, Fault):
            return _not_ready(error)
        return _not_ready(Fault("INTERNAL", f"the pool could not start: {type(error).__name__}: {error}"))
    say(
        {
            "ready": True,
            "protocol": PROTOCOL,
            "role": "pool",
            "path": config.path,
            "pid": os.getpid(),
            "worker": {"pid": workers[0], "python": ".".join(map(str, sys.version_info[:3]))},
            **({"workers": [{"pid": pid} for pid in workers]} if config.workers > 1 else {}),
        }
    )
    return supervisor.run()


def _listeners(config: PoolConfig) -> "List[Listener]":
    """That of the server, and where it has several workers, one for each of them."""
    from .listener import Listener

    paths = [config.path]
    if config.workers > 1:
        paths += [sibling_path(config.path, worker) for worker in range(1, config.workers + 1)]
    listeners: List[Listener] = []
    try:
        for path in paths:
            listeners.append(Listener(path))
        return listeners
    except BaseException:
        for listener in listeners:
            listener.remove()
        raise


def _started(supervisor: "Supervisor") -> List[int]:
    try:
        return supervisor.start()
    except BaseException:
        supervisor.close()
        raise


def say(document: Dict[str, Any]) -> None:
    """One line on stdout for the host."""
    os.write(1, json.dumps(document).encode() + b"\n")


def _not_ready(fault: Fault) -> int:
    document = {"ready": False, "code": fault.code, "message": fault.message}
    for name in ("hint", "details"):
        if getattr(fault, name) is not None:
            document[name] = getattr(fault, name)
    say(document)
    return 1
