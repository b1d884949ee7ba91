"""A session of a test."""


class Session:
    """A session of a test, and the requests in it."""

    def __init__(self, client, **options):
        self.client = client
        self.opened = client.ask("session_open", **options)
        assert "sessionId" in self.opened, self.opened
        self.id = self.opened["sessionId"]

    def ask(self, command, **payload):
        return self.client.ask(command, sessionId=self.id, **payload)

    def eval(self, expression, **local):
        return self.ask("eval", expression=expression, locals=local)

    def value(self, expression, **local):
        reply = self.eval(expression, **local)
        assert "value" in reply, reply
        return reply["value"]

    def execute(self, code, **payload):
        return self.client.execute(code, sessionId=self.id, **payload)

    def close(self):
        return self.ask("session_close")


def listed(client, session):
    found = [one for one in client.ask("session_list")["sessions"] if one["sessionId"] == session.id]
    return found[0] if found else None
