"""The worker: its main thread runs user code, a reader thread per connection stays responsive."""

from typing import List


def main(arguments: List[str]) -> int:
    """`worker <control fd> <slots fd> <lifeline fd> <epoch>`, as a pool that spawns starts it."""
    import socket

    from .process import run_worker

    control, slots, lifeline, epoch = map(int, arguments)
    run_worker(socket.socket(fileno=control), slots, lifeline, epoch)
    return 0
