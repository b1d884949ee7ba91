"""A worker on Windows: it listens on the named pipe itself, and its pool only watches over it.

This module has not run on Windows yet.
"""

import os
import sys
import threading

from ..engine.operations import Engine
from ..modules_of_ours import offer_modules
from ..platform.ready_line import READY_LINE
from ..settings import read_settings
from ..slots import private_slot
from ..wire.text import from_json
from .connection import Connection
from .interpreter import identity, prepare_interpreter
from .named_pipe import PipeStream, listen, owner_only_security
from .pool_lines import PoolLines
from .services import Services


def run_worker_on_windows() -> int:
    """One JSON line on stdin: {"path", "token", "epoch"} and the settings. When stdin ends, so does the process."""
    config = from_json(sys.stdin.buffer.readline(), "the worker's configuration")
    prepare_interpreter()
    epoch = config["epoch"]
    services = Services(Engine(epoch), identity(epoch), PoolLines(), read_settings(config))
    services.host.update(config["host"] or {})
    offer_modules(services.host)

    def end_with_pool() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    def accept() -> None:
        try:
            for handle in listen(config["path"], owner_only_security(), say_ready):
                connection = Connection(PipeStream(handle), private_slot(), services, config["token"])
                threading.Thread(target=connection.serve, name="beep-reader", daemon=True).start()
        except OSError as error:
            print(f"beep: cannot listen on {config['path']}: {error}", file=sys.__stderr__, flush=True)
        os._exit(1)

    threading.Thread(target=end_with_pool, name="beep-lifeline", daemon=True).start()
    threading.Thread(target=accept, name="beep-listener", daemon=True).start()
    services.runner.run()
    return 0


def say_ready() -> None:
    os.write(2, READY_LINE + b"\n")
