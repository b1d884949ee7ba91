"""Who is on the other end of a Unix socket."""

import socket
import struct
import sys

# struct ucred: pid, uid, gid (unix(7), SO_PEERCRED).
_UCRED = struct.Struct("iII")
# struct xucred: version, uid, ngroups, groups[16] (sys/ucred.h); read with LOCAL_PEERCRED of level SOL_LOCAL.
_XUCRED = struct.Struct("IIh2x16I")
_SOL_LOCAL, _LOCAL_PEERCRED = 0, 1


def peer_uid(sock: socket.socket, platform: str = sys.platform) -> int:
    """The user id of the process that connected. Raises OSError when the system does not tell."""
    if platform == "darwin":
        return uid_of_xucred(sock.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED.size))
    return uid_of_ucred(sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))


def uid_of_ucred(data: bytes) -> int:
    return _UCRED.unpack(data)[1]


def uid_of_xucred(data: bytes) -> int:
    # The kernel may give fewer groups than there is room for.
    return _XUCRED.unpack(data.ljust(_XUCRED.size, b"\0"))[1]
