"""Starting a worker process: forked from the pool, or spawned as a fresh interpreter."""

import os
import socket
import sys
from typing import Callable, NamedTuple

from .launch_command import worker_command
from .signals import POOL_SIGNALS, restore_defaults


class Wires(NamedTuple):
    """The worker's ends of what connects it with the pool."""

    control: socket.socket
    slots: int
    lifeline: int
    stderr: int


# What a worker exits with that could not even start (sysexits.h: EX_SOFTWARE).
FAILED_TO_RUN = 70


def fork_worker(wires: Wires, epoch: int, for_session: bool, forget_pool: Callable[[], None]) -> int:
    """The new worker's pid. `forget_pool` closes, in the child, all that belongs to the pool."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        _own_group(pid)
        return pid
    try:
        restore_defaults()
        _own_group(0)
        forget_pool()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(wires.stderr, 2)
        os.close(wires.stderr)
        from ..worker.process import run_worker

        run_worker(wires.control, wires.slots, wires.lifeline, epoch, for_session)
    except BaseException:
        import traceback

        traceback.print_exc(file=sys.__stderr__)
    finally:
        # Never back into the pool's frames.
        os._exit(FAILED_TO_RUN)


def spawn_worker(wires: Wires, epoch: int, for_session: bool) -> int:
    """The new worker's pid. Only these four descriptors and stdout reach it; the pool is single-threaded, so that no
    other child can catch them in the moment in which they are inheritable."""
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


def _own_group(pid: int) -> None:
    """Done on both sides, so that it holds whichever runs first."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        pass
