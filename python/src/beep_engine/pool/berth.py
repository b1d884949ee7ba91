"""One of a server's workers for good: launched, and replaced as often as it is lost."""

import errno
import time
from typing import TYPE_CHECKING, Callable, Dict

from ..control import Document
from ..faults import Fault
from ..posts import Post
from .entrance import RETRY
from .guard import RestartGuard
from .loop import Loop
from .station import Station

# Gets a question's number, the question, and what takes the answer: False when nobody waits for it any more.
if TYPE_CHECKING:
    from .lost import Loss

    OnQuestion = Callable[["Berth", Document, Callable[[Document], bool]], None]
MakeStation = Callable[[Callable[[], None], Callable[[int, Document], None]], Station]


class Berth:
    """`lost` counts the workers that were lost here, `epoch` all that there have been."""

    def __init__(self, loop: Loop, post: Post, make_station: MakeStation, on_question: "OnQuestion") -> None:
        self.post = post
        self.epoch = 0
        self.lost = 0
        self._loop = loop
        self._on_question = on_question
        self._guard = RestartGuard()
        self._started_at = 0.0
        self.station = make_station(self._on_ready, self._ask)

    def launch(self) -> None:
        self.epoch += 1
        self._started_at = time.monotonic()
        try:
            self.station.launch(self.epoch)
        except OSError as error:
            # No room for it now, in the table of files or of processes: the others go on, and it is tried again.
            if self.epoch == 1 or error.errno not in (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM):
                raise
            self._loop.agenda.add(RETRY, self.launch)

    def look_after(self, replaces: bool) -> None:
        """If the worker has been lost, another one takes over. Raises Fault when that makes no sense."""
        was_ready = self.station.is_ready
        loss = self.station.loss()
        if loss is not None and replaces:
            self._replace(loss, was_ready)

    def which(self) -> Dict[str, int]:
        """For what is told of it; nothing where it is the only one."""
        return {"worker": self.post.worker} if self.post.workers > 1 else {}

    def _on_ready(self) -> None:
        worker = self.station.worker
        if self.epoch > 1 and worker is not None:
            self.station.relay.tell("worker.started", pid=worker.pid, **self.which())

    def _ask(self, number: int, question: Document) -> None:
        epoch = self.epoch

        def answer(document: Document) -> bool:
            # Not to the one that has taken over from the asker.
            return self.epoch == epoch and self.station.answer(number, document)

        self._on_question(self, question, answer)

    def _replace(self, loss: "Loss", was_ready: bool) -> None:
        fault = loss.fault()
        fault.details = {**(fault.details or {}), **self.which()}
        if self.epoch == 1 and not was_ready:
            raise Fault("INTERNAL", "the worker ended before it was ready", details=fault.details)
        self.lost += 1
        self.station.relay.tell("worker.lost", pid=loss.pid, **self.which(), **loss.evidence)
        self.station.tell_clients(fault)
        delay = self._guard.after(time.monotonic() - self._started_at, self.station.table.worked)
        if delay is None:
            message = f"{self._guard.quick_deaths} workers in a row ended as soon as they had started"
            raise Fault("WORKER_LOST", message, details=fault.details)
        self._loop.agenda.add(delay, self.launch)
