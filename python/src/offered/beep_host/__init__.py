"""The host of this server, from inside: its environments, Pythons and servers.

There in every worker, installed nowhere, standard library only. What it may do is the server's choice
(`start … --infrastructure none|read|full`):

    from beep_host import environments

    made = environments.ensure("my-provider", progress=print)
    print(made.path)

Whatever takes long can be followed (`progress`) and is cancelled when the code is interrupted.
"""

from . import environments, gpu, jobs, profiles, runtimes, servers
from ._control import scope
from ._errors import HostError
from ._models import (
    Endpoint,
    Environment,
    EnvironmentStatus,
    Gpu,
    Job,
    Package,
    Profile,
    Progress,
    Runtime,
    Server,
    Skipped,
)

__all__ = [
    "Endpoint",
    "Environment",
    "EnvironmentStatus",
    "Gpu",
    "HostError",
    "Job",
    "Package",
    "Profile",
    "Progress",
    "Runtime",
    "Server",
    "Skipped",
    "environments",
    "gpu",
    "jobs",
    "profiles",
    "runtimes",
    "scope",
    "servers",
]
