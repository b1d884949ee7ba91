"""When garbage is collected: not while a process loads what it is made of (see __main__.py)."""

import gc


def begin_collecting() -> None:
    """What is there by now stays to the end, and is never looked through: the first look would take some milliseconds
    in the middle of the first reply, and give a forked process its own copy of the memory."""
    gc.freeze()
    gc.enable()
