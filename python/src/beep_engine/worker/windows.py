"""A worker on Windows: it listens on the named pipe itself, and its pool only watches over it.

This module has not run on Windows yet.
"""

import os
import sys
import threading
from typing import Callable, Iterator, List, Tuple

from ..engine.operations import Engine
from ..modules_of_ours import offer_modules
from ..platform.ready_line import READY_LINE
from ..posts import Post, read_post, sibling_path
from ..settings import read_settings
from ..slots import private_slot
from ..wire.text import from_json
from .connection import Connection
from .interpreter import identity, load_rest, prepare_interpreter
from .named_pipe import PipeStream, listen, owner_only_security
from .pool_lines import PoolLines
from .services import Services


def run_worker_on_windows() -> int:
    """One JSON line on stdin: {"path", "token", "epoch"}, the settings, and where there are several workers, "post" and
    "joins". When stdin ends, so does the process."""
    config = from_json(sys.stdin.buffer.readline(), "the worker's configuration")
    prepare_interpreter()
    epoch = config["epoch"]
    post = read_post(config)
    services = Services(Engine(epoch, post), identity(epoch, post), PoolLines(), read_settings(config))
    services.host.update(config["host"] or {})
    offer_modules(services.host)

    def end_with_pool() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    def accept(path: str, joins: bool, on_ready: Callable[[], None]) -> None:
        try:
            for handle in listen(path, owner_only_security(), on_ready, joins=joins):
                connection = Connection(PipeStream(handle), private_slot(), services, config["token"])
                threading.Thread(target=connection.serve, name="beep-reader", daemon=True).start()
        except OSError as error:
            print(f"beep: cannot listen on {path}: {error}", file=sys.__stderr__, flush=True)
        os._exit(1)

    threading.Thread(target=end_with_pool, name="beep-lifeline", daemon=True).start()
    names = pipe_names(config["path"], post, config.get("joins") is True)
    all_ready = counted_down(len(names), say_ready)
    for path, joins in names:
        threading.Thread(target=accept, args=(path, joins, all_ready), name="beep-listener", daemon=True).start()
    load_rest()
    services.runner.run()
    return 0


def pipe_names(path: str, post: Post, joins: bool) -> List[Tuple[str, bool]]:
    """The pipes that a worker listens on, and whether it joins others there: the server's, and where it has several
    workers, its own."""
    own = [(sibling_path(path, post.worker), False)] if post.workers > 1 else []
    return [(path, joins), *own]


def counted_down(count: int, action: Callable[[], None]) -> Callable[[], None]:
    """Calls it when it has been called so often itself."""
    left: Iterator[int] = iter(range(count - 1, -1, -1))

    def call() -> None:
        if next(left) == 0:
            action()

    return call


def say_ready() -> None:
    os.write(2, READY_LINE + b"\n")
