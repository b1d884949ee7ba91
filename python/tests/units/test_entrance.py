"""Where connections come in, when the table of files is full."""

import errno

from beep_engine.pool.entrance import RETRY, Entrance
from beep_engine.pool.listener import Listener
from beep_engine.pool.loop import Loop


class Full:
    """A listening socket in a process that can open no more files."""

    def __init__(self, sock):
        self.fileno = sock.fileno

    def accept(self):
        raise OSError(errno.EMFILE, "too many open files")


def test_one_that_is_closed_is_not_tried_again(tmp_path):
    loop, listener = Loop(), Listener(str(tmp_path / "x.sock"))
    entrance = Entrance(loop, listener, lambda client: client.close())
    entrance.open()
    real, listener.socket = listener.socket, Full(listener.socket)
    loop.watch(real, entrance._on_connect, False)
    entrance._on_connect()
    assert 0 < loop.agenda.until_next() <= RETRY
    listener.socket = real
    entrance.close()
    assert loop.agenda.until_next() is None
    loop.close()
