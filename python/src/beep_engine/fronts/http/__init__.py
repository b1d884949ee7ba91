"""The HTTP front: FastAPI and uvicorn in the admin environment, before a pool in the environment served."""

from ...faults import Fault
from ..front_process import Serve, run_front


def main() -> int:
    """The process's entry (see `__main__.py` of the package). Returns its exit code."""
    return run_front("http", _load)


def _load() -> Serve:
    try:
        from .server import serve_http
    except ImportError as error:
        message = f"the admin environment lacks what the HTTP front needs: {error}; `beep-host venv admin` repairs it"
        raise Fault("INTERNAL", message) from error
    return serve_http
