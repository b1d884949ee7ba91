"""The command that starts a worker as a process of its own."""

import os
from typing import List

ENTRY = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "__main__.py")


def worker_command(python: str, *arguments: object) -> List[str]:
    """-I keeps the user's settings and folders out, utf8 makes text the same everywhere, -u lets output out at once."""
    return [python, "-I", "-X", "utf8", "-u", ENTRY, "worker", *map(str, arguments)]
