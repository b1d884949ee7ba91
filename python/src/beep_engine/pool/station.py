"""One socket of the pool: its clients, and the worker behind it."""

import os
import socket
from collections import deque
from typing import TYPE_CHECKING, Callable, Deque, Dict, Iterable, Optional

from ..control import CALM, CLOSED, MET, POOLS_WATCHES, QUESTION, READY, REASON, TOLD, WATCH, Document, Record
from ..faults import Fault
from ..platform.evidence import ask_for_evidence
from ..posts import ALONE, Post
from ..settings import Settings
from ..slots import SlotTable, make_shared_file
from .clients import Clients
from .entrance import RETRY, Entrance
from .launch import StartWorker
from .listener import Listener
from .loop import Loop
from .relay import Relay
from .watches import Watches
from .worker_process import WorkerProcess

if TYPE_CHECKING:
    from .lost import Loss

# Seconds after which a worker that has not answered a question is not waited for: code keeps it from that.
SILENCE = 0.5


class Station:
    """`forget` closes, in a forked worker, what belongs to the pool alone; `on_ready` and `on_question` tell what the
    worker says."""

    def __init__(
        self,
        loop: Loop,
        listener: Listener,
        start: StartWorker,
        settings: Settings,
        forget: Callable[[], None],
        on_ready: Callable[[], None],
        on_question: Callable[[int, Document], None],
        infrastructure: Optional[Document] = None,
        post: Post = ALONE,
        relay: Optional[Relay] = None,
    ) -> None:
        self.relay = relay or Relay()
        self.listener = listener
        self.post = post
        self._entrance = Entrance(loop, listener, self.take)
        self.worker: Optional[WorkerProcess] = None
        self._slots_fd = make_shared_file(os.path.dirname(listener.path) or ".")
        self.table = SlotTable(self._slots_fd)
        self._loop = loop
        self._start = start
        self._settings = settings
        self._forget = forget
        self._on_ready = on_ready
        self._on_question = on_question
        self._infrastructure = infrastructure
        self._clients = Clients(self.table)
        self._to_hand: Deque[int] = deque()
        self._watches = Watches(loop.agenda, self._ask_for_evidence, self.end_worker)
        self._last_watch = POOLS_WATCHES
        # Who wants to know, by the number of the watch, whether something was interrupted.
        self._asking: Dict[int, Callable[[bool], None]] = {}
        # Who wants to know, by the number of the question, what the worker holds; and what it has said last.
        self._questions: Dict[int, Callable[[Document], None]] = {}
        self._last_question = 0
        self._held: Document = {}
        # Why the worker was ended, or has ended itself, as far as that is known.
        self._reason: Optional[str] = None
        loop.watch(self.relay.reader, self.relay.pump)

    def launch(self, epoch: int, session: Optional[Document] = None) -> None:
        self.table.start_over()
        self.relay.tail.clear()
        self._held = {}
        stderr, settings = self.relay.writer, {**self._settings.document(), **self.post.document()}
        self.worker = WorkerProcess(
            epoch, self._start, self._slots_fd, stderr, self._forget, settings, session, self._infrastructure
        )
        self._loop.watch(self.worker.control, self._on_records)

    def accept(self) -> None:
        self._entrance.open()

    def stop_listening(self) -> None:
        self._entrance.close()

    def ask_to_stop(self) -> bool:
        """An orderly end. False when there is nobody to ask."""
        return self.worker is not None and self.worker.ask_to_stop()

    def interrupt(self, grace: Optional[float], told: Callable[[bool], None]) -> None:
        """What runs in the worker; `told` whether something does. One that says nothing is busy with it."""
        if self.worker is None:
            return told(False)
        grace = self._settings.grace if grace is None else grace
        self._last_watch += 1
        self.worker.interrupt(self._last_watch)
        reason = f"the code had not ended {grace:g} s after it was interrupted"
        self._watches.begin(self._last_watch, grace, reason)
        self._asking[self._last_watch] = told
        self._loop.agenda.add(SILENCE, self._answer_all)

    def _answer_all(self) -> None:
        """The worker says nothing: code keeps it from that."""
        for number in list(self._asking):
            self._answer_asker(number, self.table.use().requests > 0)

    def _answer_asker(self, number: int, runs: bool) -> None:
        told = self._asking.pop(number, None)
        if told is not None:
            told(runs)

    def ask(self, with_sessions: bool, told: Callable[[Document], None]) -> None:
        """What the worker holds. Of one that does not answer, `told` gets what it has said last."""
        if self.worker is None or not self.worker.ready or self.worker.silent:
            return told({})
        self._last_question = number = self._last_question + 1
        self._questions[number] = told
        if not self.worker.ask(number, with_sessions):
            self._loop.agenda.add(RETRY, self._hand_over)
        self._loop.agenda.add(SILENCE, lambda: self._answer_question(number))

    def _answer_question(self, number: int) -> None:
        told = self._questions.pop(number, None)
        if told is not None:
            told(self._held)

    def _answer_questions(self) -> None:
        for number in list(self._questions):
            self._answer_question(number)

    @property
    def is_ready(self) -> bool:
        return self.worker is not None and self.worker.ready

    @property
    def load(self) -> int:
        """Connections and requests in flight: how little another connection is welcome."""
        return self.connections + self.table.counters.tally().in_flight

    @property
    def has_clients(self) -> bool:
        return bool(self._clients.numbers())

    def end_worker(self, reason: str, others: Iterable[int] = ()) -> None:
        """At once, with its group. `others` are processes that it has started and that have left the group."""
        if self.worker is not None:
            self._reason = reason
            self.worker.kill_group()
            from ..platform.families import end_all

            end_all(others)

    def answer(self, number: int, document: Document) -> bool:
        """False when nobody is there to take it."""
        if self.worker is None or self.worker.silent:
            return False
        if not self.worker.answer(number, document):
            self._loop.agenda.add(RETRY, self._hand_over)
        return not self.worker.silent

    def loss(self) -> "Optional[Loss]":
        """How the worker has ended, once; None while it runs."""
        worker = self.worker
        status = worker.ended() if worker is not None else None
        if worker is None or status is None:
            return None
        self._on_records()
        self._loop.watch(worker.control, self._on_records, False)
        self.worker = None
        worker.clean_up()
        self.table.counters.lose()
        self.relay.pump()
        self._to_hand.clear()
        self._watches.clear()
        self._answer_all()
        self._held = {}
        self._answer_questions()
        reason, self._reason = self._reason, None
        from .lost import Loss, how_it_ended

        return Loss(worker.pid, how_it_ended(status), self.relay.tail.lines(), reason)

    def tell_clients(self, fault: Fault) -> None:
        """That the worker is lost. Connections that are clean stay for the next one."""
        self._clients.worker_lost(fault)

    @property
    def connections(self) -> int:
        return len(self._clients.numbers())

    def tend_relay(self) -> None:
        if self.relay.blocked:
            self._loop.agenda.add(RETRY, self.relay.flush)
        self._loop.watch(self.relay.reader, self.relay.pump, not self.relay.full)

    def close(self) -> None:
        """The end of it all; a worker is killed."""
        self.stop_listening()
        if self.worker is not None:
            self._loop.watch(self.worker.control, self._on_records, False)
            self.worker.kill()
            self.worker = None
        self.relay.pump()
        self._loop.watch(self.relay.reader, self.relay.pump, False)
        self._loop.agenda.remove(self._hand_over)
        self._loop.agenda.remove(self._answer_all)
        self._questions.clear()
        self._watches.clear()
        self._clients.close_all()
        self.relay.close()
        self.table.close()
        os.close(self._slots_fd)

    def let_go(self, own: bool) -> None:
        """In a forked worker: what it must not keep open. `own` is the station that it serves."""
        self._entrance.let_go()
        self._clients.close_all()
        os.close(self.relay.reader)
        if not own:
            os.close(self.relay.writer)
            os.close(self._slots_fd)
            if self.worker is not None:
                self.worker.let_go()

    def _on_records(self) -> None:
        worker = self.worker
        if worker is None:
            return
        records = worker.records()
        if worker.silent:
            self._loop.watch(worker.control, self._on_records, False)
        for record in records:
            self._on_record(worker, record)

    def _on_record(self, worker: WorkerProcess, record: Record) -> None:
        if record.kind == READY:
            worker.ready = True
            self._to_hand.extend(self._clients.numbers())
            self._hand_over()
            self._on_ready()
        elif record.kind == CLOSED:
            self._clients.release(record.number)
        elif record.kind == WATCH:
            self._watches.begin(record.number, **(record.document or {}))
        elif record.kind == CALM:
            self._watches.calm(record.number)
            self._answer_asker(record.number, False)
        elif record.kind == MET:
            self._answer_asker(record.number, True)
        elif record.kind == REASON:
            self._reason = (record.document or {}).get("reason")
        elif record.kind == TOLD:
            self._held = {**self._held, **(record.document or {})}
            self._answer_question(record.number)
        elif record.kind == QUESTION:
            self._on_question(record.number, record.document or {})

    def _ask_for_evidence(self) -> None:
        if self.worker is not None:
            ask_for_evidence(self.worker.pid)

    def take(self, client: socket.socket) -> None:
        """A new connection."""
        number = self._clients.admit(client)
        if number is not None and self.worker is not None and self.worker.ready:
            self._to_hand.append(number)
            self._hand_over()

    def _hand_over(self) -> None:
        """Passes connections on while the worker takes them; tries again soon when it does not."""
        worker = self.worker
        if worker is None:
            return
        while self._to_hand:
            number = self._to_hand[0]
            if not worker.hand_over(number, self._clients.fd(number)):
                self._loop.agenda.add(RETRY, self._hand_over)
                return
            self._to_hand.popleft()
        if not worker.flush() and not worker.silent:
            self._loop.agenda.add(RETRY, self._hand_over)
