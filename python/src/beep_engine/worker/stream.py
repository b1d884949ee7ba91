"""What a connection asks of its client's stream. Unix: socket_stream.py; Windows: named_pipe.py."""

from typing import Any, Callable, Optional, Protocol, Sequence


class Stream(Protocol):
    """What reads belongs to one thread at a time; `write` to one at a time; the rest to any."""

    @property
    def descriptor(self) -> Optional[int]:
        """What an epoll can watch; None where there is no such thing."""

    def read(self) -> bytes:
        """What has arrived, at least one byte; empty at the end of the stream. Raises OSError when it broke."""

    def read_ready(self, most: int) -> Optional[bytes]:
        """What is there, without waiting; None if nothing is. Only where there is a `descriptor`."""

    def read_line(self, seen: Callable[[bytes], None]) -> bytes:
        """What has arrived up to the first line end, where the system can leave the rest unread; else all of it.

        `seen` is told before it is taken from the stream, again where the system allows.
        """

    def receive_into(self, space: memoryview) -> int:
        """The same into `space`; gives the number of bytes."""

    def write(self, buffers: Sequence[Any]) -> int:
        """Writes what fits without waiting, and gives the number of bytes. Raises OSError when nobody can read it."""

    def wait_writable(self, seconds: float) -> None:
        """Waits until more may fit, so long at most."""

    def peer_reads(self) -> bool:
        """False when the client has closed its end altogether; one that only stopped sending still reads."""

    def left_unread(self) -> bool:
        """True when the client has closed its end without reading all that was written; False also where the system
        does not tell."""

    def shut_down(self) -> None:
        """Ends the stream in both directions; wakes the reader."""

    def close(self) -> None:
        """Lets go of it. The stream must have been shut down."""

    def close_after_fork(self) -> None:
        """In a forked child: lets go of it without ending it."""
