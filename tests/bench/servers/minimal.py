"""What we measure ourselves against: one blocking thread, one connection at a time, nothing else.

A frame is a u32 body length, a u32 request id (little-endian) and the body. The first byte of a request says what to do:
E (echo the rest), J (evaluate the JSON's "expression", answer {"value"}), F (that many float64 values, raw).
Standard library only. It cannot answer anything while it evaluates, and dies with whatever the code does.
"""

import array
import json
import os
import socket
import struct
import sys

HEAD = struct.Struct("<II")
NAMES = {}


def answer(body):
    kind, rest = body[:1], body[1:]
    if kind == b"E":
        return rest
    if kind == b"J":
        return json.dumps({"value": eval(json.loads(rest)["expression"], NAMES)}, separators=(",", ":")).encode()
    count = int(rest)
    if count not in NAMES:
        NAMES[count] = array.array("d", range(count))
    return memoryview(NAMES[count]).cast("B")


def serve(connection):
    buffer = b""
    while True:
        chunk = connection.recv(262144)
        if not chunk:
            return
        buffer = buffer + chunk if buffer else chunk
        start = 0
        while len(buffer) - start >= HEAD.size:
            length, request = HEAD.unpack_from(buffer, start)
            if len(buffer) - start - HEAD.size < length:
                break
            start += HEAD.size
            reply = answer(buffer[start : start + length])
            start += length
            head = HEAD.pack(len(reply), request)
            if len(reply) < 65536:
                connection.sendall(head + reply)
            else:
                connection.sendall(head)
                connection.sendall(reply)
        buffer = buffer[start:]


listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1] + ".new")
listener.listen(8)
os.rename(sys.argv[1] + ".new", sys.argv[1])
while True:
    peer, _ = listener.accept()
    try:
        serve(peer)
    except OSError:
        pass
    peer.close()
