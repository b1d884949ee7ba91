"""Asks the control API of the host: one request, one connection (docs/control-api.md)."""

import json
import socket
import sys
from typing import Any, Dict

from ._errors import HostError, from_answer

# Seconds in which a command is answered; what takes longer is a job.
PATIENCE = 30.0

_way: Dict[str, Any] = {}


def reach_by(way: Dict[str, Any]) -> None:
    """For the worker: `way` has the scope, the address and the token, or nothing."""
    global _way
    _way = way


def scope() -> str:
    """What this server's code may ask: `none`, `read` or `full`."""
    return _way.get("scope", "none")


def ask(command: str, **params: Any) -> Any:
    """The answer of a command; parameters that are None are left out. Raises HostError."""
    if not _way:
        raise HostError(
            "FORBIDDEN",
            f"the code of this server may not ask its host for {command}",
            hint="Start the server with `--infrastructure read` to let it look, or `full` to let it change things.",
            details={"scope": "none"},
        )
    given = {name: value for name, value in params.items() if value is not None}
    answer = _exchange(f"/commands/{command}", json.dumps(given).encode())
    if "error" in answer:
        raise from_answer(answer["error"])
    return answer["ok"]


def _exchange(path: str, body: bytes) -> Dict[str, Any]:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: host\r\nAuthorization: Bearer {_way['token']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    try:
        text = _on_pipe(head.encode() + body) if sys.platform == "win32" else _on_socket(head.encode() + body)
        answer = json.loads(text.partition(b"\r\n\r\n")[2])
    except (OSError, ValueError) as error:
        raise HostError(
            "HOST_UNREACHABLE",
            f"the host does not answer: {error or type(error).__name__}",
            hint="It may have ended; this server ends with it.",
        ) from error
    return answer


def _on_socket(request: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(_way["address"])
        connection.sendall(request)
        chunks = []
        while True:
            chunk = connection.recv(65536)
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)


def _on_pipe(request: bytes) -> bytes:
    """On Windows the control API is a named pipe, which opens like a file."""
    with open(_way["address"], "r+b", buffering=0) as pipe:
        pipe.write(request)
        chunks = []
        try:
            while True:
                chunk = pipe.read(65536)
                if not chunk:
                    break
                chunks.append(chunk)
        except BrokenPipeError:
            # The end of what the other side has sent.
            pass
        return b"".join(chunks)
