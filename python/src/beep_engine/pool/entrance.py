"""Where connections come in."""

import errno
import socket
from typing import Callable

from .listener import Listener
from .loop import Loop

# Seconds after which a full table of files is tried again.
RETRY = 0.05


class Entrance:
    """`take` gets each connection, once `open` has been called."""

    def __init__(self, loop: Loop, listener: Listener, take: Callable[[socket.socket], None]) -> None:
        self.listener = listener
        self._loop = loop
        self._take = take

    def open(self) -> None:
        self._loop.watch(self.listener.socket, self._on_connect)

    def close(self) -> None:
        self._loop.agenda.remove(self.open)
        self._loop.watch(self.listener.socket, self._on_connect, False)
        self.listener.remove()

    def let_go(self) -> None:
        """In a forked worker."""
        self.listener.socket.close()

    def _on_connect(self) -> None:
        try:
            client, _ = self.listener.socket.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                self._loop.watch(self.listener.socket, self._on_connect, False)
                self._loop.agenda.add(RETRY, self.open)
            return
        self._take(client)
