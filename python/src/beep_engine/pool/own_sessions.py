"""The sessions that have a process of their own: each a station, with a socket beside the pool's."""

import os
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Optional, Tuple

from ..control import Document
from ..engine.session_options import SessionOptions, read_options
from ..faults import Fault, session_not_found
from ..platform.instants import iso_text
from .listener import Listener
from .loop import Loop
from .lost import Loss
from .station import Station

if TYPE_CHECKING:
    from .hogs import Hogs

MOST = 32
# Seconds that a worker has to become ready, and to end when it is asked to; and between two looks at the leases.
READY_PATIENCE = 60.0
STOP_PATIENCE = 2.0
LOOK_EVERY = 1.0
# Ended sessions whose end is remembered, for those who ask for them later.
REMEMBERED = 100

# False when nobody waits for the answer any more.
Answer = Callable[[Document], bool]
MakeStation = Callable[[Listener, Callable[[], None], Callable[[int, Document], None]], Station]


class OwnSession:
    def __init__(self, session_id: str, options: SessionOptions, station: Station, opened: Answer) -> None:
        self.id = session_id
        self.options = options
        self.station = station
        self.created = time.time()
        # When somebody said last that it is still wanted, by the monotonic clock; requests are seen in the table.
        self.kept = time.monotonic()
        self.opened: Optional[Answer] = opened
        self.closed: List[Answer] = []
        self.closing = False

    @property
    def idle(self) -> float:
        use = self.station.table.use()
        return 0.0 if use.requests else time.monotonic() - max(use.last, self.kept)

    def description(self) -> Document:
        use, options, worker = self.station.table.use(), self.options, self.station.worker
        return {
            "sessionId": self.id,
            "name": options.name,
            "ownProcess": True,
            "createdAt": iso_text(self.created),
            "workingFolder": options.folder,
            "leaseSeconds": options.lease,
            "idleSeconds": round(self.idle, 3),
            "requests": use.requests,
            "handles": use.handles,
            "handleLimit": options.handles,
            "timeoutSeconds": options.timeout,
            "memoryLimitBytes": options.memory,
            "pid": worker.pid if worker is not None else None,
            "path": self.station.listener.path,
        }

    def end(self) -> None:
        """At once."""
        if self.station.worker is not None:
            self.station.worker.kill_group()


class OwnSessions:
    def __init__(self, loop: Loop, path: str, make_station: MakeStation, on_end: Callable[[Station], None]) -> None:
        self._loop = loop
        self._path = path
        self._make_station = make_station
        self._on_end = on_end
        self._hogs: Optional[Hogs] = None
        self._last = 0
        self._open: Dict[str, OwnSession] = {}
        self._ended: OrderedDict[str, Fault] = OrderedDict()
        self._questions: Dict[Any, Callable[[Document, Answer], None]] = {
            "open": self._open_one,
            "list": self._list,
            "keep": self._keep,
            "close": self._close_one,
            "interrupt": self._interrupt,
        }

    def take(self, question: Document, answer: Answer) -> None:
        """A question of the worker of all; the answer is a reply's fields."""
        try:
            self._questions[question["question"]](question, answer)
        except Fault as fault:
            answer(fault.fields())

    def stations(self) -> Iterator[Station]:
        return iter([session.station for session in self._open.values()])

    def by_id(self) -> List[Tuple[str, Station]]:
        """Those that have been opened."""
        return [(session.id, session.station) for session in self._open.values() if session.opened is None]

    def look_after_workers(self) -> None:
        for session in list(self._open.values()):
            loss = session.station.loss()
            if loss is not None:
                self._end(session, loss)

    def ask_all_to_stop(self) -> None:
        for session in self._open.values():
            self._ask_to_stop(session)

    def close(self) -> None:
        for session in self._open.values():
            session.station.close()
        self._open.clear()

    def _open_one(self, question: Document, answer: Answer) -> None:
        options = read_options(question["options"])
        if len(self._open) >= MOST:
            raise Fault(
                "LIMIT_EXCEEDED",
                f"there are {MOST} sessions with a process of their own already",
                hint="close those that are no longer needed",
                details={"limit": MOST},
            )
        self._last += 1
        session_id = f"p{os.getpid()}-{self._last}"

        def ready() -> None:
            self._loop.agenda.remove(session.end)
            session.station.accept()
            if not self._answer_opened(session, session.description()):
                # Whoever asked for it has died meanwhile, and nobody else knows its name.
                self._ask_to_stop(session)
            pid = session.station.worker.pid if session.station.worker else None
            session.station.relay.tell("session.started", sessionId=session_id, pid=pid)

        station = self._make_station(Listener(f"{self._path}.{self._last}"), ready, _no_question)
        session = self._open[session_id] = OwnSession(session_id, options, station, answer)
        station.launch(0, {"sessionId": session_id, "options": question["options"], "path": station.listener.path})
        self._loop.agenda.add(READY_PATIENCE, session.end)
        self._loop.agenda.add(LOOK_EVERY, self._look_at_leases)
        self._watch_hogs()

    def _watch_hogs(self) -> None:
        if self._hogs is None:
            # Loaded with the first session: many servers never have one.
            from .hogs import Hogs

            self._hogs = Hogs(self._loop.agenda, self.stations)
        self._hogs.watch()

    def _list(self, _: Document, answer: Answer) -> None:
        open_ones = [session for session in self._open.values() if session.opened is None and not session.closing]
        answer({"sessions": [session.description() for session in open_ones]})

    def _keep(self, question: Document, answer: Answer) -> None:
        session = self._get(question["sessionId"])
        session.kept = time.monotonic()
        answer(session.description())

    def _interrupt(self, question: Document, answer: Answer) -> None:
        station = self._get(question["sessionId"]).station
        station.interrupt(question.get("grace"), lambda runs: answer({"success": runs}))

    def _get(self, session_id: str) -> OwnSession:
        session = self._open.get(session_id)
        if session is None or session.closing or session.opened is not None:
            raise self._ended.get(session_id) or session_not_found(session_id)
        return session

    def _close_one(self, question: Document, answer: Answer) -> None:
        session = self._open.get(question["sessionId"])
        if session is None:
            answer({"success": False})
            return
        session.closed.append(answer)
        self._ask_to_stop(session)

    def _ask_to_stop(self, session: OwnSession) -> None:
        if not session.closing:
            session.closing = True
            session.station.stop_listening()
            session.station.ask_to_stop()
            self._loop.agenda.add(STOP_PATIENCE, session.end)

    def _look_at_leases(self) -> None:
        for session in self._open.values():
            if session.opened is None and session.idle > session.options.lease:
                self._ask_to_stop(session)
        if self._open:
            self._loop.agenda.add(LOOK_EVERY, self._look_at_leases)

    def _end(self, session: OwnSession, loss: Loss) -> None:
        del self._open[session.id]
        self._loop.agenda.remove(session.end)
        station = session.station
        if session.opened is not None:
            details = loss.fault().details
            self._answer_opened(session, Fault("INTERNAL", "the session could not start", details=details).fields())
        elif session.closing or loss.how == {"exitCode": 0}:
            station.tell_clients(session_not_found(session.id))
        else:
            station.relay.tell("session.lost", sessionId=session.id, pid=loss.pid, **loss.evidence)
            station.tell_clients(loss.fault(session=session.id))
            self._remember(session.id, loss)
        self._on_end(station)
        station.close()
        for answer in session.closed:
            answer({"success": True})

    def _remember(self, session_id: str, loss: Loss) -> None:
        fault = loss.fault(session=session_id)
        self._ended[session_id] = Fault("SESSION_NOT_FOUND", fault.message, fault.hint, fault.details)
        while len(self._ended) > REMEMBERED:
            self._ended.popitem(last=False)

    @staticmethod
    def _answer_opened(session: OwnSession, document: Document) -> bool:
        answer, session.opened = session.opened, None
        return answer is not None and answer(document)


def _no_question(_number: int, _question: Document) -> None:
    """A session's worker has nothing to ask."""
