"""The accepted connections, of which the pool keeps a copy each while the worker serves them."""

import os
import socket
from typing import Dict, List, Optional

from ..faults import Fault
from ..platform.peers import peer_uid
from ..slots import MAX_CONNECTIONS, Slot, SlotTable
from ..wire.dialect import FRAMES, LINES
from ..wire.frames import encode_frame
from ..wire.lines import encode_line
from ..wire.text import from_json

# The kernel doubles it, and may cap it. Larger replies leave in fewer pieces.
SEND_BUFFER = 512 * 1024


class Clients:
    def __init__(self, table: SlotTable) -> None:
        self._table = table
        self._by_slot: Dict[int, socket.socket] = {}
        self._free: List[int] = list(range(MAX_CONNECTIONS - 1, -1, -1))

    def admit(self, client: socket.socket) -> Optional[int]:
        """The slot of a new connection; None when it was refused."""
        try:
            allowed = peer_uid(client) == os.getuid()
        except OSError:
            allowed = False
        if not allowed:
            return self._refuse(client, Fault("FORBIDDEN", "this pipe belongs to another user"))
        if not self._free:
            return self._refuse(client, Fault("BUSY", f"the server has {MAX_CONNECTIONS} connections already"))
        client.setblocking(True)
        try:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        except OSError:
            pass
        number = self._free.pop()
        self._table.slot(number).reset()
        self._by_slot[number] = client
        return number

    def fd(self, number: int) -> int:
        return self._by_slot[number].fileno()

    def numbers(self) -> List[int]:
        return list(self._by_slot)

    def release(self, number: int) -> None:
        """The worker has ended the connection."""
        client = self._by_slot.pop(number, None)
        if client is not None:
            client.close()
            self._free.append(number)

    def close_all(self) -> None:
        for number in self.numbers():
            self.release(number)

    def worker_lost(self, fault: Fault) -> None:
        """Tells every client. Connections that are clean stay for the next worker, the others are closed."""
        for number in self.numbers():
            client, slot = self._by_slot[number], self._table.slot(number)
            if not _tell(client, slot, fault):
                try:
                    client.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                self.release(number)
                continue
            slot.hand_on()

    def _refuse(self, client: socket.socket, fault: Fault) -> None:
        with client:
            _send_now(client, encode_line(fault.fields()))


def _tell(client: socket.socket, slot: Slot, fault: Fault) -> bool:
    """True if the connection may go on."""
    if slot.writing:
        # Half a reply is out: whatever followed would be read as its other half.
        return False
    if slot.dialect == FRAMES:
        notice = b"".join(encode_frame({"id": None, "event": "worker.lost", **fault.fields()}))
    elif slot.dialect == LINES:
        ids = list(slot.in_flight())
        if slot.reading and not ids:
            # A line that was taken from the socket, and not noted yet.
            ids = [b""]
        notice = b"".join(_error_line(id_text, fault) for id_text in ids)
    else:
        notice = b""
    return _send_now(client, notice) and not slot.reading


def _error_line(id_text: bytes, fault: Fault) -> bytes:
    fields = fault.fields()
    return encode_line({"id": from_json(id_text, "an id"), **fields} if id_text else fields)


def _send_now(client: socket.socket, data: bytes) -> bool:
    """False if it did not fit at once: a client that slow cannot be told anything."""
    if not data:
        return True
    client.setblocking(False)
    try:
        return client.send(data) == len(data)
    except OSError:
        return False
    finally:
        client.setblocking(True)
