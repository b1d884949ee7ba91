"""What all connections of a worker share."""

import threading
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Protocol

from ..counters import Counters, private_counters
from ..engine.operations import Engine
from ..settings import Settings
from .pool_talk import Pool
from .request import Request
from .runner import Runner

if TYPE_CHECKING:
    from .host_requests import HostRequests

Answered = Callable[[Dict[str, Any]], None]


class Desk(Protocol):
    """What clients do with sessions. What takes `answered` may call it at once, or from another thread later."""

    def note(self, request: Request) -> None:
        """It takes place in its session, until `done`. Raises Fault."""

    def done(self, request: Request) -> None:
        """It has been answered, or will not be."""

    def open(self, payload: Dict[str, Any], answered: Answered) -> None:
        """Raises Fault."""

    def list(self, answered: Answered) -> None:
        """All sessions of the server."""

    def heartbeat(self, payload: Dict[str, Any], answered: Answered) -> None:
        """Its lease begins anew. Raises Fault."""

    def interrupt(self, payload: Dict[str, Any], grace: Optional[float], answered: Answered) -> None:
        """What runs in it. Raises Fault."""

    def close(self, request: Request, answered: Answered) -> None:
        """Ends what runs in it; then either `answered` is called, or the request answered as others are."""

    def reset(self, request: Request) -> None:
        """Ends what runs in it, and hands the request to the main thread. Raises Fault."""

    def note_handles(self) -> None:
        """There are fewer of them, and nobody has asked for that."""

    def end_all(self) -> None:
        """Cancels what runs and waits in any session."""


class Services:
    """`identity` are the fields that answer `ping`."""

    def __init__(
        self,
        engine: Engine,
        identity: Dict[str, Any],
        pool: Pool,
        settings: Settings,
        counters: Optional[Counters] = None,
    ) -> None:
        self.engine = engine
        self.settings = settings
        self.counters = counters or private_counters()
        self.runner = Runner(engine, pool, settings.grace, self.counters, settings.queue)
        self.identity = identity
        self.pool = pool
        self._desk: Optional[Desk] = None
        self._making = threading.Lock()
        # The process belongs to a session: every request takes place there, whether it says so or not.
        self.only_one = False
        # The way to the host: scope, address, token. Empty where the code may not ask it.
        self.host: Dict[str, Any] = {}
        self._host_requests: Optional[HostRequests] = None

    def measure(self, answered: Answered) -> None:
        """What the server has done and has in hand. The pool knows the most of it."""
        self.pool.ask({"question": "metrics", "held": self.engine.holdings()}, answered)

    def holdings(self, with_sessions: bool) -> Dict[str, Any]:
        """For the pool, when another worker of the server is asked about all of them."""
        held: Dict[str, Any] = dict(self.engine.holdings())
        if with_sessions:
            held["described"] = self.engine.described_sessions()
        return held

    def forget_handle(self, handle_id: str) -> None:
        """Of a reply that nobody reads: who else would ever dispose of it? From any thread, without a lock."""

        def forget() -> None:
            self.engine.forget_handle(handle_id)
            if self._desk is not None:
                self._desk.note_handles()

        self.runner.do_between(forget)

    def stop(self) -> None:
        """The end of the worker, soon."""
        if self._desk is not None:
            self._desk.end_all()
        self.runner.stop()

    @property
    def host_requests(self) -> "HostRequests":
        """Made when somebody asks for environments."""
        if self._host_requests is None:
            from .host_requests import HostRequests

            with self._making:
                if self._host_requests is None:
                    self._host_requests = HostRequests(self.runner, self.host)
        return self._host_requests

    @property
    def desk(self) -> Desk:
        """Made when the first session is opened, or asked for."""
        if self._desk is None:
            from .session_desk import SessionDesk

            # Two connections may ask at once, and each would count its requests at a desk of its own.
            with self._making:
                if self._desk is None:
                    self._desk = SessionDesk(self.engine, self.runner, self.pool)
        return self._desk

    @desk.setter
    def desk(self, desk: Desk) -> None:
        self._desk = desk
