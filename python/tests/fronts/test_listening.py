import errno
import socket

import pytest

from beep_engine.faults import Fault
from beep_engine.fronts.listening import exclusive_option, listen, why_not


def test_listens_on_loopback_with_a_port_of_the_system_s_choice():
    with listen(0) as listener:
        host, port = listener.getsockname()
        assert host == "127.0.0.1"
        socket.create_connection((host, port), timeout=5).close()


def test_names_a_busy_port():
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Fault) as caught:
            listen(port)
    assert caught.value.code == "PORT_IN_USE"
    assert caught.value.message == f"port {port} on 127.0.0.1 is already in use"
    assert caught.value.details["port"] == port


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EADDRINUSE, "PORT_IN_USE"), (10048, "PORT_IN_USE"), (10013, "PORT_IN_USE"), (errno.EACCES, "INTERNAL")],
)
def test_tells_a_taken_port_from_a_forbidden_one(number, code):
    assert why_not(OSError(number, "text"), 80).code == code


def test_prefers_the_number_that_windows_gives():
    error = OSError(errno.EACCES, "text")
    error.winerror = 10013
    assert why_not(error, 80).code == "PORT_IN_USE"


def test_never_shares_a_port_on_windows():
    assert exclusive_option("win32") == ~4
    assert exclusive_option("linux") == exclusive_option("darwin") == socket.SO_REUSEADDR
