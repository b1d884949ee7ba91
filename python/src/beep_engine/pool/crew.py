"""All workers of a server together."""

from typing import Callable, Dict, Iterator, List

from ..control import Document
from .berth import Berth
from .station import Station


class Crew:
    def __init__(self, berths: List[Berth]) -> None:
        self.berths = berths

    @property
    def first(self) -> Station:
        return self.berths[0].station

    @property
    def is_ready(self) -> bool:
        return all(station.is_ready for station in self.stations())

    @property
    def is_gone(self) -> bool:
        return all(station.worker is None for station in self.stations())

    def stations(self) -> Iterator[Station]:
        return (berth.station for berth in self.berths)

    def least_loaded(self) -> Station:
        """Where another connection belongs: a worker that is there, and of those the one with the least to do."""
        return min(self.stations(), key=lambda station: (not station.is_ready, station.load))

    def ask_to_stop(self) -> bool:
        """False when there is nobody to ask."""
        return any([station.ask_to_stop() for station in self.stations()])

    def gather(self, asker: Berth, with_sessions: bool, done: Callable[[List[Document]], None]) -> None:
        """What the others hold, once all of them have said so or are not waited for any longer."""
        others = [berth for berth in self.berths if berth is not asker]
        told: Dict[int, Document] = {}

        def take(berth: Berth, held: Document) -> None:
            told[berth.post.worker] = held
            if len(told) == len(others):
                done([told[other.post.worker] for other in others])

        if not others:
            return done([])
        for berth in others:
            berth.station.ask(with_sessions, lambda held, berth=berth: take(berth, held))  # type: ignore[misc]
