"""The HTTP client that the older .NET host had, request by request: chunked bodies, camelCase, nulls left out."""

import http.client
import json

DEADLINE = 60


class Refused(Exception):
    """Any status that is not 2xx; the older client looks no further."""

    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:300]!r}")
        self.status = status
        self.fields = json.loads(body)


class OlderHttpClient:
    def __init__(self, port, token, prefix="/api"):
        self.port = port
        self.token = token
        self.prefix = prefix

    def under(self, prefix):
        return OlderHttpClient(self.port, self.token, prefix)

    def health(self, host="127.0.0.1"):
        return self._send("GET", "/health", None, host)

    def post(self, operation, **fields):
        """What the answer's JSON holds."""
        body = json.dumps({name: value for name, value in fields.items() if value is not None}).encode()
        return self._send("POST", f"{self.prefix}/{operation}", [body[:7], body[7:]])

    def post_text(self, operation, text):
        return self._send("POST", f"{self.prefix}/{operation}", [text.encode()])

    def _send(self, method, path, pieces, host="127.0.0.1"):
        connection = http.client.HTTPConnection(host, self.port, timeout=DEADLINE)
        headers = {"Authorization": f"Bearer {self.token}"}
        if pieces is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            # An iterator has no length that http.client could announce: it goes in chunks.
            connection.request(method, path, iter(pieces) if pieces else None, headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        assert answer.version == 11
        if not 200 <= answer.status < 300:
            raise Refused(answer.status, body)
        return json.loads(body)


def handle(reply):
    """How a handle stands in arguments."""
    return {"handleId": reply["handleId"], "typeName": reply["typeName"], "isValid": True}
