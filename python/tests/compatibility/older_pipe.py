"""The pipe clients that the older host and its scripts had: a line of JSON, a line back, one at a time."""

import json

from pools.harness import connect

BOM = b"\xef\xbb\xbf"


class OlderPipeClient:
    """As a StreamWriter of .NET writes: a BOM before the first line, and CRLF."""

    def __init__(self, path, bom=BOM, end=b"\r\n"):
        self.sock = connect(path)
        self._lines = self.sock.makefile("rb")
        self._bom = bom
        self._end = end

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._lines.close()
        self.sock.close()

    def ask(self, command, **payload):
        return self.ask_text(json.dumps({"command": command, "payload": payload}).encode())

    def ask_text(self, text, pieces=1):
        data = self._bom + text + self._end
        self._bom = b""
        size = len(data) // pieces + 1
        for start in range(0, len(data), size):
            self.sock.sendall(data[start : start + size])
        return self.receive()

    def receive(self):
        line = self._lines.readline()
        assert line.endswith(b"\n"), line
        return json.loads(line)
