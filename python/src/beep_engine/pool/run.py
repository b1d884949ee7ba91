"""A pool's life on Unix, from the configuration line to the exit code."""

import json
import os
import sys
from typing import Any, Dict

from .. import PROTOCOL
from ..faults import Fault
from ..platform.files import raise_file_limit
from .config import parse_config, read_config_line
from .listener import Listener
from .supervisor import Supervisor


def run_pool() -> int:
    try:
        config = parse_config(read_config_line(0))
        raise_file_limit()
        supervisor = Supervisor(Listener(config.path), config)
        worker = _started(supervisor)
    except Fault as fault:
        return _not_ready(fault)
    except Exception as error:
        return _not_ready(Fault("INTERNAL", f"the pool could not start: {type(error).__name__}: {error}"))
    say(
        {
            "ready": True,
            "protocol": PROTOCOL,
            "role": "pool",
            "path": config.path,
            "pid": os.getpid(),
            "worker": {"pid": worker, "python": ".".join(map(str, sys.version_info[:3]))},
        }
    )
    return supervisor.run()


def _started(supervisor: Supervisor) -> int:
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
