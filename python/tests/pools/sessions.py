"""A session of a test."""

from pools.harness import Evaluates


class Session(Evaluates):
    """A session of a test, and the requests in it."""

    def __init__(self, client, **options):
        self.client = client
        self.opened = client.ask("session_open", **options)
        assert "sessionId" in self.opened, self.opened
        self.id = self.opened["sessionId"]

    def ask(self, command, **payload):
        return self.client.ask(command, sessionId=self.id, **payload)

    def execute(self, code, **payload):
        return self.client.execute(code, sessionId=self.id, **payload)

    def close(self):
        return self.ask("session_close")


def listed(client, session):
    found = [one for one in client.ask("session_list")["sessions"] if one["sessionId"] == session.id]
    return found[0] if found else None
