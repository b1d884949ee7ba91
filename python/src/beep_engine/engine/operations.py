"""The operations of docs/wire.md §2 on live objects: no sockets, no processes, no threads."""

from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional

from ..faults import bad_request
from . import fields, modules
from .evaluate import Sources, run_compiled
from .failures import failure
from .fields import Payload
from .floats import float_array
from .handles import Handles
from .live import Live
from .names import array_facts, short_repr, type_name
from .outputs import Outputs
from .plain import NotPlain, plain

if TYPE_CHECKING:
    from .audience import Audience
    from .execute import Executor

Reply = Dict[str, Any]


class Engine:
    """Holds the handles. `run` is called by one thread at a time."""

    def __init__(self, epoch: int = 1) -> None:
        self.handles = Handles(epoch)
        self._sources = Sources()
        self._executor: Optional[Executor] = None

    @property
    def executor(self) -> "Executor":
        """What `execute` needs; made when the first one comes."""
        if self._executor is None:
            from .execute import Executor

            self._executor = Executor()
        return self._executor

    def run(
        self,
        command: str,
        payload: Payload,
        attachments: Optional[List[memoryview]] = None,
        outputs: Optional[Outputs] = None,
    ) -> Reply:
        """The fields of the reply. Raises Fault for what is wrong with the request, and all that user code raises.

        `attachments` and `outputs` are None where the dialect has no attachments.
        """
        return OPERATIONS[command](self, payload, Live(self.handles, attachments), outputs)

    def execute(
        self,
        payload: Payload,
        attachments: Optional[List[memoryview]],
        outputs: Optional[Outputs],
        audience: "Audience",
    ) -> Reply:
        """As `run`, for `execute`: the code shows to the audience what it does. `executor.enter` comes before it."""
        source = fields.text(payload, "code")
        names = fields.names(payload, "locals", Live(self.handles, attachments))
        value, shown = self.executor.run(source, names, audience)
        return {**self._result(value, outputs, shown), "repr": shown}

    def answer(
        self,
        command: str,
        payload: Payload,
        attachments: Optional[List[memoryview]] = None,
        outputs: Optional[Outputs] = None,
        audience: Optional["Audience"] = None,
    ) -> Reply:
        """As `run`, or `execute` where there is an audience, but whatever goes wrong is the reply."""
        try:
            if audience is not None:
                return self.execute(payload, attachments, outputs, audience)
            return self.run(command, payload, attachments, outputs)
        except BaseException as error:
            return failure(error).fields()

    def _result(self, value: Any, outputs: Optional[Outputs], shown: Optional[str] = None) -> Reply:
        try:
            form = plain(value, outputs)
        except (NotPlain, RuntimeError):
            # RuntimeError: nested too deeply, or changed by another thread in the meantime.
            return self._handle(value, shown)
        return {"value": form, "isHandle": False, "typeName": type_name(type(value))}

    def _handle(self, value: Any, shown: Optional[str] = None) -> Reply:
        """`shown` is its repr where that is known."""
        if shown is None:
            shown = short_repr(value)
        facts = {"typeName": type_name(type(value)), "repr": shown, **array_facts(value)}
        return {"isHandle": True, "handleId": self.handles.add(value), **facts}

    def _import(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        name = fields.text(payload, "moduleName")
        if name.startswith("."):
            raise bad_request("moduleName must be absolute: there is no package to start from")
        handle_id = self.handles.add(modules.import_module(name))
        return {"handleId": handle_id, "typeName": "module", "isHandle": True, "moduleName": name}

    def _create(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        if payload.get("moduleHandleId") is not None:
            module = self.handles.get(payload["moduleHandleId"], "moduleHandleId")
        elif payload.get("moduleName") is not None:
            module = modules.import_module(fields.text(payload, "moduleName"))
        else:
            raise bad_request("create needs a moduleHandleId or a moduleName")
        kind = module
        name = fields.text(payload, "className")
        args, kwargs = fields.arguments(payload, live), fields.names(payload, "kwargs", live)
        for part in name.split("."):
            kind = getattr(kind, part)
        return self._handle(kind(*args, **kwargs))

    def _call(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        target = self.handles.get(payload.get("handleId"))
        name = fields.text(payload, "methodName")
        args, kwargs = fields.arguments(payload, live), fields.names(payload, "kwargs", live)
        return self._result(getattr(target, name)(*args, **kwargs), outputs)

    def _getattr(self, payload: Payload, _live: Live, outputs: Optional[Outputs]) -> Reply:
        target = self.handles.get(payload.get("handleId"))
        return self._result(getattr(target, fields.text(payload, "attributeName")), outputs)

    def _setattr(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        target = self.handles.get(payload.get("handleId"))
        setattr(target, fields.text(payload, "attributeName"), live.value(payload.get("value")))
        return {"success": True}

    def _eval(self, payload: Payload, live: Live, outputs: Optional[Outputs]) -> Reply:
        source = payload.get("expression")
        if type(source) is not str:
            source = fields.text(payload, "expression")
        names = fields.names(payload, "locals", live)
        return self._result(run_compiled(self._sources.get(source), names), outputs)

    def _dispose(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        self.handles.drop(fields.text(payload, "handleId"))
        return {"success": True}

    def _floats(self, payload: Payload, _live: Live, outputs: Optional[Outputs]) -> Reply:
        return {"data": float_array(self.handles.get(payload.get("handleId")), outputs, False)}

    def _floats_2d(self, payload: Payload, _live: Live, outputs: Optional[Outputs]) -> Reply:
        return {"data": float_array(self.handles.get(payload.get("handleId")), outputs, True)}

    def _module_available(self, payload: Payload, _live: Live, _outputs: Optional[Outputs]) -> Reply:
        return {"available": modules.is_available(fields.text(payload, "moduleName"))}

    def _wrap(self, payload: Payload, live: Live, _outputs: Optional[Outputs]) -> Reply:
        return self._handle(live.value(payload.get("value")))


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
    "module_available": Engine._module_available,
    "wrap": Engine._wrap,
}
