"""Runs Python code in a running server of Beep Python Host, from any other Python program. Standard library only.

    from beep_client import connect

    with connect("demo") as python:
        print(python.evaluate("sum(xs)", {"xs": [1, 2, 3]}))

Servers over http and pipe; for gRPC make a client of the .proto (docs/wire.md §9). docs/clients.md has more.
"""

from ._client import Client, connect
from ._errors import ConnectionFailed, PythonError, ServerError
from ._handles import Handle
from ._models import Environment, Event, Job, Progress, Runtime, Server

__all__ = [
    "Client",
    "ConnectionFailed",
    "Environment",
    "Event",
    "Handle",
    "Job",
    "Progress",
    "PythonError",
    "Runtime",
    "Server",
    "ServerError",
    "connect",
]
