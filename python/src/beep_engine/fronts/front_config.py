"""What the host tells a front on its standard input (docs/wire.md §8)."""

from typing import Any, Dict, NamedTuple, Optional

from .. import PROTOCOL
from ..faults import bad_request
from ..posts import MOST_WORKERS


class FrontConfig(NamedTuple):
    """`token` None means that callers need none."""

    name: str
    port: int
    token: Optional[str]
    pool_path: str
    pool_token: Optional[str]
    cancel_on_disconnect: bool = True
    workers: int = 1


def read_front_config(fields: Dict[str, Any], role: str) -> FrontConfig:
    """Checks the fields that this front relies on; a BAD_REQUEST fault names what is wrong."""
    if fields.get("protocol") != PROTOCOL or fields.get("role") != role:
        given = f"protocol {fields.get('protocol')!r} and role {fields.get('role')!r}"
        raise bad_request(f"the configuration is for {given}; this is protocol {PROTOCOL} and role {role!r}")
    if fields.get("host", "127.0.0.1") != "127.0.0.1":
        raise bad_request(f"the host is {fields['host']!r}; a front listens on 127.0.0.1 only")
    port = fields.get("port")
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise bad_request(f"the port is {port!r}; it must be a number from 0 to 65535")
    token = fields.get("token", "")
    # Leaving the token out must not switch it off: only a null that somebody wrote does.
    if token is not None and (not isinstance(token, str) or not token):
        raise bad_request("the token is missing; it must be a string, or null for a server without one")
    pool = fields.get("pool")
    if not isinstance(pool, dict) or not isinstance(pool.get("path"), str):
        raise bad_request("the pool is missing; it must be an object with the path of its socket")
    workers = pool.get("workers", 1)
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise bad_request(f"the workers of the pool are {workers!r}; they must be a number from 1 to {MOST_WORKERS}")
    cancel = fields.get("cancelOnDisconnect", True)
    if not isinstance(cancel, bool):
        raise bad_request("cancelOnDisconnect must be true or false")
    return FrontConfig(str(fields.get("name", "")), port, token, pool["path"], pool.get("token"), cancel, workers)
