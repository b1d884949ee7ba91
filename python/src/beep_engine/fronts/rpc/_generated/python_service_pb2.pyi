from google.protobuf import any_pb2 as _any_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HealthRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class HealthResponse(_message.Message):
    __slots__ = ("status", "protocol", "pid", "python", "epoch", "worker", "workers")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_FIELD_NUMBER: _ClassVar[int]
    PID_FIELD_NUMBER: _ClassVar[int]
    PYTHON_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    WORKER_FIELD_NUMBER: _ClassVar[int]
    WORKERS_FIELD_NUMBER: _ClassVar[int]
    status: str
    protocol: int
    pid: int
    python: str
    epoch: int
    worker: int
    workers: int
    def __init__(self, status: _Optional[str] = ..., protocol: _Optional[int] = ..., pid: _Optional[int] = ..., python: _Optional[str] = ..., epoch: _Optional[int] = ..., worker: _Optional[int] = ..., workers: _Optional[int] = ...) -> None: ...

class HandleResult(_message.Message):
    __slots__ = ("handle_id", "type_name", "repr", "shape", "dtype", "module_name")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    REPR_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    MODULE_NAME_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    type_name: str
    repr: str
    shape: _containers.RepeatedScalarFieldContainer[int]
    dtype: str
    module_name: str
    def __init__(self, handle_id: _Optional[str] = ..., type_name: _Optional[str] = ..., repr: _Optional[str] = ..., shape: _Optional[_Iterable[int]] = ..., dtype: _Optional[str] = ..., module_name: _Optional[str] = ...) -> None: ...

class ImportModuleRequest(_message.Message):
    __slots__ = ("module_name", "session_id", "request_id", "timeout_seconds")
    MODULE_NAME_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    module_name: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, module_name: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ImportModuleResponse(_message.Message):
    __slots__ = ("handle_id", "type_name", "module_name")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    MODULE_NAME_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    type_name: str
    module_name: str
    def __init__(self, handle_id: _Optional[str] = ..., type_name: _Optional[str] = ..., module_name: _Optional[str] = ...) -> None: ...

class CreateObjectRequest(_message.Message):
    __slots__ = ("module_handle_id", "class_name", "args_json", "kwargs_json", "module_name", "attachments", "session_id", "request_id", "timeout_seconds")
    MODULE_HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    CLASS_NAME_FIELD_NUMBER: _ClassVar[int]
    ARGS_JSON_FIELD_NUMBER: _ClassVar[int]
    KWARGS_JSON_FIELD_NUMBER: _ClassVar[int]
    MODULE_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    module_handle_id: str
    class_name: str
    args_json: str
    kwargs_json: str
    module_name: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, module_handle_id: _Optional[str] = ..., class_name: _Optional[str] = ..., args_json: _Optional[str] = ..., kwargs_json: _Optional[str] = ..., module_name: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class CreateObjectResponse(_message.Message):
    __slots__ = ("handle_id", "type_name", "repr", "shape", "dtype")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    REPR_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    type_name: str
    repr: str
    shape: _containers.RepeatedScalarFieldContainer[int]
    dtype: str
    def __init__(self, handle_id: _Optional[str] = ..., type_name: _Optional[str] = ..., repr: _Optional[str] = ..., shape: _Optional[_Iterable[int]] = ..., dtype: _Optional[str] = ...) -> None: ...

class CallMethodRequest(_message.Message):
    __slots__ = ("handle_id", "method_name", "args_json", "kwargs_json", "attachments", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    METHOD_NAME_FIELD_NUMBER: _ClassVar[int]
    ARGS_JSON_FIELD_NUMBER: _ClassVar[int]
    KWARGS_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    method_name: str
    args_json: str
    kwargs_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., method_name: _Optional[str] = ..., args_json: _Optional[str] = ..., kwargs_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class CallMethodResponse(_message.Message):
    __slots__ = ("value_json", "handle", "type_name", "attachments")
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    value_json: str
    handle: HandleResult
    type_name: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, value_json: _Optional[str] = ..., handle: _Optional[_Union[HandleResult, _Mapping]] = ..., type_name: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class GetAttributeRequest(_message.Message):
    __slots__ = ("handle_id", "attribute_name", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_NAME_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    attribute_name: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., attribute_name: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class GetAttributeResponse(_message.Message):
    __slots__ = ("value_json", "handle", "type_name", "attachments")
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    value_json: str
    handle: HandleResult
    type_name: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, value_json: _Optional[str] = ..., handle: _Optional[_Union[HandleResult, _Mapping]] = ..., type_name: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class SetAttributeRequest(_message.Message):
    __slots__ = ("handle_id", "attribute_name", "value_json", "attachments", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    attribute_name: str
    value_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., attribute_name: _Optional[str] = ..., value_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class SetAttributeResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class EvaluateRequest(_message.Message):
    __slots__ = ("expression", "locals_json", "attachments", "session_id", "request_id", "timeout_seconds")
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    LOCALS_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    expression: str
    locals_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, expression: _Optional[str] = ..., locals_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class EvaluateResponse(_message.Message):
    __slots__ = ("value_json", "handle", "type_name", "attachments")
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    value_json: str
    handle: HandleResult
    type_name: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, value_json: _Optional[str] = ..., handle: _Optional[_Union[HandleResult, _Mapping]] = ..., type_name: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class DisposeHandleRequest(_message.Message):
    __slots__ = ("handle_id", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class DisposeHandleResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class ToFloatArrayRequest(_message.Message):
    __slots__ = ("handle_id", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ToFloatArrayResponse(_message.Message):
    __slots__ = ("data",)
    DATA_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, data: _Optional[_Iterable[float]] = ...) -> None: ...

class ToFloatArray2DRequest(_message.Message):
    __slots__ = ("handle_id", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ToFloatArray2DResponse(_message.Message):
    __slots__ = ("data",)
    DATA_FIELD_NUMBER: _ClassVar[int]
    data: _containers.RepeatedCompositeFieldContainer[FloatArray]
    def __init__(self, data: _Optional[_Iterable[_Union[FloatArray, _Mapping]]] = ...) -> None: ...

class FloatArray(_message.Message):
    __slots__ = ("values",)
    VALUES_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, values: _Optional[_Iterable[float]] = ...) -> None: ...

class IsModuleAvailableRequest(_message.Message):
    __slots__ = ("module_name", "session_id", "request_id", "timeout_seconds")
    MODULE_NAME_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    module_name: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, module_name: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class IsModuleAvailableResponse(_message.Message):
    __slots__ = ("available",)
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    available: bool
    def __init__(self, available: bool = ...) -> None: ...

class WrapValueRequest(_message.Message):
    __slots__ = ("value_json", "attachments", "session_id", "request_id", "timeout_seconds")
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    value_json: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, value_json: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class WrapValueResponse(_message.Message):
    __slots__ = ("handle_id", "type_name", "repr", "shape", "dtype")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    REPR_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    type_name: str
    repr: str
    shape: _containers.RepeatedScalarFieldContainer[int]
    dtype: str
    def __init__(self, handle_id: _Optional[str] = ..., type_name: _Optional[str] = ..., repr: _Optional[str] = ..., shape: _Optional[_Iterable[int]] = ..., dtype: _Optional[str] = ...) -> None: ...

class ExecuteRequest(_message.Message):
    __slots__ = ("code", "locals_json", "output_limit", "allow_input", "request_id", "attachments", "session_id", "timeout_seconds")
    CODE_FIELD_NUMBER: _ClassVar[int]
    LOCALS_JSON_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    ALLOW_INPUT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    code: str
    locals_json: str
    output_limit: int
    allow_input: bool
    request_id: str
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    session_id: str
    timeout_seconds: float
    def __init__(self, code: _Optional[str] = ..., locals_json: _Optional[str] = ..., output_limit: _Optional[int] = ..., allow_input: bool = ..., request_id: _Optional[str] = ..., attachments: _Optional[_Iterable[bytes]] = ..., session_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ExecuteEvent(_message.Message):
    __slots__ = ("output", "display", "input", "result")
    OUTPUT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_FIELD_NUMBER: _ClassVar[int]
    INPUT_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    output: OutputEvent
    display: DisplayEvent
    input: InputEvent
    result: ExecuteResult
    def __init__(self, output: _Optional[_Union[OutputEvent, _Mapping]] = ..., display: _Optional[_Union[DisplayEvent, _Mapping]] = ..., input: _Optional[_Union[InputEvent, _Mapping]] = ..., result: _Optional[_Union[ExecuteResult, _Mapping]] = ...) -> None: ...

class OutputEvent(_message.Message):
    __slots__ = ("stream", "text", "cut")
    STREAM_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CUT_FIELD_NUMBER: _ClassVar[int]
    stream: str
    text: str
    cut: bool
    def __init__(self, stream: _Optional[str] = ..., text: _Optional[str] = ..., cut: bool = ...) -> None: ...

class DisplayEvent(_message.Message):
    __slots__ = ("forms", "is_result")
    FORMS_FIELD_NUMBER: _ClassVar[int]
    IS_RESULT_FIELD_NUMBER: _ClassVar[int]
    forms: _containers.RepeatedCompositeFieldContainer[DisplayForm]
    is_result: bool
    def __init__(self, forms: _Optional[_Iterable[_Union[DisplayForm, _Mapping]]] = ..., is_result: bool = ...) -> None: ...

class DisplayForm(_message.Message):
    __slots__ = ("media_type", "text", "data")
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    media_type: str
    text: str
    data: bytes
    def __init__(self, media_type: _Optional[str] = ..., text: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...

class InputEvent(_message.Message):
    __slots__ = ("prompt", "password")
    PROMPT_FIELD_NUMBER: _ClassVar[int]
    PASSWORD_FIELD_NUMBER: _ClassVar[int]
    prompt: str
    password: bool
    def __init__(self, prompt: _Optional[str] = ..., password: bool = ...) -> None: ...

class ExecuteResult(_message.Message):
    __slots__ = ("value_json", "handle", "type_name", "repr", "output_cut", "attachments")
    VALUE_JSON_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    TYPE_NAME_FIELD_NUMBER: _ClassVar[int]
    REPR_FIELD_NUMBER: _ClassVar[int]
    OUTPUT_CUT_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    value_json: str
    handle: HandleResult
    type_name: str
    repr: str
    output_cut: bool
    attachments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, value_json: _Optional[str] = ..., handle: _Optional[_Union[HandleResult, _Mapping]] = ..., type_name: _Optional[str] = ..., repr: _Optional[str] = ..., output_cut: bool = ..., attachments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class AnswerInputRequest(_message.Message):
    __slots__ = ("request_id", "text", "eof")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EOF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    text: str
    eof: bool
    def __init__(self, request_id: _Optional[str] = ..., text: _Optional[str] = ..., eof: bool = ...) -> None: ...

class AnswerInputResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class GetArrayRequest(_message.Message):
    __slots__ = ("handle_id", "two_dimensional", "own_dtype", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    TWO_DIMENSIONAL_FIELD_NUMBER: _ClassVar[int]
    OWN_DTYPE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    two_dimensional: bool
    own_dtype: bool
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., two_dimensional: bool = ..., own_dtype: bool = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ArrayChunk(_message.Message):
    __slots__ = ("dtype", "shape", "data", "session_id", "request_id")
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    dtype: str
    shape: _containers.RepeatedScalarFieldContainer[int]
    data: bytes
    session_id: str
    request_id: str
    def __init__(self, dtype: _Optional[str] = ..., shape: _Optional[_Iterable[int]] = ..., data: _Optional[bytes] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class GetTableRequest(_message.Message):
    __slots__ = ("handle_id", "session_id", "request_id", "timeout_seconds")
    HANDLE_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    handle_id: str
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, handle_id: _Optional[str] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class TableChunk(_message.Message):
    __slots__ = ("data", "rows", "session_id", "request_id")
    DATA_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    rows: int
    session_id: str
    request_id: str
    def __init__(self, data: _Optional[bytes] = ..., rows: _Optional[int] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CancelRequest(_message.Message):
    __slots__ = ("request_id", "grace_seconds")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    GRACE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    grace_seconds: float
    def __init__(self, request_id: _Optional[str] = ..., grace_seconds: _Optional[float] = ...) -> None: ...

class CancelResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class InterruptRequest(_message.Message):
    __slots__ = ("request_id", "session_id", "grace_seconds")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    GRACE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    session_id: str
    grace_seconds: float
    def __init__(self, request_id: _Optional[str] = ..., session_id: _Optional[str] = ..., grace_seconds: _Optional[float] = ...) -> None: ...

class InterruptResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class ListHandlesRequest(_message.Message):
    __slots__ = ("limit", "session_id", "request_id", "timeout_seconds")
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    limit: int
    session_id: str
    request_id: str
    timeout_seconds: float
    def __init__(self, limit: _Optional[int] = ..., session_id: _Optional[str] = ..., request_id: _Optional[str] = ..., timeout_seconds: _Optional[float] = ...) -> None: ...

class ListHandlesResponse(_message.Message):
    __slots__ = ("handles", "count")
    HANDLES_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    handles: _containers.RepeatedCompositeFieldContainer[HandleResult]
    count: int
    def __init__(self, handles: _Optional[_Iterable[_Union[HandleResult, _Mapping]]] = ..., count: _Optional[int] = ...) -> None: ...

class OpenSessionRequest(_message.Message):
    __slots__ = ("name", "working_folder", "environment_variables", "lease_seconds", "handle_limit", "timeout_seconds", "own_process", "memory_limit_bytes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORKING_FOLDER_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_VARIABLES_FIELD_NUMBER: _ClassVar[int]
    LEASE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    HANDLE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    OWN_PROCESS_FIELD_NUMBER: _ClassVar[int]
    MEMORY_LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    working_folder: str
    environment_variables: _containers.RepeatedCompositeFieldContainer[EnvironmentVariable]
    lease_seconds: float
    handle_limit: int
    timeout_seconds: float
    own_process: bool
    memory_limit_bytes: int
    def __init__(self, name: _Optional[str] = ..., working_folder: _Optional[str] = ..., environment_variables: _Optional[_Iterable[_Union[EnvironmentVariable, _Mapping]]] = ..., lease_seconds: _Optional[float] = ..., handle_limit: _Optional[int] = ..., timeout_seconds: _Optional[float] = ..., own_process: bool = ..., memory_limit_bytes: _Optional[int] = ...) -> None: ...

class EnvironmentVariable(_message.Message):
    __slots__ = ("name", "value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: str
    def __init__(self, name: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...

class Session(_message.Message):
    __slots__ = ("session_id", "name", "own_process", "created_at", "working_folder", "lease_seconds", "idle_seconds", "requests", "handles", "handle_limit", "timeout_seconds", "memory_limit_bytes", "pid", "path")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OWN_PROCESS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    WORKING_FOLDER_FIELD_NUMBER: _ClassVar[int]
    LEASE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    IDLE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    HANDLES_FIELD_NUMBER: _ClassVar[int]
    HANDLE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    MEMORY_LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    PID_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    name: str
    own_process: bool
    created_at: str
    working_folder: str
    lease_seconds: float
    idle_seconds: float
    requests: int
    handles: int
    handle_limit: int
    timeout_seconds: float
    memory_limit_bytes: int
    pid: int
    path: str
    def __init__(self, session_id: _Optional[str] = ..., name: _Optional[str] = ..., own_process: bool = ..., created_at: _Optional[str] = ..., working_folder: _Optional[str] = ..., lease_seconds: _Optional[float] = ..., idle_seconds: _Optional[float] = ..., requests: _Optional[int] = ..., handles: _Optional[int] = ..., handle_limit: _Optional[int] = ..., timeout_seconds: _Optional[float] = ..., memory_limit_bytes: _Optional[int] = ..., pid: _Optional[int] = ..., path: _Optional[str] = ...) -> None: ...

class ListSessionsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListSessionsResponse(_message.Message):
    __slots__ = ("sessions",)
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    sessions: _containers.RepeatedCompositeFieldContainer[Session]
    def __init__(self, sessions: _Optional[_Iterable[_Union[Session, _Mapping]]] = ...) -> None: ...

class HeartbeatRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class ResetSessionRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class ResetSessionResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class CloseSessionRequest(_message.Message):
    __slots__ = ("session_id",)
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    def __init__(self, session_id: _Optional[str] = ...) -> None: ...

class CloseSessionResponse(_message.Message):
    __slots__ = ("success",)
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    success: bool
    def __init__(self, success: bool = ...) -> None: ...

class CallError(_message.Message):
    __slots__ = ("code", "message", "traceback", "hint", "details_json", "shortened")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    TRACEBACK_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    DETAILS_JSON_FIELD_NUMBER: _ClassVar[int]
    SHORTENED_FIELD_NUMBER: _ClassVar[int]
    code: str
    message: str
    traceback: str
    hint: str
    details_json: str
    shortened: bool
    def __init__(self, code: _Optional[str] = ..., message: _Optional[str] = ..., traceback: _Optional[str] = ..., hint: _Optional[str] = ..., details_json: _Optional[str] = ..., shortened: bool = ...) -> None: ...

class CallStatus(_message.Message):
    __slots__ = ("code", "message", "details")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    code: int
    message: str
    details: _containers.RepeatedCompositeFieldContainer[_any_pb2.Any]
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., details: _Optional[_Iterable[_Union[_any_pb2.Any, _Mapping]]] = ...) -> None: ...

class EnsureVenvRequest(_message.Message):
    __slots__ = ("provider_name", "model_id", "request_id")
    PROVIDER_NAME_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    provider_name: str
    model_id: str
    request_id: str
    def __init__(self, provider_name: _Optional[str] = ..., model_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateVenvRequest(_message.Message):
    __slots__ = ("provider_name", "model_id", "name", "packages", "request_id")
    PROVIDER_NAME_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    provider_name: str
    model_id: str
    name: str
    packages: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, provider_name: _Optional[str] = ..., model_id: _Optional[str] = ..., name: _Optional[str] = ..., packages: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteVenvRequest(_message.Message):
    __slots__ = ("venv_path", "name", "provider_name", "model_id", "permanent", "request_id")
    VENV_PATH_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_NAME_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    PERMANENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    venv_path: str
    name: str
    provider_name: str
    model_id: str
    permanent: bool
    request_id: str
    def __init__(self, venv_path: _Optional[str] = ..., name: _Optional[str] = ..., provider_name: _Optional[str] = ..., model_id: _Optional[str] = ..., permanent: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteVenvResponse(_message.Message):
    __slots__ = ("success", "path")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    success: bool
    path: str
    def __init__(self, success: bool = ..., path: _Optional[str] = ...) -> None: ...

class ListVenvsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListVenvsResponse(_message.Message):
    __slots__ = ("environments",)
    ENVIRONMENTS_FIELD_NUMBER: _ClassVar[int]
    environments: _containers.RepeatedCompositeFieldContainer[Venv]
    def __init__(self, environments: _Optional[_Iterable[_Union[Venv, _Mapping]]] = ...) -> None: ...

class InstallPackagesRequest(_message.Message):
    __slots__ = ("venv_path", "name", "provider_name", "model_id", "packages", "request_id")
    VENV_PATH_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_NAME_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    venv_path: str
    name: str
    provider_name: str
    model_id: str
    packages: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, venv_path: _Optional[str] = ..., name: _Optional[str] = ..., provider_name: _Optional[str] = ..., model_id: _Optional[str] = ..., packages: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class GetVenvStatusRequest(_message.Message):
    __slots__ = ("venv_path", "name", "provider_name", "model_id")
    VENV_PATH_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_NAME_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    venv_path: str
    name: str
    provider_name: str
    model_id: str
    def __init__(self, venv_path: _Optional[str] = ..., name: _Optional[str] = ..., provider_name: _Optional[str] = ..., model_id: _Optional[str] = ...) -> None: ...

class Venv(_message.Message):
    __slots__ = ("success", "path", "name", "executable", "python", "state", "requirements", "used_by", "size_bytes", "packages")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXECUTABLE_FIELD_NUMBER: _ClassVar[int]
    PYTHON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REQUIREMENTS_FIELD_NUMBER: _ClassVar[int]
    USED_BY_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    PACKAGES_FIELD_NUMBER: _ClassVar[int]
    success: bool
    path: str
    name: str
    executable: str
    python: str
    state: str
    requirements: _containers.RepeatedScalarFieldContainer[str]
    used_by: _containers.RepeatedScalarFieldContainer[str]
    size_bytes: int
    packages: _containers.RepeatedCompositeFieldContainer[InstalledPackage]
    def __init__(self, success: bool = ..., path: _Optional[str] = ..., name: _Optional[str] = ..., executable: _Optional[str] = ..., python: _Optional[str] = ..., state: _Optional[str] = ..., requirements: _Optional[_Iterable[str]] = ..., used_by: _Optional[_Iterable[str]] = ..., size_bytes: _Optional[int] = ..., packages: _Optional[_Iterable[_Union[InstalledPackage, _Mapping]]] = ...) -> None: ...

class InstalledPackage(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class HostEvent(_message.Message):
    __slots__ = ("progress", "venv", "deleted", "runtime", "server")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    VENV_FIELD_NUMBER: _ClassVar[int]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    RUNTIME_FIELD_NUMBER: _ClassVar[int]
    SERVER_FIELD_NUMBER: _ClassVar[int]
    progress: Progress
    venv: Venv
    deleted: DeleteVenvResponse
    runtime: RuntimeInfo
    server: ServerStatus
    def __init__(self, progress: _Optional[_Union[Progress, _Mapping]] = ..., venv: _Optional[_Union[Venv, _Mapping]] = ..., deleted: _Optional[_Union[DeleteVenvResponse, _Mapping]] = ..., runtime: _Optional[_Union[RuntimeInfo, _Mapping]] = ..., server: _Optional[_Union[ServerStatus, _Mapping]] = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ("fraction", "title", "detail")
    FRACTION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    fraction: float
    title: str
    detail: str
    def __init__(self, fraction: _Optional[float] = ..., title: _Optional[str] = ..., detail: _Optional[str] = ...) -> None: ...

class ListRuntimesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListRuntimesResponse(_message.Message):
    __slots__ = ("runtimes",)
    RUNTIMES_FIELD_NUMBER: _ClassVar[int]
    runtimes: _containers.RepeatedCompositeFieldContainer[RuntimeInfo]
    def __init__(self, runtimes: _Optional[_Iterable[_Union[RuntimeInfo, _Mapping]]] = ...) -> None: ...

class GetRuntimeRequest(_message.Message):
    __slots__ = ("runtime_id",)
    RUNTIME_ID_FIELD_NUMBER: _ClassVar[int]
    runtime_id: str
    def __init__(self, runtime_id: _Optional[str] = ...) -> None: ...

class InstallRuntimeRequest(_message.Message):
    __slots__ = ("version", "request_id")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    version: str
    request_id: str
    def __init__(self, version: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RuntimeInfo(_message.Message):
    __slots__ = ("runtime_id", "version", "executable", "state", "is_default")
    RUNTIME_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    EXECUTABLE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    IS_DEFAULT_FIELD_NUMBER: _ClassVar[int]
    runtime_id: str
    version: str
    executable: str
    state: str
    is_default: bool
    def __init__(self, runtime_id: _Optional[str] = ..., version: _Optional[str] = ..., executable: _Optional[str] = ..., state: _Optional[str] = ..., is_default: bool = ...) -> None: ...

class ListServersRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListServersResponse(_message.Message):
    __slots__ = ("servers",)
    SERVERS_FIELD_NUMBER: _ClassVar[int]
    servers: _containers.RepeatedCompositeFieldContainer[ServerStatus]
    def __init__(self, servers: _Optional[_Iterable[_Union[ServerStatus, _Mapping]]] = ...) -> None: ...

class GetServerStatusRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class StartServerRequest(_message.Message):
    __slots__ = ("name", "transport", "environment", "port", "workers", "auth", "infrastructure", "restart", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TRANSPORT_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    PORT_FIELD_NUMBER: _ClassVar[int]
    WORKERS_FIELD_NUMBER: _ClassVar[int]
    AUTH_FIELD_NUMBER: _ClassVar[int]
    INFRASTRUCTURE_FIELD_NUMBER: _ClassVar[int]
    RESTART_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    transport: str
    environment: str
    port: int
    workers: int
    auth: str
    infrastructure: str
    restart: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., transport: _Optional[str] = ..., environment: _Optional[str] = ..., port: _Optional[int] = ..., workers: _Optional[int] = ..., auth: _Optional[str] = ..., infrastructure: _Optional[str] = ..., restart: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class StopServerRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RestartServerRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ServerStatus(_message.Message):
    __slots__ = ("name", "transport", "state", "environment", "pid", "endpoint")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TRANSPORT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    PID_FIELD_NUMBER: _ClassVar[int]
    ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    name: str
    transport: str
    state: str
    environment: str
    pid: int
    endpoint: ServerEndpoint
    def __init__(self, name: _Optional[str] = ..., transport: _Optional[str] = ..., state: _Optional[str] = ..., environment: _Optional[str] = ..., pid: _Optional[int] = ..., endpoint: _Optional[_Union[ServerEndpoint, _Mapping]] = ...) -> None: ...

class ServerEndpoint(_message.Message):
    __slots__ = ("transport", "url", "path", "address", "token")
    TRANSPORT_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    transport: str
    url: str
    path: str
    address: str
    token: str
    def __init__(self, transport: _Optional[str] = ..., url: _Optional[str] = ..., path: _Optional[str] = ..., address: _Optional[str] = ..., token: _Optional[str] = ...) -> None: ...

class ListJobsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListJobsResponse(_message.Message):
    __slots__ = ("jobs",)
    JOBS_FIELD_NUMBER: _ClassVar[int]
    jobs: _containers.RepeatedCompositeFieldContainer[JobInfo]
    def __init__(self, jobs: _Optional[_Iterable[_Union[JobInfo, _Mapping]]] = ...) -> None: ...

class GetJobRequest(_message.Message):
    __slots__ = ("job_id",)
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    job_id: str
    def __init__(self, job_id: _Optional[str] = ...) -> None: ...

class CancelJobRequest(_message.Message):
    __slots__ = ("job_id",)
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    job_id: str
    def __init__(self, job_id: _Optional[str] = ...) -> None: ...

class JobInfo(_message.Message):
    __slots__ = ("job_id", "command", "subject", "state", "progress", "problem")
    JOB_ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    job_id: str
    command: str
    subject: str
    state: str
    progress: Progress
    problem: str
    def __init__(self, job_id: _Optional[str] = ..., command: _Optional[str] = ..., subject: _Optional[str] = ..., state: _Optional[str] = ..., progress: _Optional[_Union[Progress, _Mapping]] = ..., problem: _Optional[str] = ...) -> None: ...
