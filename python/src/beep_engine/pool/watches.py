"""Workers that must end, or say that all is well, before it is too late."""

from typing import Callable, Dict

from .agenda import Action, Agenda

# Seconds between asking a worker for evidence and ending it.
EVIDENCE = 0.3


class Watches:
    """Those of one worker. When one ends without a CALM, `ask` is called, and a moment later `end`, with the reason."""

    def __init__(self, agenda: Agenda, ask: Callable[[], None], end: Callable[[str], None]) -> None:
        self._agenda = agenda
        self._ask = ask
        self._end = end
        self._actions: Dict[int, Action] = {}

    def begin(self, number: int, seconds: float, reason: str) -> None:
        def end() -> None:
            del self._actions[number]
            self._end(reason)

        def ask() -> None:
            self._ask()
            self._actions[number] = end
            self._agenda.add(EVIDENCE, end)

        self._actions[number] = ask
        self._agenda.add(seconds, ask)

    def calm(self, number: int) -> None:
        action = self._actions.pop(number, None)
        if action is not None:
            self._agenda.remove(action)

    def clear(self) -> None:
        for number in list(self._actions):
            self.calm(number)
