"""The Python side of Beep Python Host.

It runs under three kinds of Python: the user's (pool, worker: standard library only), and the admin environment's
(the fronts). Modules import each other relatively, because a pool loads this package under a private name.
"""

__version__ = "0.1.0"

# The protocol of docs/wire.md that this package speaks.
PROTOCOL = 1
