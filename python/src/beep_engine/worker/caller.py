"""The client that has asked for an `execute`, as the audience of its code (engine/audience.py)."""

import threading
from time import monotonic
from typing import Any, Callable, Dict, Iterator, Optional, Protocol

from ..engine.audience import UNDISTURBED, Hook
from ..faults import bad_request
from .delivery import HOLD, Bell, Delivery
from .outbox import Outbox
from .questions import Questions
from .request import Request
from .shown import Event, Shown

# Characters of a run's output. The rest is left out.
LIMIT = 16 * 1024 * 1024
# Characters that may wait for the delivery; then the code waits. One event has no more than PIECE.
HIGH = 256 * 1024
PIECE = 64 * 1024
# Characters from which on text is sent at once.
SOON = 16 * 1024
# Bytes that may wait for the client to read them; then the delivery waits.
ROOM = 1024 * 1024
# Seconds for which a client that does not read may keep others waiting. After that its output is left out.
PATIENCE = 1.0
LOOK_EVERY = 0.05

Emit = Callable[[Request, Event], None]


class Surroundings(Protocol):
    """The Runner, as a caller sees it."""

    @property
    def others_wait(self) -> bool:
        """Requests wait for the end of the one that runs."""

    def is_interruptible(self, request: Request) -> bool:
        """The main thread is in the code of the request, and not in what surrounds that."""

    def new_interruption(self, request: Request) -> KeyboardInterrupt:
        """What the main thread raises where it finds that somebody wants the request to end."""


# Whoever waits here looks for himself whether he shall go on.
UNDISTURBED.add(__file__)


class Caller:
    """Any thread of the code shows; the delivery thread sends; `close` sends the rest.

    Signal handlers of the user may raise in the main thread, and finalizers may show something, at any point: so
    nothing is held there beyond a `with` of a plain lock, which lets its own thread in again.
    """

    def __init__(
        self, request: Request, emit: Emit, outbox: Outbox, delivery: Delivery, surroundings: Surroundings
    ) -> None:
        self.on_interrupt: Optional[Hook] = None
        self._request = request
        self._emit = emit
        self._outbox = outbox
        self._delivery = delivery
        self._surroundings = surroundings
        self._limit = _read_limit(request.payload)
        self._main = threading.main_thread()
        self._questions = Questions(self._put_question, self._check)
        if request.payload.get("allowInput") is False:
            self._questions.end()
        # Guards what follows.
        self._lock = threading.RLock()
        self._shown = Shown()
        self._brought = False
        self._closed = False
        # Characters that may still come, and whether more have come; those that the client was too slow for.
        self._left = self._limit
        self._over = False
        self._left_out = 0
        self._cut = False
        # Held while something is taken from there and sent; never by the code's own threads.
        self._sending = threading.Lock()
        # Rung for the delivery, and for code that waits for it.
        self._more = Bell()
        self._less = Bell()
        self._patience = PATIENCE

    @staticmethod
    def is_shielded(frame: Any) -> bool:
        """Whether this frame is no place for an interrupt."""
        while frame is not None:
            if frame.f_code.co_filename in UNDISTURBED:
                return True
            frame = frame.f_back
        return False

    # What the code does (Audience).

    def show_text(self, stream: str, text: str) -> None:
        for piece in _pieces(text):
            self._take_text(stream, piece)

    def show(self, data: Dict[str, str], is_result: bool) -> None:
        event: Event = {"event": "display", "data": data}
        if is_result:
            event["isResult"] = True
        self._take_event(event, sum(map(len, data.values())))
        self._more.ring()

    def flush(self) -> None:
        self._more.ring()

    def ask(self, prompt: str, password: bool) -> Optional[str]:
        return self._questions.ask(prompt, password)

    def met(self) -> bool:
        already = self._request.interrupted
        self._request.interrupted = True
        return not already

    # What the client does.

    def answer(self, text: Optional[str]) -> bool:
        """False when nothing was asked."""
        return self._questions.answer(text)

    def end_input(self) -> None:
        self._questions.end()

    def wake(self) -> None:
        """Somebody wants the request to end."""
        self._questions.wake()

    # What the runner does.

    def close(self) -> Dict[str, Any]:
        """Sends what still waits; what is shown from now on is lost. Gives fields for the reply."""
        self._questions.end()
        self._send(last=True)
        return {"outputCut": True} if self._cut else {}

    # Inside.

    def _take_text(self, stream: str, text: str) -> None:
        with self._lock:
            kept = text[: self._left]
            if kept and not self._closed:
                self._left -= len(kept)
                self._shown.add_text(stream, kept)
        self._taken(len(text) > len(kept))

    def _take_event(self, event: Event, size: int) -> None:
        with self._lock:
            fits = size <= self._left
            self._left = self._left - size if fits else 0
            if fits and not self._closed:
                self._shown.add(event, size)
        self._taken(not fits)

    def _taken(self, over: bool) -> None:
        """Has it sent, soon or at once; waits where too much waits."""
        if over and not self._over:
            with self._lock:
                self._over = self._cut = True
                self._shown.add(_notice(f"the output beyond {self._limit} characters is left out"), 0)
        self._bring()
        if self._shown.size >= SOON:
            self._more.ring()
        while self._shown.size > HIGH and not self._closed:
            self._check()
            self._less.wait(LOOK_EVERY)
        if self.on_interrupt is None:
            # Code that does nothing but show is hardly ever met outside of this file by a signal.
            self._check()

    def _put_question(self, prompt: str, password: bool) -> None:
        with self._lock:
            self._shown.add({"event": "input", "prompt": prompt, "password": password}, 0)
        self._bring()
        self._more.ring()

    def _check(self) -> None:
        """In the main thread, this is where an interrupt is met that comes while it waits here."""
        request = self._request
        if not request.asked or request.interrupted or threading.current_thread() is not self._main:
            return
        if self._surroundings.is_interruptible(request):
            raise self._surroundings.new_interruption(request)

    def _bring(self) -> None:
        with self._lock:
            if not self._brought:
                # In this order: to be asked for twice does no harm.
                self._delivery.bring(self._deliver)
                self._brought = True

    def _deliver(self) -> None:
        self._more.wait(HOLD)
        looked = monotonic()
        while not self._outbox.wait_for_room(ROOM, LOOK_EVERY if self._patience > 0 else 0):
            now = monotonic()
            if self._surroundings.others_wait:
                self._patience -= now - looked
            looked = now
            if self._patience <= 0 and self._drop():
                return
            if self._closed:
                return
        self._send(last=False)

    def _drop(self) -> bool:
        """The client has not read for too long. True when there is nothing left to send."""
        with self._lock:
            dropped = self._shown.drop()
            self._left_out += dropped
            self._cut = self._cut or dropped > 0
            self._brought = not self._shown.empty
        self._less.ring()
        return not self._brought

    def _send(self, last: bool) -> None:
        with self._sending:
            with self._lock:
                self._brought = False
                events = self._shown.take()
                if self._left_out:
                    unread = f"{self._left_out} characters were left out: nobody had read them in time"
                    events.insert(0, _notice(unread))
                    self._left_out = 0
                self._closed = self._closed or last
            self._less.ring()
            for event in events:
                self._emit(self._request, event)


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE)) if len(text) > PIECE else iter((text,))


def _notice(text: str) -> Event:
    return {"event": "output", "stream": "stderr", "text": f"\n[{text}]\n", "cut": True}


def _read_limit(payload: Dict[str, Any]) -> int:
    limit = payload.get("outputLimit")
    if limit is None:
        return LIMIT
    if type(limit) is not int or limit < 0:
        raise bad_request("outputLimit must be a number of characters")
    return limit
