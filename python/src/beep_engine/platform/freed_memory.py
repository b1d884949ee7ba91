"""What becomes of memory that is freed."""

import sys

# glibc's names for what it can be told (malloc.h).
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


def keep_freed_memory(most: int, largest: int) -> None:
    """Up to `most` freed bytes stay with the process, in pieces of up to `largest`, to be used again.

    Otherwise glibc gives the pieces of a large array back to the system one by one, and gets them anew, each page
    cleared: that takes a third of the time that they take. Other libraries are left to do as they do.
    """
    if sys.platform != "linux":
        return
    try:
        import ctypes

        mallopt = ctypes.CDLL(None).mallopt
    except (ImportError, OSError, AttributeError):
        return
    mallopt(_MMAP_THRESHOLD, largest)
    mallopt(_TRIM_THRESHOLD, most)
