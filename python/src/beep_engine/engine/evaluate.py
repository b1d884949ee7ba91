"""Runs an expression, or a block whose last expression is the result."""

from types import CodeType
from typing import Any, Callable, Dict, NamedTuple, Optional

# What the cache of compiled sources may hold; the oldest goes first.
MAX_SOURCES = 512
MAX_CHARACTERS = 8 * 1024 * 1024


class Compiled(NamedTuple):
    filename: str
    body: Optional[CodeType]
    result: Optional[CodeType]


# Source and file name to code; raises SyntaxError and what else compile() raises.
Compiler = Callable[[str, str], Compiled]


class Sources:
    """Compiled code by its source. Each source has a file name of its own, under which tracebacks find its lines."""

    def __init__(self, kind: str = "eval", compiler: Optional[Compiler] = None) -> None:
        self._kind = kind
        self._compiler = compiler or compile_source
        self._compiled: Dict[str, Compiled] = {}
        self._characters = 0
        self._last = 0
        self._failed = ""

    @property
    def last_filename(self) -> str:
        """What the source was called that came last: the one that has just failed to compile."""
        return f"<{self._kind}-{self._last}>"

    def get(self, source: str) -> Compiled:
        return self._compiled.get(source) or self._add(source)

    def _add(self, source: str) -> Compiled:
        self._last += 1
        filename = self.last_filename
        # The lines of what did not compile were kept for its traceback.
        lines = _kept_lines()
        lines.pop(self._failed, None)
        self._failed = filename
        # Before compiling: a SyntaxError shows its line too. The missing mtime keeps checkcache from dropping it.
        lines[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        compiled = self._compiled[source] = self._compiler(source, filename)
        self._failed = ""
        self._characters += len(source)
        while len(self._compiled) > MAX_SOURCES or self._characters > MAX_CHARACTERS:
            self._forget(next(iter(self._compiled)))
        return compiled

    def _forget(self, source: str) -> None:
        self._characters -= len(source)
        _kept_lines().pop(self._compiled.pop(source).filename, None)


def compile_source(source: str, filename: str) -> Compiled:
    """Raises SyntaxError and what else compile() raises."""
    try:
        return Compiled(filename, None, compile(source, filename, "eval", dont_inherit=True))
    except SyntaxError:
        pass
    from .blocks import compile_block

    return compile_block(source, filename)


def _kept_lines() -> Dict[str, Any]:
    """Where tracebacks look for the lines of what has no file."""
    from .tracebacks import linecache

    return linecache.cache


def run_compiled(compiled: Compiled, scope: Dict[str, Any]) -> Any:
    """One dict is both globals and locals, so that comprehensions, lambdas and functions see every name."""
    if compiled.body is not None:
        exec(compiled.body, scope)
    return eval(compiled.result, scope) if compiled.result is not None else None
