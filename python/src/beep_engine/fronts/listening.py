"""Binds the front's socket: on loopback only, and never a port that somebody else holds."""

import errno
import socket
import sys

from ..faults import Fault

HOST = "127.0.0.1"
# Connections that wait to be accepted; the kernel cuts it to its own limit.
BACKLOG = 512

_IN_USE = (errno.EADDRINUSE, 10048)
# Windows answers so for a port in a reserved range, and for one that another process holds exclusively.
_WINDOWS_ACCESS_DENIED = 10013


def listen(port: int) -> socket.socket:
    """A listening socket on loopback. Port 0 lets the system choose; a PORT_IN_USE fault when it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, exclusive_option(sys.platform), 1)
        listener.bind((HOST, port))
        # At once: on Linux two sockets may be bound to a port as long as none listens.
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise why_not(error, port) from error
    return listener


def exclusive_option(platform: str) -> int:
    """The socket option that takes a port that is free, and only then.

    On Windows SO_REUSEADDR would share the port with whoever has it. Elsewhere it only skips the minute that a
    closed connection of the previous server lingers.
    """
    if platform == "win32":
        return int(getattr(socket, "SO_EXCLUSIVEADDRUSE", ~4))
    return socket.SO_REUSEADDR


def why_not(error: OSError, port: int) -> Fault:
    number = getattr(error, "winerror", None) or error.errno
    details = {"port": port, "host": HOST, "error": str(error)}
    if number in _IN_USE:
        return Fault("PORT_IN_USE", f"port {port} on {HOST} is already in use", details=details)
    if number == _WINDOWS_ACCESS_DENIED:
        message = f"port {port} on {HOST} is in use by another program, or reserved by Windows"
        return Fault("PORT_IN_USE", message, details=details)
    return Fault("INTERNAL", f"cannot listen on port {port} of {HOST}: {error}", details=details)
