"""Long operations of the host: started, followed to their end, cancelled when this code is interrupted."""

import time
from typing import Any, Callable, Dict, Optional

from ._control import ask
from ._errors import HostError, from_answer
from ._models import Progress, read_progress

OnProgress = Callable[[Progress], Any]
Check = Optional[Callable[[], Any]]

# Seconds between two looks: what is done at once is seen at once, and what takes minutes costs nothing.
FIRST_PAUSE = 0.001
LONGEST_PAUSE = 0.2


def run(command: str, params: Dict[str, Any], progress: Optional[OnProgress], check: Check = None) -> Any:
    """The result of a job. `check` is called between two looks, and may raise to give it up. Raises HostError."""
    job = ask(command, **params)["job"]
    told: Optional[Progress] = None
    pause = FIRST_PAUSE
    try:
        while True:
            now = read_progress(job["progress"])
            if progress is not None and now != told:
                told = now
                progress(now)
            if job["state"] != "running":
                break
            if check is not None:
                check()
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
            job = ask("jobs.get", id=job["id"])
    except BaseException:
        _give_up(job)
        raise
    if job["state"] == "succeeded":
        return job["result"]
    raise from_answer(job["error"])


def _give_up(job: Dict[str, Any]) -> None:
    if job["state"] == "running":
        try:
            # Others may wait for the same work: it goes on for them.
            ask("jobs.cancel", id=job["id"], release=True)
        except HostError:
            # It has ended, or the host has; what interrupted us matters more.
            pass
