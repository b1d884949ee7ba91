"""The gRPC front: grpc.aio in the admin environment, before a pool in the environment served."""

import os

from ...faults import Fault
from ..front_process import Serve, run_front


def main() -> int:
    """The process's entry (see `__main__.py` of the package). Returns its exit code."""
    # The library writes to stderr what a caller does wrong; what is our affair, we say ourselves.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    # Its newer way hands each message on from thread to thread; without it a call takes a fifth less (measured with
    # 1.85, docs/performance.md). A version that has no other way any more says so in the log, and takes its own.
    os.environ.setdefault("GRPC_EXPERIMENTS", "-event_engine_listener")
    return run_front("rpc", _load)


def _load() -> Serve:
    try:
        from .server import serve_rpc
    except ImportError as error:
        message = f"the admin environment lacks what the gRPC front needs: {error}; `beep-host venv admin` repairs it"
        raise Fault("INTERNAL", message) from error
    return serve_rpc
