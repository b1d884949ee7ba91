"""What a worker is ready without: its main thread loads it while the host makes sure that the server answers.

All of it is there before any code of the user runs, which may put files of the same names first on the path.
"""

# Much code says `import importlib` and means this, which works wherever anything has loaded it.
import importlib.util

from ..engine import blocks, tracebacks

__all__ = ["blocks", "importlib", "tracebacks"]
