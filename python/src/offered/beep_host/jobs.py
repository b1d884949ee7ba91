"""Long operations of the host, whoever started them."""

from typing import List

from ._control import ask
from ._models import Job, read_job


def list() -> "List[Job]":
    """Those that run, and those that ended lately. Scope `read`."""
    return [read_job(fields) for fields in ask("jobs.list")]


def get(id: str) -> Job:
    """One of them. Raises HostError `NOT_FOUND`. Scope `read`."""
    return read_job(ask("jobs.get", id=id))


def cancel(id: str) -> Job:
    """Asks a job to stop; the answer is the job as it stands. Scope `full`."""
    return read_job(ask("jobs.cancel", id=id))
