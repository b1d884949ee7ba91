"""The way over a server's pipe, in frames."""

import json
import socket
import sys
from typing import Any, Optional

from beep_engine.wire.frames import MAGIC, PREFIX, encode_frame

from ._doors import CONNECT_WITHIN, Fields, OnEvent, Reply, pipe_has_news, told_as_lost, unreachable
from ._errors import error_from
from ._worker_wish import WorkerWish

_FAILURES = (OSError, EOFError, ValueError)


class PipeDoor:
    def __init__(self, path: str, token: Optional[str]) -> None:
        self._path = path
        self._token = token
        self._file: Any = None
        self._id = 0
        self._wish = WorkerWish()

    def ask(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        if self._file is not None and pipe_has_news(self._file):
            self.close()
        if self._file is None:
            self._open()
        return self._exchange(command, payload, on_event)

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _exchange(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        self._id += 1
        request = encode_frame({"id": self._id, "command": command, "payload": payload})
        is_sent = False
        try:
            self._send(request)
            is_sent = True
            while True:
                reply = self._receive()
                about, event = reply.fields.pop("id", None), reply.fields.get("event")
                if about is None and event in (None, "worker.lost"):
                    # The request may wait for the next worker, which would run it for nobody.
                    self._give_up(is_sent)
                    return reply
                if about != self._id:
                    continue
                if event is None:
                    self._wish.heard(payload, reply.fields)
                    return reply
                if on_event is not None:
                    on_event({"id": about, **reply.fields})
        except BaseException:
            self._give_up(is_sent)
            raise

    def _open(self) -> None:
        home = self._wish.home
        try:
            # What is kept there stays within reach, when a connection has ended. The server may have fewer workers now.
            self._file = _opened(self._path if home is None else f"{self._path}.w{home}")
        except OSError as error:
            if home is None:
                raise unreachable(self._path, error) from error
            self._file = self._opened_anywhere()
        if self._token is not None:
            refusal = self._exchange("hello", {"token": self._token}, None).fields
            if "error" in refusal:
                self.close()
                raise error_from(refusal)

    def _opened_anywhere(self) -> Any:
        try:
            return _opened(self._path)
        except OSError as error:
            raise unreachable(self._path, error) from error

    def _send(self, buffers: Any) -> None:
        with told_as_lost(self._path, _FAILURES):
            for buffer in buffers:
                view = memoryview(buffer)
                while view:
                    view = view[self._file.write(view) :]

    def _receive(self) -> Reply:
        with told_as_lost(self._path, _FAILURES):
            magic, header_size, body_size = PREFIX.unpack(self._exactly(PREFIX.size))
            if magic != MAGIC:
                raise ValueError("what answers there does not speak the wire")
            fields = json.loads(bytes(self._exactly(header_size)))
            body, attachments = memoryview(self._exactly(body_size)), []
        for size in fields.pop("attachments", []):
            attachments.append(body[:size])
            body = body[size:]
        return Reply(fields, attachments)

    def _exactly(self, size: int) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            # It is gone when a callback has closed the client.
            count = self._file.readinto(view) if self._file is not None else 0
            if not count:
                raise EOFError("closed")
            view = view[count:]
        return data

    def _give_up(self, is_sent: bool) -> None:
        """Says so, too, since a server may go on with what nobody waits for. Half a request is never done."""
        try:
            if is_sent and self._file is not None:
                given_up, self._id = self._id, self._id + 1
                self._send(encode_frame({"id": self._id, "command": "cancel", "payload": {"requestId": given_up}}))
        except Exception:
            pass
        finally:
            self.close()


def _opened(path: str) -> Any:
    if sys.platform == "win32":
        return open(path, "r+b", buffering=0)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(CONNECT_WITHIN)
        connection.connect(path)
        connection.settimeout(None)
        return connection.makefile("rwb", buffering=0)
