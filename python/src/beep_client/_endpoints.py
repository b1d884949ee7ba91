"""Where a running server is reached: `endpoints/<name>.json` in the host's folder."""

import json
import os
from typing import NamedTuple, Optional

from ._errors import ServerError


class Endpoint(NamedTuple):
    """`address` is a URL, or the path of a pipe."""

    transport: str
    address: str
    token: Optional[str]


def data_root(home: Optional[str] = None) -> str:
    """The host's folder: what is given, else `BEEP_HOME`, else `~/.beep-python`."""
    return home or os.environ.get("BEEP_HOME") or os.path.join(os.path.expanduser("~"), ".beep-python")


def read_endpoint(name: str, home: Optional[str] = None) -> Endpoint:
    """Of the server called so. Raises ServerError `ENDPOINT_NOT_FOUND`, `ENDPOINT_INVALID`, `UNSUPPORTED_TRANSPORT`."""
    if not name or name in (".", "..") or any(one in name for one in "/\\\0"):
        raise ServerError("BAD_REQUEST", f"{name!r} cannot be the name of a server")
    path = os.path.join(data_root(home), "endpoints", f"{name}.json")
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        address = {"http": found.get("url"), "pipe": found.get("path"), "rpc": found.get("address")}[found["transport"]]
    except FileNotFoundError:
        hint = f"Start it, or set BEEP_HOME if it was started with another one (looked in {data_root(home)})."
        raise ServerError("ENDPOINT_NOT_FOUND", f"no server called {name!r} is running", hint) from None
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        hint = f"Restart the server {name!r} to have it written again."
        raise ServerError("ENDPOINT_INVALID", f"{path} cannot be used: {error!r}", hint) from error
    if found["transport"] == "rpc" or not isinstance(address, str):
        hint = "Start it as http or pipe, or make a client of the .proto (docs/wire.md §9)."
        raise ServerError("UNSUPPORTED_TRANSPORT", f"this client does not speak the transport of {name!r}", hint)
    return Endpoint(found["transport"], address, found.get("token"))
