"""The files that code run by `execute` finds as sys.stdout, sys.stderr and sys.stdin."""

import codecs
import io
from typing import Any, Callable, Optional

from .audience import Audience

# Gives the audience of the thread that asks; None where the process's own file is meant.
Find = Callable[[], Optional[Audience]]


class ShownText(io.TextIOBase):
    """sys.stdout or sys.stderr. It outlives its run, because code keeps files: then it leads to the process's own."""

    encoding = "utf-8"
    errors = "backslashreplace"
    newlines = None
    line_buffering = True
    write_through = False
    mode = "w"

    def __init__(self, name: str, find: Find, own: Any) -> None:
        self.name = f"<{name}>"
        self.buffer = _ShownBytes(self)
        self._stream = name
        self._find = find
        self._own = own

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        audience = self._find()
        if audience is not None:
            audience.show_text(self._stream, str(text))
        elif self._own is not None:
            self._own.write(text)
        return len(text)

    def flush(self) -> None:
        audience = self._find()
        if audience is not None:
            audience.flush()
        elif self._own is not None:
            self._own.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        """What is written there by a child, or by native code, goes to the server's log."""
        if self._own is None:
            raise io.UnsupportedOperation("fileno")
        return int(self._own.fileno())

    def reconfigure(self, **_: Any) -> None:
        """There is nothing to set: text goes out as text."""

    def close(self) -> None:
        """It belongs to the worker."""

    def detach(self) -> Any:
        raise io.UnsupportedOperation("detach")


class _ShownBytes(io.BufferedIOBase):
    """The `buffer` of a ShownText: bytes are shown as the UTF-8 text that they are."""

    def __init__(self, text: ShownText) -> None:
        self.raw = self
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: Any) -> int:
        data = bytes(data)
        self._text.write(self._decoder.decode(data))
        return len(data)

    def flush(self) -> None:
        self._text.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._text.fileno()

    def close(self) -> None:
        """It belongs to the worker."""

    def detach(self) -> Any:
        raise io.UnsupportedOperation("detach")


class AskedText(io.TextIOBase):
    """sys.stdin: each line that is read, and was not there yet, is asked for."""

    encoding = "utf-8"
    errors = "strict"
    newlines = None
    line_buffering = False
    name = "<stdin>"
    mode = "r"

    def __init__(self, find: Find, own: Any) -> None:
        self._find = find
        self._own = own
        self._rest = ""

    def forget(self) -> None:
        """What an answer had beyond its first line is not for the next run."""
        self._rest = ""

    def line(self, prompt: str, password: bool) -> str:
        """One line with its end; empty when the caller gives no more."""
        audience = self._find()
        if audience is None:
            return str(self._own.readline()) if self._own is not None else ""
        if not self._rest:
            text = audience.ask(prompt, password)
            if text is None:
                return ""
            self._rest = text + "\n"
        elif prompt:
            audience.show_text("stdout", prompt)
        line, end, self._rest = self._rest.partition("\n")
        return line + end

    def readline(self, size: Optional[int] = -1) -> str:  # type: ignore[override]
        line = self.line("", False)
        if size is None or size < 0 or size >= len(line):
            return line
        self._rest = line[size:] + self._rest
        return line[:size]

    def read(self, size: Optional[int] = -1) -> str:
        if size is not None and size >= 0:
            return self.readline(size)
        return "".join(iter(self.readline, ""))

    def readable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        if self._own is None:
            raise io.UnsupportedOperation("fileno")
        return int(self._own.fileno())

    def close(self) -> None:
        """It belongs to the worker."""
