"""Objects that stay in Python on the other side, and values on their way there and back."""

import base64
import sys
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from beep_engine.engine.live import Live
from beep_engine.engine.place import Place
from beep_engine.engine.plain import RESERVED_KEYS, NotPlain, plain
from beep_engine.wire.dtypes import width_of

if TYPE_CHECKING:
    from ._client import Client


class Handle:
    """An object in the server. It may be an argument like any other value, and is let go of by `dispose`, or `with`."""

    def __init__(self, client: "Client", fields: Dict[str, Any]) -> None:
        self._client = client
        self.id: str = fields["handleId"]
        self.type_name: str = fields["typeName"]
        self.repr: str = fields.get("repr", "")
        self.shape: Optional[List[int]] = fields.get("shape")
        self.dtype: Optional[str] = fields.get("dtype")

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """What a method of it gives, or a function of a module: a value, or a Handle."""
        return self._client.call(self, method, *args, **kwargs)

    def get(self, attribute: str) -> Any:
        """The value of an attribute, or a Handle."""
        return self._client.get_attribute(self, attribute)

    def dispose(self) -> None:
        self._client.dispose(self)

    def __enter__(self) -> "Handle":
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def __repr__(self) -> str:
        return f"<Handle {self.id} of {self.type_name}: {self.repr}>"


def to_wire(value: Any) -> Any:
    """The wire's form of an argument (docs/wire.md §3). Raises TypeError for what has none."""
    if isinstance(value, Handle):
        return {"handleId": value.id}
    if type(value) is list:
        return [to_wire(one) for one in value]
    if type(value) is dict and all(type(key) is str for key in value) and RESERVED_KEYS.isdisjoint(value):
        return {key: to_wire(one) for key, one in value.items()}
    numpy = sys.modules.get("numpy")
    if numpy is not None and type(value) is numpy.ndarray:
        data = numpy.ascontiguousarray(value).astype(value.dtype.newbyteorder("<"), copy=False)
        # The name says no order of bytes: on the wire there is one.
        if width_of(data.dtype.name) is None:
            raise TypeError(f"an array of {value.dtype} cannot be sent: send its `.tolist()`, or keep it in the server")
        encoded = base64.b64encode(data.tobytes()).decode()
        return {"$type": "array", "base64": encoded, "dtype": data.dtype.name, "shape": list(value.shape)}
    try:
        return plain(value, None)
    except NotPlain:
        hint = "send what it is made of, or keep such objects in the server"
        raise TypeError(f"a {type(value).__qualname__} cannot be sent: {hint}") from None


_NOWHERE: Any = None


def from_wire(form: Any, attachments: Optional[List[memoryview]]) -> Any:
    """The Python value of the wire's form of a result."""
    place: Place = _NOWHERE
    return Live(place, attachments if attachments is not None else []).value(form)
