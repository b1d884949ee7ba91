"""Records between pool and worker, cut where the socket likes."""

import os
import socket
import struct

from beep_engine.control import CONNECTION, Record, receive_record


def test_a_record_whose_head_comes_in_two_pieces():
    ours, theirs = socket.socketpair()
    kept, passed = os.pipe()
    with ours, theirs:
        head = struct.pack("<II", CONNECTION, 7)
        # What comes with a descriptor is read by itself, so the first piece is short.
        socket.send_fds(theirs, [head[:3]], [passed])
        theirs.send(head[3:])
        record = receive_record(ours)
        assert record == Record(CONNECTION, 7, record.fd)
        os.close(record.fd)
        theirs.close()
        assert receive_record(ours) is None
    os.close(kept)
    os.close(passed)
