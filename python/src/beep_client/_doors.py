"""What the ways to a server have in common: `_pipe_door`, `_http_door`. One request at a time."""

import selectors
import sys
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Protocol, Tuple, Type

from ._errors import ConnectionFailed

Fields = Dict[str, Any]
OnEvent = Optional[Callable[[Fields], None]]
# Seconds.
CONNECT_WITHIN = 10.0


class Reply(NamedTuple):
    fields: Fields
    attachments: List[memoryview]


class Door(Protocol):
    def ask(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        """`on_event` gets what is told before the reply. What interrupts it ends the connection, and so the work."""

    def close(self) -> None: ...


def unreachable(address: str, error: Exception) -> ConnectionFailed:
    hint = "Start the server, or check its name."
    return ConnectionFailed("CONNECTION_FAILED", f"no server answers at {address}: {error}", hint)


@contextmanager
def told_as_lost(address: str, kinds: Tuple[Type[Exception], ...]) -> Iterator[None]:
    """Around what talks to the server alone, never around what a caller does: its errors are its own."""
    try:
        yield
    except kinds as error:
        raise ConnectionFailed("CONNECTION_LOST", f"the connection to {address} was lost: {error!r}") from error


def has_news(connection: Any) -> bool:
    """Whether it has ended, or holds something unread. Before a request, either says that it is of no more use:
    what came without a question belongs to no reply."""
    # Poll knows no upper limit of descriptors, as select does outside of Windows.
    with getattr(selectors, "PollSelector", selectors.SelectSelector)() as selector:
        selector.register(connection, selectors.EVENT_READ)
        return bool(selector.select(0))


def pipe_has_news(pipe: Any) -> bool:
    """The same of a pipe, which on Windows is a file."""
    if sys.platform != "win32":
        return has_news(pipe)
    import _winapi
    import msvcrt

    return peeked(_winapi.PeekNamedPipe, msvcrt.get_osfhandle(pipe.fileno()))


def peeked(peek: Callable[[int, int], Tuple[int, ...]], handle: int) -> bool:
    try:
        return peek(handle, 0)[0] > 0
    except OSError:
        return True
