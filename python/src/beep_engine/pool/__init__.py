"""The pool: owns the socket, keeps a worker alive behind it, and tells every client when one is lost."""


def main() -> int:
    """Runs until stdin closes or a signal asks it to end; gives the exit code."""
    import sys

    if sys.platform == "win32":
        from .windows import run_pool_on_windows as run_pool
    else:
        from .run import run_pool
    return run_pool()
