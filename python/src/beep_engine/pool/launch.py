"""Starting a worker process: forked from the pool, or spawned as a fresh interpreter."""

import os
import socket
import sys
from typing import Callable, NamedTuple

from .forking import fork_process
from .launch_command import worker_command
from .signals import POOL_SIGNALS


class Wires(NamedTuple):
    """The worker's ends of what connects it with the pool."""

    control: socket.socket
    slots: int
    lifeline: int
    stderr: int


# Gets the wires, the epoch, whether it is for a session, and what closes in a forked child all that belongs to the
# pool; gives the new worker's pid.
StartWorker = Callable[[Wires, int, bool, Callable[[], None]], int]


def fork_worker(wires: Wires, epoch: int, for_session: bool, forget_pool: Callable[[], None]) -> int:
    def life() -> None:
        forget_pool()
        live_as_worker(wires, epoch, for_session)

    return fork_process(life)


def live_as_worker(wires: Wires, epoch: int, for_session: bool) -> None:
    """In a forked child."""
    os.dup2(wires.stderr, 2)
    os.close(wires.stderr)
    from ..worker.process import run_worker

    run_worker(wires.control, wires.slots, wires.lifeline, epoch, for_session)


def spawn_worker(wires: Wires, epoch: int, for_session: bool, _forget_pool: Callable[[], None]) -> int:
    """Only these four descriptors and stdout reach it; the pool is single-threaded, so that no other child can catch
    them in the moment in which they are inheritable."""
    fds = [wires.control.fileno(), wires.slots, wires.lifeline]
    for fd in fds:
        os.set_inheritable(fd, True)
    try:
        return os.posix_spawn(
            sys.executable,
            worker_command(sys.executable, *fds, epoch, int(for_session)),
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, wires.stderr, 2),
            ],
            setpgroup=0,
            setsigdef=POOL_SIGNALS,
        )
    finally:
        for fd in fds:
            os.set_inheritable(fd, False)
