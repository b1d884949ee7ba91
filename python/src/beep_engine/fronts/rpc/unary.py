"""The calls that are one operation each: a message there, a message back."""

from typing import Any, Callable, Dict, NamedTuple

from ..pending_request import Reply
from . import arrays, replies
from ._generated import python_service_pb2 as messages

Reader = Callable[[Reply], Any]


class Unary(NamedTuple):
    """`encoded`: what `read` gives is the reply's bytes."""

    command: str
    read: Reader
    encoded: bool = False


UNARY: Dict[str, Unary] = {
    "ImportModule": Unary("import", replies.read_module),
    "CreateObject": Unary("create", replies.read_created),
    "CallMethod": Unary("call", replies.ResultReader(messages.CallMethodResponse)),
    "GetAttribute": Unary("getattr", replies.ResultReader(messages.GetAttributeResponse)),
    "SetAttribute": Unary("setattr", replies.SuccessReader(messages.SetAttributeResponse)),
    "Evaluate": Unary("eval", replies.ResultReader(messages.EvaluateResponse)),
    "DisposeHandle": Unary("dispose", replies.SuccessReader(messages.DisposeHandleResponse)),
    "ToFloatArray": Unary("tofloatarray", arrays.single_precision, encoded=True),
    "ToFloatArray2D": Unary("tofloatarray2d", arrays.single_precision_rows, encoded=True),
    "IsModuleAvailable": Unary("module_available", replies.read_available),
    "WrapValue": Unary("wrap", replies.read_wrapped),
    "ListHandles": Unary("handles_list", replies.read_handles),
    "OpenSession": Unary("session_open", replies.read_session),
    "ListSessions": Unary("session_list", replies.read_sessions),
    "Heartbeat": Unary("session_heartbeat", replies.read_session),
    "ResetSession": Unary("session_reset", replies.SuccessReader(messages.ResetSessionResponse)),
    "CloseSession": Unary("session_close", replies.SuccessReader(messages.CloseSessionResponse)),
}
