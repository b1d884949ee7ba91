"""The worker: its main thread runs user code, a reader thread per connection stays responsive."""


def main(*arguments: str) -> int:
    """The process that a pool spawns. Unix: the descriptors of control, slots and lifeline, the worker's number, and
    whether it is for one session. Windows: none, the configuration comes on stdin.
    """
    import sys

    if sys.platform == "win32":
        from .windows import run_worker_on_windows

        return run_worker_on_windows()
    import socket

    from .process import run_worker

    control, slots, lifeline, epoch, for_session = map(int, arguments)
    run_worker(socket.socket(fileno=control), slots, lifeline, epoch, bool(for_session))
    return 0
