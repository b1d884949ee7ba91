"""What workers count: in memory that they share with their pool, so that it outlives each of them."""

import mmap
import struct
import threading
from bisect import bisect_left
from typing import Any, Dict, NamedTuple, Tuple, Union

from .faults import CODES

# Upper bounds of the latencies that are counted together, in seconds; above the last one there is one more group.
BOUNDS = (
    *(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05),
    *(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)

_CODES = tuple(CODES)
_CODE_AT = {code: index for index, code in enumerate(_CODES)}
# Whole numbers: requests handed to the main thread, and those of them that have ended; latencies; errors of requests
# that ran, and of others. Behind them the seconds that all of them took.
_SUBMITTED, _ENDED, _LATENCIES = 0, 1, 2
_RAN_ERRORS = _LATENCIES + len(BOUNDS) + 1
_OTHER_ERRORS = _RAN_ERRORS + len(_CODES)
_CELLS = _OTHER_ERRORS + len(_CODES)
_CELL = struct.calcsize("Q")
COUNTERS_SIZE = (_CELLS + 1) * _CELL


class Tally(NamedTuple):
    """`latencies` are those of requests that ran, grouped by BOUNDS; `errors` are those of all, by code."""

    in_flight: int = 0
    requests: int = 0
    errors: Dict[str, int] = {}
    latencies: Tuple[int, ...] = (0,) * (len(BOUNDS) + 1)
    seconds: float = 0.0

    def plus(self, other: "Tally") -> "Tally":
        codes = {**self.errors, **other.errors}
        return Tally(
            self.in_flight + other.in_flight,
            self.requests + other.requests,
            {code: self.errors.get(code, 0) + other.errors.get(code, 0) for code in codes},
            tuple(map(sum, zip(self.latencies, other.latencies))),
            self.seconds + other.seconds,
        )


class Counters:
    """Each cell has one writer at a time: that is why there are two of each error."""

    def __init__(self, memory: Union[mmap.mmap, bytearray], start: int) -> None:
        view = memoryview(memory)[start : start + COUNTERS_SIZE]
        self._cells = view[: _CELLS * _CELL].cast("Q")
        self._seconds = view[_CELLS * _CELL :].cast("d")
        self._lock = threading.Lock()

    def submitted(self) -> None:
        """A request waits for the main thread. Under the lock of requests' states, as `ended` is."""
        self._cells[_SUBMITTED] += 1

    def ended(self, count: int = 1) -> None:
        """They have run, or will not."""
        self._cells[_ENDED] += count

    def ran(self, seconds: float, fields: Dict[str, Any]) -> None:
        """By the main thread, for one that ran: how long its caller has waited, and what for."""
        cells = self._cells
        cells[_LATENCIES + bisect_left(BOUNDS, seconds)] += 1
        self._seconds[0] += seconds
        if "error" in fields:
            cells[_RAN_ERRORS + _place(fields)] += 1

    def failed(self, fields: Dict[str, Any]) -> None:
        """By any thread, for one that did not run."""
        with self._lock:
            self._cells[_OTHER_ERRORS + _place(fields)] += 1

    def lose(self) -> None:
        """By the pool: the worker is gone, and whatever it had in hand."""
        cells = self._cells
        cells[_OTHER_ERRORS + _CODE_AT["WORKER_LOST"]] += cells[_SUBMITTED] - cells[_ENDED]
        cells[_ENDED] = cells[_SUBMITTED]

    def tally(self) -> Tally:
        # One copy: what is read twice might not fit together.
        cells = self._cells.tolist()
        latencies = tuple(cells[_LATENCIES:_RAN_ERRORS])
        others = cells[_OTHER_ERRORS:_CELLS]
        errors = {code: cells[_RAN_ERRORS + at] + others[at] for code, at in _CODE_AT.items()}
        return Tally(
            max(0, cells[_SUBMITTED] - cells[_ENDED]),
            sum(latencies) + sum(others),
            {code: count for code, count in errors.items() if count},
            latencies,
            self._seconds[0],
        )

    def close(self) -> None:
        self._cells.release()
        self._seconds.release()


def private_counters() -> Counters:
    """Where no pool looks at them (Windows)."""
    return Counters(bytearray(COUNTERS_SIZE), 0)


def _place(fields: Dict[str, Any]) -> int:
    return _CODE_AT.get(fields["code"], _CODE_AT["INTERNAL"])
