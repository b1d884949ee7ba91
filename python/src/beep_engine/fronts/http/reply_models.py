"""Shapes of the replies, for the OpenAPI description only: nothing is validated against them while serving."""

from typing import Any, Dict, List, Literal, Optional, Tuple, Type

from pydantic import BaseModel, Field

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


class Health(BaseModel):
    status: Literal["ok"]
    protocol: int
    pid: int
    python: str
    epoch: int
    worker: Optional[int] = None
    workers: Optional[int] = None
    siblings: Optional[List[str]] = None


class ModuleHandle(BaseModel):
    handleId: str
    typeName: Literal["module"]
    isHandle: Literal[True]
    moduleName: str


class Handle(BaseModel):
    handleId: str
    typeName: str
    isHandle: Literal[True]
    repr: str
    shape: Optional[List[int]] = None
    dtype: Optional[str] = None


class Value(BaseModel):
    value: Any
    isHandle: Literal[False]
    typeName: str


class ListedHandle(BaseModel):
    handleId: str
    typeName: str
    repr: str
    shape: Optional[List[int]] = None
    dtype: Optional[str] = None


class HandleList(BaseModel):
    handles: List[ListedHandle]
    count: int


class Session(BaseModel):
    sessionId: str
    name: Optional[str]
    ownProcess: bool
    createdAt: str
    workingFolder: Optional[str]
    leaseSeconds: float
    idleSeconds: float
    requests: int
    handles: int
    handleLimit: int
    timeoutSeconds: Optional[float]
    memoryLimitBytes: Optional[int]
    pid: Optional[int] = None
    path: Optional[str] = None


class SessionList(BaseModel):
    sessions: List[Session]


class Latency(BaseModel):
    bounds: List[float]
    counts: List[int]
    totalSeconds: float


class ServerProcess(BaseModel):
    role: Literal["pool", "worker", "session"]
    pid: int
    worker: Optional[int] = None
    sessionId: Optional[str] = None
    cpuSeconds: Optional[float] = None
    memoryBytes: Optional[int] = None


class EachWorker(BaseModel):
    worker: int
    pid: Optional[int]
    ready: bool
    lost: int
    requests: int
    failed: int
    running: int
    waiting: int
    connections: int
    sessions: int
    handles: int


class Metrics(BaseModel):
    startedAt: str
    requests: int
    errors: Dict[str, int]
    latency: Latency
    running: int
    waiting: int
    queueLimit: int
    connections: int
    workers: int
    workersLost: int
    sessions: int
    handles: int
    processes: List[ServerProcess]
    eachWorker: Optional[List[EachWorker]] = None


class OutputEvent(BaseModel):
    event: Literal["output"]
    stream: Literal["stdout", "stderr"]
    text: str
    cut: Optional[bool] = None


class DisplayEvent(BaseModel):
    event: Literal["display"]
    data: Dict[str, str]
    isResult: Optional[bool] = None


class InputEvent(BaseModel):
    event: Literal["input"]
    prompt: str
    password: bool


class ExecutedValue(Value):
    repr: str
    outputCut: Optional[bool] = None


class ExecutedHandle(Handle):
    outputCut: Optional[bool] = None


class Success(BaseModel):
    success: bool


class Floats(BaseModel):
    data: List[float]


class FloatRows(BaseModel):
    data: List[List[float]]


class ArrayForm(BaseModel):
    type_: Literal["array"] = Field(alias="$type")
    dtype: str
    shape: List[int]
    base64: str


class TableForm(BaseModel):
    type_: Literal["table"] = Field(alias="$type")
    format: Literal["arrow"]
    rows: int
    base64: str


class ArrayReply(BaseModel):
    data: ArrayForm


class TableReply(BaseModel):
    data: TableForm


class Available(BaseModel):
    available: bool


class Failure(BaseModel):
    error: str
    detail: str
    code: str
    message: str
    traceback: Optional[str] = None
    hint: Optional[str] = None
    details: Optional[Dict[str, Any]] = None


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
