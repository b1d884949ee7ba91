"""One worker process as its pool sees it: a pid, a control socket, a lifeline."""

import os
import signal
import socket
import time
from typing import Callable, List, Optional

from ..control import (
    ANSWER,
    ASK,
    HOST,
    INTERRUPT,
    SESSION,
    SETTINGS,
    STOP,
    Document,
    Record,
    RecordParser,
    pack_record,
    send_connection,
)
from .launch import StartWorker, Wires


class WorkerProcess:
    """Starts on creation. `forget_pool` closes, in a forked child, what belongs to the pool alone.

    `session` are the options of the session that it is for, None for a worker of all; `infrastructure` is its way to
    the host.
    """

    def __init__(
        self,
        epoch: int,
        start: StartWorker,
        slots_fd: int,
        stderr: int,
        forget_pool: Callable[[], None],
        settings: Document,
        session: Optional[Document] = None,
        infrastructure: Optional[Document] = None,
    ) -> None:
        self.ready = False
        # It has closed its side, because it is about to end.
        self.silent = False
        self.started_at = time.monotonic()
        self.control, theirs = socket.socketpair()
        self._parser = RecordParser()
        self._unsent = b""
        lifeline, self._lifeline = os.pipe()
        wires = Wires(theirs, slots_fd, lifeline, stderr)

        def forget() -> None:
            forget_pool()
            self.let_go()

        self.pid = start(wires, epoch, session is not None, forget)
        theirs.close()
        os.close(lifeline)
        self.control.setblocking(False)
        self._send(pack_record(SETTINGS, 0, settings))
        if session is not None:
            self._send(pack_record(SESSION, 0, session))
        if infrastructure is not None:
            self._send(pack_record(HOST, 0, infrastructure))

    def records(self) -> List[Record]:
        """What the worker has told since the last look. How it ended is not told here: the system knows that."""
        records: List[Record] = []
        while True:
            try:
                data = self.control.recv(65536)
            except BlockingIOError:
                return records
            except OSError:
                data = b""
            if not data:
                self.silent = True
                return records
            records += self._parser.feed(data)

    def hand_over(self, number: int, fd: int) -> bool:
        """Gives it a connection. False when it cannot take one at this moment."""
        if not self.flush():
            return False
        try:
            send_connection(self.control, number, fd)
        except OSError:
            return False
        return True

    def answer(self, number: int, document: Document) -> bool:
        """False when `flush` has to send the rest of it."""
        return self._send(pack_record(ANSWER, number, document))

    def interrupt(self, watch: int) -> None:
        self._send(pack_record(INTERRUPT, watch))

    def ask(self, number: int, with_sessions: bool) -> bool:
        """False when `flush` has to send the rest of it."""
        return self._send(pack_record(ASK, number, {"sessions": with_sessions}))

    def ask_to_stop(self) -> bool:
        return self._send(pack_record(STOP)) or not self.silent

    def flush(self) -> bool:
        """True when nothing waits to be sent."""
        while self._unsent:
            try:
                self._unsent = self._unsent[self.control.send(self._unsent) :]
            except BlockingIOError:
                return False
            except OSError:
                self.silent, self._unsent = True, b""
                return False
        return True

    def ended(self) -> Optional[int]:
        """The wait status, once; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return status if pid else None

    def kill(self) -> None:
        """Ends it for certain, and waits for that."""
        self.kill_group()
        os.waitpid(self.pid, 0)
        self.let_go()

    def clean_up(self) -> None:
        """After its end: ends what user code has left running in its group."""
        self.kill_group()
        self.let_go()

    def kill_group(self) -> None:
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:
            pass

    def let_go(self) -> None:
        self.control.close()
        os.close(self._lifeline)

    def _send(self, data: bytes) -> bool:
        self._unsent += data
        return self.flush()
