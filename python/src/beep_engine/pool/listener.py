"""The pool's own socket: made without a race, private, and taken away again."""

import errno
import fcntl
import os
import socket
import stat
import time
from typing import Tuple

from ..faults import Fault

BACKLOG = 128
# Seconds to wait for other pools that are making their sockets in the same folder.
LOCK_PATIENCE = 10.0


class Listener:
    def __init__(self, path: str) -> None:
        """Raises Fault when the path cannot be listened on: PATH_IN_USE when somebody else does."""
        self.path = path
        folder = os.path.dirname(path) or "."
        lock = _lock_folder(folder)
        try:
            _remove_stale(path)
            self.socket = _bind(path)
            self._identity = _identity(path)
        finally:
            os.close(lock)
        self.socket.setblocking(False)

    def remove(self) -> None:
        """Stops listening and unlinks the socket file, unless somebody has put another one there."""
        self.socket.close()
        try:
            if _identity(self.path) == self._identity:
                os.unlink(self.path)
        except OSError:
            # The folder may be gone too.
            pass


def _lock_folder(folder: str) -> int:
    """Between looking at a stale socket and binding a new one, no other pool may do the same."""
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise Fault("INTERNAL", f"the folder of the socket cannot be opened: {error}") from None
    deadline = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return fd
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EINTR) or time.monotonic() > deadline:
                os.close(fd)
                raise Fault("INTERNAL", f"the folder {folder} cannot be locked: {error}") from None
        time.sleep(0.005)


def _remove_stale(path: str) -> None:
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise Fault("PATH_IN_USE", f"{path} exists and is not a socket", hint="choose another path, or move the file")
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.settimeout(1.0)
            probe.connect(path)
        except ConnectionRefusedError:
            os.unlink(path)
            return
        except FileNotFoundError:
            return
        except OSError as error:
            raise Fault("PATH_IN_USE", f"{path} is a socket that cannot be asked for its owner: {error}") from None
    raise Fault("PATH_IN_USE", f"another server listens on {path}", hint="stop it, or choose another name")


def _bind(path: str) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX)
    # Private from the first moment on: a chmod afterwards would leave a gap.
    previous = os.umask(0o177)
    try:
        sock.bind(path)
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        if "too long" in str(error):
            size = len(os.fsencode(path))
            message = f"a socket path may have about 100 bytes, {path} has {size}"
            raise Fault("BAD_REQUEST", message, hint="choose a shorter folder") from None
        raise Fault("INTERNAL", f"cannot listen on {path}: {error}") from None
    finally:
        os.umask(previous)
    return sock


def _identity(path: str) -> Tuple[int, int]:
    found = os.lstat(path)
    return found.st_dev, found.st_ino
