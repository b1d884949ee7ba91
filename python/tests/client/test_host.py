"""What the Python client asks the host for, as a server gets it."""

from beep_client._host import Servers

SERVER = {"name": "s", "transport": "pipe", "state": "running", "environment": "e", "pid": 7, "endpoint": None}


def test_starting_a_server_says_what_becomes_of_it_when_it_dies():
    asked = []

    def ask(command, payload, on_event=None):
        asked.append((command, {name: value for name, value in payload.items() if value is not None}))
        return SERVER

    assert Servers(ask).start("s", "pipe", restart="never").name == "s"
    Servers(ask).start("s")
    assert asked == [
        ("server_start", {"name": "s", "transport": "pipe", "restart": "never"}),
        ("server_start", {"name": "s"}),
    ]
