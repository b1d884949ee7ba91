"""What all connections of a worker share."""

from typing import TYPE_CHECKING, Any, Dict, Optional

from ..engine.operations import Engine
from .runner import Runner

if TYPE_CHECKING:
    from .session_desk import SessionDesk


class Services:
    """`identity` are the fields that answer `ping`."""

    def __init__(self, engine: Engine, identity: Dict[str, Any]) -> None:
        self.engine = engine
        self.runner = Runner(engine)
        self.identity = identity
        self._desk: Optional[SessionDesk] = None

    @property
    def desk(self) -> "SessionDesk":
        """Made when the first session is opened, or asked for."""
        if self._desk is None:
            from .session_desk import SessionDesk

            self._desk = SessionDesk(self.engine, self.runner)
        return self._desk
