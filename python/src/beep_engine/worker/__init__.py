"""The worker: its main thread runs user code, a reader thread per connection stays responsive."""


def main(*arguments: str) -> int:
    """The process that a pool spawns. Unix: the descriptors of control, slots and lifeline, and the worker's number.
    Windows: none, the configuration comes on stdin.
    """
    import sys

    if sys.platform == "win32":
        from .windows import run_worker_on_windows

        return run_worker_on_windows()
    import socket

    from .process import run_worker

    control, slots, lifeline, epoch = map(int, arguments)
    run_worker(socket.socket(fileno=control), slots, lifeline, epoch)
    return 0
