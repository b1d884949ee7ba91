"""How much memory a process may take."""

import sys

# Bytes beyond the limit of the code, for what serves it: replies are made and requests read when the code does not run.
HEADROOM = 64 * 1024 * 1024


def limit_memory(size: int) -> None:
    """`size` in bytes of address space: allocations beyond it fail with MemoryError. Raises OSError or ValueError.

    It may be set anew, to anything up to HEADROOM more than at first. macOS accepts the limit and does not keep it;
    Windows has none of its own (docs/security.md).
    """
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size + HEADROOM if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_AS, (min(size, most), most))
