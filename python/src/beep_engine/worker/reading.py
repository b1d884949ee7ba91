"""Who reads what a client sends: its reader thread, or the main thread while it has nothing else to do (watch.py)."""

import sys
from time import sleep
from typing import Optional, Protocol

from ..wire.frames import PREFIX
from .intake import Batch, Intake
from .out_of_memory import end_for_memory
from .seat import PATIENCE, Seat, find_seat
from .socket_stream import CHUNK
from .stream import Stream
from .watch import Watch

# Bytes that the main thread reads at once; whoever sends more has a reader thread for it.
A_LITTLE = 64 * 1024


class Taker(Protocol):
    """The connection that the batches are for."""

    @property
    def room(self) -> int:
        """How many requests may come in flight now."""

    @property
    def queued(self) -> int:
        """How many wait for the main thread."""

    def accept(self, batch: Batch, fits: bool = False) -> None:
        """Starts them; unless it `fits`, as many at a time as there is room for."""

    def rest(self) -> None:
        """In the reader thread that reads alone, before it reads on."""


class Reading:
    def __init__(self, stream: Stream, intake: Intake, taker: Taker, watch: Optional[Watch]) -> None:
        self._stream = stream
        self._intake = intake
        self._taker = taker
        self._watch = watch
        self._seat: Optional[Seat] = None

    def read_all(self) -> None:
        """The reader thread's part, until the client or the stream ends. Raises OSError when it breaks."""
        watch = None if self._intake.lines else self._watch
        seat = self._seat = find_seat(watch, self._stream.descriptor, self._read_by_main)
        if seat is None:
            self._read_alone()
            return
        try:
            self._read_with(seat)
        finally:
            seat.leave()

    def close_after_fork(self) -> None:
        if self._seat is not None:
            self._seat.close_after_fork()

    def _read_alone(self) -> None:
        while True:
            batch = self._intake.take()
            if batch is None:
                return
            self._taker.accept(batch)
            # What has been read belongs to the requests alone: a gigabyte must not live on until more comes.
            del batch
            self._taker.rest()

    def _read_with(self, seat: Seat) -> None:
        while True:
            seat.take()
            try:
                found = self._read_some(seat)
            finally:
                seat.release()
            if self._intake.ended:
                return
            if not found:
                seat.wait()
            elif self._taker.queued > 1:
                # Their replies bring more of them, which the main thread then reads by itself.
                sleep(PATIENCE)

    def _read_some(self, seat: Seat) -> bool:
        """Whether there was something."""
        if self._intake.fills:
            # Each piece of it would wake the main thread, for nothing.
            seat.pause()
            try:
                while self._intake.fills:
                    if not self._take(self._intake.take()):
                        return False
            finally:
                seat.resume()
        return self._take(self._intake.take_ready(CHUNK))

    def _take(self, batch: Optional[Batch]) -> bool:
        if batch is not None:
            self._taker.accept(batch)
        return batch is not None

    def _read_by_main(self, seat: Seat) -> None:
        if not seat.try_take():
            return
        rest = True
        try:
            rest = self._read_a_little()
        except MemoryError:
            # In this order: where memory is limited, the pool still has something to say to the client.
            end_for_memory()
            self._stream.shut_down()
        except Exception as error:
            # The reader thread meets the end of the stream, and ends the connection.
            self._stream.shut_down()
            if not isinstance(error, ConnectionError):
                print(f"beep: a request could not be read: {error!r}", file=sys.__stderr__)
        finally:
            seat.give_back(rest)

    def _read_a_little(self) -> bool:
        """Whether there is more to do for the reader thread."""
        intake, room = self._intake, self._taker.room
        if intake.fills or intake.begun or room < 2:
            return True
        # No more requests fit into it than there is room for, besides the one whose beginning is there already.
        batch = intake.take_ready(min(A_LITTLE, (room - 1) * PREFIX.size))
        if batch is None:
            return intake.ended
        self._taker.accept(batch, fits=True)
        return intake.fills or intake.left_some or intake.ended
