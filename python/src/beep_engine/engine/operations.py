"""The operations of docs/wire.md §2 on live objects: no sockets, no processes, no threads."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional

from ..faults import bad_request
from ..posts import ALONE, Post
from . import fields, modules
from .evaluate import Sources, run_compiled
from .failures import failure
from .fields import Payload
from .floats import float_array
from .handles import Handles
from .live import Live
from .outputs import Outputs
from .place import Place
from .replies import Reply, facts, handle, result

if TYPE_CHECKING:
    from .audience import Audience
    from .execute import Executor
    from .session_options import SessionOptions
    from .sessions import Session, Sessions

# How many handles one `handles_list` names.
MOST_LISTED = 1000


class Engine:
    """Holds the handles, and those of sessions. `run` is called by one thread at a time."""

    def __init__(self, epoch: int = 1, post: Post = ALONE) -> None:
        self._origin = post.origin(epoch)
        self._post = post
        self._handle_numbers = count(1)
        self.handles = Handles(self._origin, self._handle_numbers, post=post)
        self._nowhere: Place = Place(self.handles)
        self._sources = Sources()
        self._executor: Optional[Executor] = None
        self._sessions: Optional[Sessions] = None

    @property
    def executor(self) -> Executor:
        """What `execute` needs; made when the first one comes."""
        if self._executor is None:
            from .execute import Executor

            self._executor = Executor()
        return self._executor

    @property
    def sessions(self) -> Sessions:
        """Made when the first one is opened, or asked for."""
        if self._sessions is None:
            from .sessions import Sessions

            self._sessions = Sessions(self._origin, self._handle_numbers, self._post)
        return self._sessions

    def keep_to_one(self, session_id: str, options: SessionOptions) -> Session:
        """From now on everything takes place in this session, to which the whole process belongs."""
        session = self.sessions.take_over(session_id, options)
        self._nowhere = session
        self.handles = session.handles
        return session

    def forget_handle(self, handle_id: str) -> None:
        """Wherever it is known."""
        sessions = [] if self._sessions is None else self._sessions.all()
        for place in (self, *sessions):
            place.handles.drop(handle_id)

    def holdings(self) -> Dict[str, int]:
        """How many sessions there are, and how many handles in and outside of them. Any thread may ask."""
        sessions = [] if self._sessions is None else self._sessions.all()
        handles = sum(len(session.handles) for session in sessions)
        return {"sessions": len(sessions), "handles": len(self.handles) + handles}

    def described_sessions(self) -> List[Dict[str, Any]]:
        """Any thread may ask."""
        return [] if self._sessions is None else [session.description() for session in self._sessions.all()]

    def run(
        self,
        command: str,
        payload: Payload,
        attachments: Optional[List[memoryview]] = None,
        outputs: Optional[Outputs] = None,
        place: Optional[Place] = None,
    ) -> Reply:
        """The fields of the reply. Raises Fault for what is wrong with the request, and all that user code raises.

        `attachments` and `outputs` are None where the dialect has no attachments. `place` is the session in which it
        takes place, which has been entered.
        """
        return OPERATIONS[command](self, payload, Live(place or self._nowhere, attachments), outputs)

    def execute(
        self,
        payload: Payload,
        attachments: Optional[List[memoryview]],
        outputs: Optional[Outputs],
        audience: Audience,
        place: Optional[Place] = None,
    ) -> Reply:
        """As `run`, for `execute`: the code shows to the audience what it does. `executor.enter` comes before it."""
        place = place or self._nowhere
        source = payload.get("code")
        if type(source) is not str:
            source = fields.text(payload, "code")
        names = fields.names(payload, "locals", Live(place, attachments))
        value, shown = self.executor.run(source, place, names, audience)
        return {**result(value, place, outputs, shown), "repr": shown}

    def answer(
        self,
        command: str,
        payload: Payload,
        attachments: Optional[List[memoryview]] = None,
        outputs: Optional[Outputs] = None,
        audience: Optional[Audience] = None,
        place: Optional[Place] = None,
    ) -> Reply:
        """As `run`, or `execute` where there is an audience, but whatever goes wrong is the reply."""
        try:
            if audience is not None:
                return self.execute(payload, attachments, outputs, audience, place)
            return self.run(command, payload, attachments, outputs, place)
        except BaseException as error:
            return failure(error).fields()

    def _import(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        name = fields.text(payload, "moduleName")
        if name.startswith("."):
            raise bad_request("moduleName must be absolute: there is no package to start from")
        handle_id = live.place.handles.add(modules.import_module(name))
        return {"handleId": handle_id, "typeName": "module", "isHandle": True, "moduleName": name}

    def _create(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        if payload.get("moduleHandleId") is not None:
            module = live.place.handles.get(payload["moduleHandleId"], "moduleHandleId")
        elif payload.get("moduleName") is not None:
            module = modules.import_module(fields.text(payload, "moduleName"))
        else:
            raise bad_request("create needs a moduleHandleId or a moduleName")
        kind = module
        name = fields.text(payload, "className")
        args, kwargs = fields.arguments(payload, live), fields.names(payload, "kwargs", live)
        for part in name.split("."):
            kind = getattr(kind, part)
        return handle(kind(*args, **kwargs), live.place)

    def _call(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        target = live.place.handles.get(payload.get("handleId"))
        name = fields.text(payload, "methodName")
        args, kwargs = fields.arguments(payload, live), fields.names(payload, "kwargs", live)
        return result(getattr(target, name)(*args, **kwargs), live.place, outputs)

    def _getattr(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        target = live.place.handles.get(payload.get("handleId"))
        return result(getattr(target, fields.text(payload, "attributeName")), live.place, outputs)

    def _setattr(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        target = live.place.handles.get(payload.get("handleId"))
        setattr(target, fields.text(payload, "attributeName"), live.value(payload.get("value")))
        return {"success": True}

    def _eval(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        source = payload.get("expression")
        if type(source) is not str:
            source = fields.text(payload, "expression")
        names = fields.names(payload, "locals", live)
        place = live.place
        return result(run_compiled(self._sources.get(source), place.scope(names)), place, outputs)

    def _dispose(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        live.place.handles.dispose(fields.text(payload, "handleId"))
        return {"success": True}

    def _floats(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        return {"data": float_array(live.place.handles.get(payload.get("handleId")), outputs, False)}

    def _floats_2d(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        return {"data": float_array(live.place.handles.get(payload.get("handleId")), outputs, True)}

    def _array(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        from .arrays import array_form

        return {"data": array_form(live.place.handles.get(payload.get("handleId")), outputs)}

    def _table(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        from .tables import table_form

        return {"data": table_form(live.place.handles.get(payload.get("handleId")), outputs)}

    def _module_available(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        return {"available": modules.is_available(fields.text(payload, "moduleName"))}

    def _wrap(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        return handle(live.value(payload.get("value")), live.place)

    def _handles_list(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        limit = payload.get("limit")
        if limit is not None and (type(limit) is not int or limit < 0):
            raise bad_request("limit must be a number of handles")
        handles = live.place.handles
        shown = handles.first(MOST_LISTED if limit is None else min(limit, MOST_LISTED))
        return {"handles": [{"handleId": key, **facts(value, None)} for key, value in shown], "count": len(handles)}

    def _session_reset(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        self.sessions.get(payload.get("sessionId")).reset()
        return {"success": True}

    def _session_close(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        return {"success": self.sessions.close(payload.get("sessionId"))}


OPERATIONS: Dict[str, Callable[[Engine, Payload, Live, Optional[Outputs]], Reply]] = {
    "import": Engine._import,
    "create": Engine._create,
    "call": Engine._call,
    "getattr": Engine._getattr,
    "setattr": Engine._setattr,
    "eval": Engine._eval,
    "dispose": Engine._dispose,
    "tofloatarray": Engine._floats,
    "tofloatarray2d": Engine._floats_2d,
    "toarray": Engine._array,
    "totable": Engine._table,
    "module_available": Engine._module_available,
    "wrap": Engine._wrap,
    "handles_list": Engine._handles_list,
    "session_reset": Engine._session_reset,
    "session_close": Engine._session_close,
}
