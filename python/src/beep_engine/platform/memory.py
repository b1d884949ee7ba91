"""How much memory a process may take."""

import sys


def limit_memory(size: int) -> None:
    """`size` in bytes of address space: allocations beyond it fail with MemoryError. Raises OSError or ValueError.

    macOS accepts the limit and does not keep it; Windows has none of its own (see pool/windows.py).
    """
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size if hard == resource.RLIM_INFINITY else min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
