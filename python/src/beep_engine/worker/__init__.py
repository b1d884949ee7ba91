"""The worker: its main thread runs user code, a reader thread per connection stays responsive."""


def main(control: str, slots: str, lifeline: str, epoch: str) -> int:
    """The process that a pool spawns: three file descriptors, and the number of this worker."""
    import socket

    from .process import run_worker

    run_worker(socket.socket(fileno=int(control)), int(slots), int(lifeline), int(epoch))
    return 0
