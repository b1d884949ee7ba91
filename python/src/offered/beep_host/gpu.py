"""Which GPU back end packages are chosen for on this machine."""

from ._control import ask
from ._models import Gpu, read_gpu


def get(*, refresh: bool = False) -> Gpu:
    """What the host has found, or what its user has set. `refresh` looks again. Scope `read`."""
    return read_gpu(ask("gpu.get", refresh=refresh or None))
