"""The schema of each reply that operations.py names, made of the models of replies."""

from typing import Any, Dict, Tuple, Type

from pydantic import BaseModel

from .host_reply_models import (
    EnvironmentList,
    EnvironmentReply,
    EnvironmentStatus,
    JobList,
    JobReply,
    ProgressEvent,
    RuntimeList,
    RuntimeReply,
    ServerList,
    ServerReply,
)
from .reply_models import (
    ArrayReply,
    Available,
    DisplayEvent,
    ExecutedHandle,
    ExecutedValue,
    Failure,
    FloatRows,
    Floats,
    Handle,
    HandleList,
    Health,
    InputEvent,
    Metrics,
    ModuleHandle,
    OutputEvent,
    Session,
    SessionList,
    Success,
    TableReply,
    Value,
)

# What one line, or one server-sent event, of an `execute` may be; a Failure too.
STREAMED: Tuple[Type[BaseModel], ...] = (OutputEvent, DisplayEvent, InputEvent, ExecutedValue, ExecutedHandle)


ALL: Tuple[Type[BaseModel], ...] = (
    Health,
    ModuleHandle,
    Handle,
    Value,
    Success,
    Floats,
    FloatRows,
    ArrayReply,
    TableReply,
    Available,
    Failure,
    HandleList,
    Session,
    SessionList,
    Metrics,
    EnvironmentReply,
    EnvironmentList,
    EnvironmentStatus,
    RuntimeReply,
    RuntimeList,
    ServerReply,
    ServerList,
    JobReply,
    JobList,
    ProgressEvent,
    *STREAMED,
)

ARRAYS = ("floats", "float_rows", "array")
TABLES = ("table",)
STREAMS = ("execution",)

_BY_REPLY: Dict[str, Tuple[Type[BaseModel], ...]] = {
    "health": (Health,),
    "module": (ModuleHandle,),
    "handle": (Handle,),
    "result": (Value, Handle),
    "success": (Success,),
    "floats": (Floats,),
    "float_rows": (FloatRows,),
    "array": (ArrayReply,),
    "table": (TableReply,),
    "available": (Available,),
    "handles": (HandleList,),
    "session": (Session,),
    "sessions": (SessionList,),
    "metrics": (Metrics,),
    "environment": (EnvironmentReply,),
    "environments": (EnvironmentList,),
    "environment_status": (EnvironmentStatus,),
    "runtime": (RuntimeReply,),
    "runtimes": (RuntimeList,),
    "server": (ServerReply,),
    "servers": (ServerList,),
    "job": (JobReply,),
    "jobs": (JobList,),
    "execution": (*STREAMED, Failure),
}
_BARE: Dict[str, Any] = {
    "floats": {"type": "array", "items": {"type": "number"}},
    "float_rows": {"type": "array", "items": {"type": "array", "items": {"type": "number"}}},
}


def schema_of(reply: str, ref: str, *, bare: bool) -> Dict[str, Any]:
    """The schema of a reply named in operations.py; `bare` for the arrays' form under /api."""
    if bare and reply in _BARE:
        schema: Dict[str, Any] = _BARE[reply]
        return schema
    shapes = [{"$ref": ref + model.__name__} for model in _BY_REPLY[reply]]
    return shapes[0] if len(shapes) == 1 else {"oneOf": shapes}


def progress_schema(reply: str, ref: str) -> Dict[str, Any]:
    """The schema of a line of a stream that tells of progress before that reply."""
    shapes = (ProgressEvent, *_BY_REPLY[reply], Failure)
    return {"oneOf": [{"$ref": ref + model.__name__} for model in shapes]}
