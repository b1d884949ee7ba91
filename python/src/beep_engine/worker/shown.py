"""What code has shown and nobody has sent yet."""

from typing import Any, Dict, List

Event = Dict[str, Any]


class Shown:
    """Events in order. Text joins the text before it where both are of one stream. `size` is in characters."""

    def __init__(self) -> None:
        self.size = 0
        self._events: List[Event] = []
        self._text: List[str] = []
        self._stream = ""

    @property
    def empty(self) -> bool:
        return not self._events and not self._text

    def add_text(self, stream: str, text: str) -> None:
        if stream != self._stream:
            self._seal()
            self._stream = stream
        self._text.append(text)
        self.size += len(text)

    def add(self, event: Event, size: int) -> None:
        self._seal()
        self._events.append(event)
        self.size += size

    def take(self) -> List[Event]:
        """All of it."""
        self._seal()
        events, self._events, self.size = self._events, [], 0
        return events

    def drop(self) -> int:
        """Forgets all but the questions; gives the number of characters."""
        dropped = self.size
        self._events = [event for event in self.take() if event["event"] == "input"]
        return dropped

    def _seal(self) -> None:
        if self._text:
            self._events.append({"event": "output", "stream": self._stream, "text": "".join(self._text)})
            self._text = []
        self._stream = ""
