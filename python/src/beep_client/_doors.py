"""The ways to a server: frames over its pipe, or HTTP. One request at a time."""

import http.client
import json
import socket
import sys
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Protocol
from urllib.parse import urlsplit

from beep_engine.wire.frames import MAGIC, PREFIX, encode_frame
from beep_engine.wire.text import to_json

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


class PipeDoor:
    def __init__(self, path: str, token: Optional[str]) -> None:
        self._path = path
        self._token = token
        self._file: Any = None
        self._id = 0

    def ask(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        if self._file is None:
            self._open()
        self._id += 1
        try:
            self._send(command, payload)
            while True:
                reply = self._receive()
                if reply.fields.get("id") not in (self._id, None):
                    continue
                if "event" in reply.fields and reply.fields["event"] != "worker.lost":
                    if on_event is not None:
                        on_event(reply.fields)
                    continue
                del reply.fields["id"]
                return reply
        except (OSError, EOFError) as error:
            self.close()
            raise ConnectionFailed("CONNECTION_LOST", f"the connection to {self._path} was lost: {error!r}") from error
        except BaseException:
            self._give_up()
            raise

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        try:
            if sys.platform == "win32":
                self._file = open(self._path, "r+b", buffering=0)  # noqa: SIM115
            else:
                with socket.socket(socket.AF_UNIX) as connection:
                    connection.settimeout(CONNECT_WITHIN)
                    connection.connect(self._path)
                    connection.settimeout(None)
                    self._file = connection.makefile("rwb", buffering=0)
        except OSError as error:
            hint = "Start the server, or check its name."
            raise ConnectionFailed("CONNECTION_FAILED", f"no server answers at {self._path}: {error}", hint) from error
        if self._token is not None:
            self.ask("hello", {"token": self._token}, None)

    def _send(self, command: str, payload: Fields, request_id: Optional[int] = None) -> None:
        header = {"id": request_id or self._id, "command": command, "payload": payload}
        for buffer in encode_frame(header):
            view = memoryview(buffer)
            while view:
                view = view[self._file.write(view) :]

    def _receive(self) -> Reply:
        magic, header_size, body_size = PREFIX.unpack(self._exactly(PREFIX.size))
        if magic != MAGIC:
            raise OSError("what answers there does not speak the wire")
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
            count = self._file.readinto(view)
            if not count:
                raise EOFError("closed by the server")
            view = view[count:]
        return data

    def _give_up(self) -> None:
        """Says so, too, since a server may go on with what nobody waits for."""
        try:
            self._send("cancel", {"requestId": self._id}, self._id + 1)
        except OSError:
            pass
        self.close()


class HttpDoor:
    def __init__(self, url: str, token: Optional[str]) -> None:
        self._url = url
        place = urlsplit(url)
        # Straight to loopback, whatever proxy the system has.
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=CONNECT_WITHIN)
        self._headers = {"Content-Type": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"

    def ask(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        accept = "application/json" if on_event is None else "application/x-ndjson"
        try:
            self._connect()
            headers = {**self._headers, "Accept": accept}
            self._connection.request("POST", f"/{command}", to_json(payload), headers)
            response = self._connection.getresponse()
            if response.headers.get_content_type() != "application/x-ndjson":
                return Reply(json.loads(response.read()), [])
            last: Fields = {}
            for line in response:
                last = json.loads(line)
                if "event" in last and on_event is not None:
                    on_event(last)
            return Reply(last, [])
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise ConnectionFailed("CONNECTION_LOST", f"the connection to {self._url} was lost: {error!r}") from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def _connect(self) -> None:
        if self._connection.sock is not None:
            return
        try:
            self._connection.connect()
            # It may take as long as the code does.
            self._connection.sock.settimeout(None)
        except OSError as error:
            hint = "Start the server, or check its name."
            raise ConnectionFailed("CONNECTION_FAILED", f"no server answers at {self._url}: {error}", hint) from error
