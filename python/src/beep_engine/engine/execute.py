"""The operation `execute`: runs a block whose output, displays and questions reach the caller while it runs."""

import _ast
from typing import Any, Dict, Optional, Tuple

from ..faults import Fault
from .audience import Audience
from .blocks import compile_block
from .console import Console
from .displays import PLAIN, forms_of, rich_forms
from .evaluate import Compiled, Sources, run_compiled
from .failures import failure
from .late_patches import LatePatches
from .long_repr import long_repr
from .pictures import OpenFigures, is_figure
from .place import Place

CO_COROUTINE = 0x80


class Executor:
    """`enter` and `leave` surround `run`; during those two, no interrupt may raise in the calling thread."""

    def __init__(self) -> None:
        patches = LatePatches()
        self._sources = Sources("execute", _compile)
        self._console = Console(patches)
        self._figures = OpenFigures(patches, forms_of, self._show, lambda: self._console.audience() is not None)

    def enter(self, audience: Audience, owner: object) -> None:
        self._console.enter(audience, owner)
        self._figures.begin()

    def leave(self) -> None:
        self._console.leave()
        self._figures.close_all()

    def leave_after_fork(self) -> None:
        """In a child that the code has forked: it has no caller, and prints where the process does."""
        self._console.forget_audience()

    def run(self, source: str, place: Place, names: Dict[str, Any], audience: Audience) -> Tuple[Any, str]:
        """The value of the last expression, and its repr. Whatever is raised becomes a Fault that tells the line."""
        filename = None
        try:
            compiled = self._sources.get(source)
            filename = compiled.filename
            scope = place.scope(names)
            scope.setdefault("display", self.display)
            value = _run(compiled, scope, place, audience)
        except BaseException as error:
            fault = _located(error, filename or self._sources.last_filename)
            if not isinstance(error, KeyboardInterrupt):
                self._figures.show_all()
            try:
                raise fault from None
            finally:
                # Its traceback holds this frame: a cycle would keep all that the code has left until a collection.
                del fault
        shown = long_repr(value)
        # Whatever else the result can show itself as.
        self._figures.take(value)
        forms = rich_forms(value)
        if forms:
            audience.show({PLAIN: shown, **forms}, True)
        self._figures.show_all()
        return value, shown

    def display(self, *objects: Any) -> None:
        """What the code finds as `display`."""
        for item in objects:
            forms = forms_of(item)
            if is_figure(item):
                self._figures.displayed(forms)
            self._show(forms)

    def _show(self, forms: Dict[str, str]) -> None:
        audience = self._console.audience()
        if audience is None:
            print(forms[PLAIN])
        else:
            audience.show(forms, False)


def _compile(source: str, filename: str) -> Compiled:
    return compile_block(source, filename, _ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _awaits(code: Any) -> bool:
    return code is not None and bool(code.co_flags & CO_COROUTINE)


def _run(compiled: Compiled, scope: Dict[str, Any], place: Place, audience: Audience) -> Any:
    if _awaits(compiled.body) or _awaits(compiled.result):
        # Not before: asyncio takes its time to import.
        from .awaiting import run_awaiting

        return run_awaiting(place, lambda: _run_awaiting(compiled, scope), audience)
    return run_compiled(compiled, scope)


async def _run_awaiting(compiled: Compiled, scope: Dict[str, Any]) -> Any:
    value = None
    for code in (compiled.body, compiled.result):
        if code is not None:
            value = eval(code, scope)
            if _awaits(code):
                value = await value
    return value if compiled.result is not None else None


def _located(error: BaseException, filename: str) -> Fault:
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next
    # Without what lies before the code: our frames, and those of an event loop.
    fault = failure(error.with_traceback(trace) if trace is not None else error)
    line = _line_in(error, filename)
    if line is not None:
        fault.details = {**(fault.details or {}), "line": line}
    return fault


def _line_in(error: BaseException, filename: str) -> Optional[int]:
    """Where in the caller's code it was raised, or the line that is no Python."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
