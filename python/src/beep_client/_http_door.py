"""The way over HTTP."""

import http.client
import json
from typing import Iterator, Optional
from urllib.parse import quote, urlsplit
from uuid import uuid4

from beep_engine.wire.text import to_json

from ._doors import CONNECT_WITHIN, Fields, OnEvent, Reply, has_news, told_as_lost, unreachable
from ._errors import ConnectionFailed
from ._worker_wish import WorkerWish

# Seconds that a server may take to hear that a call was interrupted.
FAREWELL_WITHIN = 1.0
_FAILURES = (OSError, EOFError, http.client.HTTPException, ValueError)


class HttpDoor:
    def __init__(self, url: str, token: Optional[str]) -> None:
        self._url = url
        place = urlsplit(url)
        # Straight to loopback, whatever proxy the system has.
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=CONNECT_WITHIN)
        self._headers = {"Content-Type": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"
        self._wish = WorkerWish()
        # Of its calls, by which they can be cancelled; no other client's are called so.
        self._name = uuid4().hex
        self._count = 0

    def ask(self, command: str, payload: Fields, on_event: OnEvent) -> Reply:
        body = to_json(payload)
        headers = {**self._headers, "Accept": "application/json" if on_event is None else "application/x-ndjson"}
        worker = self._wish.of(command, payload)
        if worker is not None:
            headers["X-Beep-Worker"] = str(worker)
        self._count += 1
        headers["X-Request-Id"] = name = f"{self._name}-{self._count}"
        self._connect()
        try:
            fields: Fields = {}
            for fields in self._told(f"/{quote(command)}", body, headers):
                if "event" in fields and on_event is not None:
                    on_event(fields)
        except ConnectionFailed:
            self.close()
            raise
        except BaseException:
            self._give_up(name)
            raise
        self._wish.heard(payload, fields)
        return Reply(fields, [])

    def close(self) -> None:
        self._connection.close()

    def _told(self, path: str, body: bytes, headers: Fields) -> Iterator[Fields]:
        """Events, and last the reply."""
        with told_as_lost(self._url, _FAILURES):
            self._connection.request("POST", path, body, headers)
            response = self._connection.getresponse()
            if response.headers.get_content_type() != "application/x-ndjson":
                yield json.loads(response.read())
                return
            fields: Fields = {"event": ""}
            for line in response:
                fields = json.loads(line)
                yield fields
            if "event" in fields:
                raise EOFError("closed before the reply")

    def _connect(self) -> None:
        # The server closes those that idle, and may have been started anew.
        if self._connection.sock is not None and has_news(self._connection.sock):
            self.close()
        if self._connection.sock is not None:
            return
        try:
            self._connection.connect()
            # It may take as long as the code does.
            self._connection.sock.settimeout(None)
        except OSError as error:
            raise unreachable(self._url, error) from error
        except BaseException:
            self.close()
            raise

    def _give_up(self, name: str) -> None:
        """Says so, too, since a server may go on with what its caller has left."""
        self.close()
        farewell = http.client.HTTPConnection(self._connection.host, self._connection.port, timeout=FAREWELL_WITHIN)
        try:
            farewell.request("POST", "/cancel", to_json({"requestId": name}), self._headers)
            farewell.getresponse().read()
        except _FAILURES:
            pass
        finally:
            farewell.close()
