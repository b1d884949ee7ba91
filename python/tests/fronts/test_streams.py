"""The stream of an execution, with code that takes its time."""

import asyncio

from beep_engine.fronts.frame_reader import NO_BODY
from beep_engine.fronts.http import streams
from beep_engine.fronts.pending_request import Reply


class Slow:
    """An execution that shows nothing before the client is told something."""

    def __init__(self, *events, reply):
        self._events = list(events)
        self.reply = Reply(reply, NO_BODY)
        self.told = asyncio.Event()

    async def next(self, seconds):
        await asyncio.wait_for(self.told.wait(), seconds)
        return self._events.pop(0) if self._events else None


def sent_for(execution_of, style, needed):
    """What is sent until `needed` messages are; then the code shows what it has to show."""

    async def run():
        execution, messages = execution_of(), []

        async def send(message):
            messages.append(message)
            if len(messages) == needed:
                execution.told.set()

        await streams.send_execution(send, execution, style)
        return messages

    return asyncio.run(run())


def test_code_that_is_silent_for_long_is_a_stream_already(monkeypatch):
    monkeypatch.setattr(streams, "FIRST_WITHIN", 0.01)
    error = b'{"error":"x","code":"PYTHON_ERROR"}'
    start, last = sent_for(lambda: Slow(reply=error), streams.LINES, 1)
    assert start["status"] == 200
    assert last == {"type": "http.response.body", "body": error + b"\n"}


def test_server_sent_events_say_that_they_are_alive(monkeypatch):
    monkeypatch.setattr(streams, "FIRST_WITHIN", 0.01)
    monkeypatch.setattr(streams, "ALIVE_EVERY", 0.01)
    event = b'{"event":"output","stream":"stdout","text":"x"}'
    messages = sent_for(lambda: Slow(event, reply=b'{"value":1}'), streams.EVENTS, 3)
    bodies = [message["body"] for message in messages[1:]]
    assert bodies[0] == bodies[1] == b":\n\n"
    assert bodies[-2] == b"event: output\ndata: " + event + b"\n\n"
    assert bodies[-1] == b'event: result\ndata: {"value":1}\n\n'


def test_lines_say_nothing_meanwhile(monkeypatch):
    monkeypatch.setattr(streams, "FIRST_WITHIN", 0.01)
    monkeypatch.setattr(streams, "ALIVE_EVERY", 0.01)
    assert len(sent_for(lambda: Slow(reply=b'{"value":1}'), streams.LINES, 1)) == 2
