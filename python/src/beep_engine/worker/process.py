"""A worker process: takes connections from its pool and serves them until the pool lets go of it."""

import atexit
import errno
import os
import signal
import socket
import sys
import threading
from typing import Set

from ..control import (
    ANSWER,
    ASK,
    CLOSED,
    CONNECTION,
    HOST,
    INTERRUPT,
    READY,
    SETTINGS,
    STOP,
    TOLD,
    Document,
    receive_record,
)
from ..engine.operations import Engine
from ..modules_of_ours import offer_modules
from ..platform.lifeline import die_with
from ..posts import read_post
from ..settings import read_settings
from ..slots import SlotTable
from .connection import Connection
from .interpreter import give_up, identity, load_rest, prepare_interpreter
from .pool_talk import PoolTalk
from .services import Services
from .socket_stream import SocketStream


def run_worker(control: socket.socket, slots_fd: int, lifeline: int, epoch: int, for_session: bool) -> None:
    """Ends the process when the pool asks for an orderly end. It must be the leader of its own group."""
    die_with(lifeline)
    prepare_interpreter()
    table = SlotTable(slots_fd)
    os.close(slots_fd)
    given = _settings(control)
    post, settings = read_post(given), read_settings(given)
    services = Services(Engine(epoch, post), identity(epoch, post), PoolTalk(control), settings, table.counters)
    offer_modules(services.host)
    if for_session:
        from .own_session import take_session

        take_session(control, table, services)
    reception = Reception(control, table, services)
    os.register_at_fork(after_in_child=reception.let_go)
    threading.Thread(target=reception.serve, name="beep-control", daemon=True).start()
    load_rest()
    services.runner.run()
    # Not the interpreter's own end: it would wait for the user's threads, and tear ours down while they read.
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
    finally:
        os._exit(0)


def _settings(control: socket.socket) -> Document:
    record = receive_record(control)
    if record is None or record.kind != SETTINGS or record.document is None:
        raise EOFError("the pool has sent no settings")
    return record.document


class Reception:
    """Receives connections from the pool; each gets a thread."""

    def __init__(self, control: socket.socket, table: SlotTable, services: Services) -> None:
        self._control = control
        self._table = table
        self._services = services
        self._connections: Set[Connection] = set()

    def serve(self) -> None:
        services, pool, runner = self._services, self._services.pool, self._services.runner
        try:
            pool.tell(READY)
            while True:
                record = receive_record(self._control)
                if record is None:
                    break
                kind, number, fd, document = record
                if kind == STOP:
                    self._services.stop()
                elif kind == HOST:
                    services.host.update(document or {})
                elif kind == ANSWER:
                    pool.bring(number, document or {})
                elif kind == ASK:
                    pool.tell(TOLD, number, services.holdings((document or {}).get("sessions") is True))
                elif kind == INTERRUPT:
                    runner.limits.interrupt_for_pool(runner.current, number)
                elif kind == CONNECTION and (fd is None or not self._welcome(number, socket.socket(fileno=fd))):
                    # No file descriptor, or no thread, left for it.
                    pool.tell(CLOSED, number)
        except EOFError:
            pass
        except OSError as error:
            if error.errno == errno.EBADF:
                give_up()
        finally:
            # The pool is gone: nobody can reach us any more. Our group goes too: what user code has started.
            os.killpg(os.getpgrp(), signal.SIGKILL)

    def let_go(self) -> None:
        """In a forked child of user code: it must not keep the pool's or a client's socket open.

        Once: when that child forks in turn, the numbers of what is closed here may be those of files of its own."""
        if self._services.runner.forked:
            return
        self._services.runner.let_go()
        self._control.close()
        for connection in list(self._connections):
            connection.close_after_fork()

    def _welcome(self, number: int, client: socket.socket) -> bool:
        connection = Connection(SocketStream(client), self._table.slot(number), self._services)
        self._connections.add(connection)
        arguments = (connection, number)
        reader = threading.Thread(target=self._serve_one, args=arguments, name=f"beep-reader-{number}", daemon=True)
        try:
            reader.start()
        except RuntimeError:
            self._connections.discard(connection)
            SocketStream(client).shut_down()
            client.close()
            return False
        return True

    def _serve_one(self, connection: Connection, number: int) -> None:
        try:
            connection.serve()
        finally:
            self._connections.discard(connection)
            self._services.pool.tell(CLOSED, number)
