"""What every front process does around serving: configuration in, ready line out, and no life after its parent."""

import logging
import os
import sys
import threading
from typing import Any, Callable, Dict

from ..faults import Fault
from ..pool.config import read_config_line
from ..wire.text import from_json, to_json
from .front_config import FrontConfig, read_front_config

# Prints the ready line's fields.
Announce = Callable[[Dict[str, Any]], None]
Serve = Callable[[FrontConfig, Announce], None]


def run_front(role: str, load: Callable[[], Serve]) -> int:
    """Serves until told to stop, and returns the exit code. A fault before the ready line becomes that line.

    `load` imports what it takes to serve: while the configuration is still on its way, since that comes only when the
    pool listens.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        serve = load()
        line = read_config_line(0)
        threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
        fields = from_json(line, "the configuration")
        if not isinstance(fields, dict):
            raise Fault("BAD_REQUEST", "the configuration is not a JSON object")
        serve(read_front_config(fields, role), announce)
    except Fault as fault:
        details = {} if fault.details is None else {"details": fault.details}
        announce({"ready": False, "code": fault.code, "message": fault.message, **details})
        return 1
    return 0


def announce(fields: Dict[str, Any]) -> None:
    sys.stdout.buffer.write(to_json(fields) + b"\n")
    sys.stdout.buffer.flush()


def _end_with_parent() -> None:
    """Blocks until stdin closes; then whoever started us has gone or wants us gone, at once and without ceremony.

    Reads the descriptor itself: a thread blocked in `sys.stdin` would hold its lock when the interpreter ends.
    """
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os._exit(0)
