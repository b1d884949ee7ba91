"""Shapes of the replies, for the OpenAPI description only: nothing is validated against them while serving."""

from typing import Any, Dict, List, Literal, Optional

from pydantic import BaseModel, Field


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
