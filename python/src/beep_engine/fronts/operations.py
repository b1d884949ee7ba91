"""The operations of docs/wire.md §2. Fronts check requests by this table, and describe themselves from it."""

from typing import Any, Dict, Optional, Tuple

from .host_operations import HOST_OPERATIONS
from .operation import ANYTHING, FLAG, LIST, NOT_EMPTY, NUMBER, OBJECT, REAL, TEXT, Field, Operation

_WEEK = 604800
_LEASE = "Without being used for so long it is closed. Default 900."
_LIMIT = "How many handles it may have. Default 100000."
_TIMEOUT = "For each request in it that brings none of its own."
_OUTPUT = "Characters of output; the rest is left out. Default 16777216."
_MEMORY = "Address space of that process, which it implies."

_SESSION = Field("sessionId", TEXT, "The session, as `session_open` named it.", required=True)
_HANDLE = Field("handleId", TEXT, "The object, as a handle id that an earlier reply gave.", True, NOT_EMPTY)
_ARGS = Field("args", LIST, "Positional arguments; an object with a `handleId` stands for the live object.")
_KWARGS = Field("kwargs", OBJECT, "Keyword arguments.")
_GRACE = Field(
    "graceSeconds",
    REAL,
    "How long it has to end before its process is ended. Default: the server's.",
    limits={"minimum": 0, "maximum": 86400},
)
_MODULE = Field("moduleName", TEXT, "Dotted name of the module.", True, {"pattern": r"^[^.]"})

OPERATIONS: Tuple[Operation, ...] = (
    Operation("import", "module", "Imports a module and gives a handle to it.", (_MODULE,)),
    Operation(
        "create",
        "handle",
        "Calls a class of a module; the new object always comes back as a handle.",
        (
            Field("moduleHandleId", TEXT, "Handle id of the imported module."),
            Field("moduleName", TEXT, "Or its name, to import it first.", limits=NOT_EMPTY),
            Field("className", TEXT, "Name of the class.", True, NOT_EMPTY),
            _ARGS,
            _KWARGS,
        ),
        one_of=("moduleHandleId", "moduleName"),
    ),
    Operation(
        "call",
        "result",
        "Calls a method of an object, or a function of a module.",
        (_HANDLE, Field("methodName", TEXT, "Name of the method or function.", True, NOT_EMPTY), _ARGS, _KWARGS),
    ),
    Operation(
        "getattr",
        "result",
        "Reads an attribute.",
        (_HANDLE, Field("attributeName", TEXT, "Name of the attribute.", True, NOT_EMPTY)),
    ),
    Operation(
        "setattr",
        "success",
        "Sets an attribute.",
        (
            _HANDLE,
            Field("attributeName", TEXT, "Name of the attribute.", True, NOT_EMPTY),
            Field("value", ANYTHING, "The new value; absent means None."),
        ),
    ),
    Operation(
        "eval",
        "result",
        "Evaluates an expression, or a block of statements whose last expression is the result.",
        (
            Field("expression", TEXT, "Python source.", required=True),
            Field("locals", OBJECT, "Names visible everywhere inside the expression."),
        ),
    ),
    Operation(
        "execute",
        "execution",
        "Runs a block of code, and streams what it prints, displays and asks before its result.",
        (
            Field("code", TEXT, "Python source; `await` may stand at the top.", required=True),
            Field("locals", OBJECT, "Names visible everywhere inside the code."),
            Field("outputLimit", NUMBER, _OUTPUT, limits={"minimum": 0}),
            Field("allowInput", FLAG, "False: nobody will answer, so reading input finds its end. Default true."),
        ),
    ),
    Operation(
        "input",
        "success",
        "Answers what running code asks.",
        (
            Field("requestId", TEXT, "What the caller had set as `X-Request-Id` on the `execute`.", required=True),
            Field("text", TEXT, "The answer, without a line end; of several lines, each answers one question."),
            Field("eof", FLAG, "True instead of a text: there is no more input."),
        ),
        one_of=("text", "eof"),
        in_session=False,
    ),
    Operation("dispose", "success", "Forgets a handle; an unknown one is no error.", (_HANDLE,)),
    Operation("tofloatarray", "floats", "The numbers of an array or sequence as float64, in C order.", (_HANDLE,)),
    Operation("tofloatarray2d", "float_rows", "The rows of a two-dimensional array as float64.", (_HANDLE,)),
    Operation("toarray", "array", "An array of any dtype and shape as it is, as bytes.", (_HANDLE,)),
    Operation("totable", "table", "A table of pandas or pyarrow as an Arrow IPC stream.", (_HANDLE,)),
    Operation("module_available", "available", "Looks for a module without importing it.", (_MODULE,)),
    Operation(
        "wrap", "handle", "Keeps a value in Python and gives a handle to it.", (Field("value", ANYTHING, "The value."),)
    ),
    Operation(
        "cancel",
        "success",
        "Cancels a request that is waiting or running.",
        (Field("requestId", TEXT, "What the caller had set as `X-Request-Id` on that request.", required=True), _GRACE),
        in_session=False,
    ),
    Operation(
        "interrupt",
        "success",
        "Interrupts code that runs: of a request, of a session, or whatever runs in the worker of all.",
        (
            Field("requestId", TEXT, "What the caller had set as `X-Request-Id` on that request."),
            Field("sessionId", TEXT, "Or the session, whoever has asked for what runs in it."),
            _GRACE,
        ),
        in_session=False,
    ),
    Operation(
        "metrics",
        "metrics",
        "What the server has done and has in hand. `GET /metrics` tells it in the text format of Prometheus.",
        (),
        in_session=False,
    ),
    Operation(
        "handles_list",
        "handles",
        "Names the handles that there are, the oldest first.",
        (Field("limit", NUMBER, "How many; at most 1000.", limits={"minimum": 0}),),
    ),
    Operation(
        "session_open",
        "session",
        "Opens a session: names and handles of its own, until it is closed or nobody uses it any more.",
        (
            Field("name", TEXT, "For people.", limits={"minLength": 1, "maxLength": 200}),
            Field("workingFolder", TEXT, "An absolute path.", limits={"pattern": r"^([/\\]|[A-Za-z]:)"}),
            Field(
                "environmentVariables",
                OBJECT,
                "Variables to set; null takes one out.",
                limits={
                    "propertyNames": {"pattern": "^[^=\\x00]+$"},
                    "additionalProperties": {"type": ["string", "null"], "pattern": "^[^\\x00]*$"},
                },
            ),
            Field("leaseSeconds", REAL, _LEASE, limits={"minimum": 1, "maximum": _WEEK}),
            Field("handleLimit", NUMBER, _LIMIT, limits={"minimum": 1, "maximum": 1_000_000}),
            Field("timeoutSeconds", REAL, _TIMEOUT, limits={"minimum": 0.001, "maximum": _WEEK}),
            Field("ownProcess", FLAG, "A process of its own, which nothing outside reaches."),
            Field("memoryLimitBytes", NUMBER, _MEMORY, limits={"minimum": 256 * 1024 * 1024, "maximum": 2**62}),
        ),
        in_session=False,
    ),
    Operation("session_list", "sessions", "Describes all sessions.", (), in_session=False),
    Operation("session_heartbeat", "session", "Begins its lease anew.", (_SESSION,), in_session=False),
    Operation("session_reset", "success", "Makes it what it was when it was opened.", (_SESSION,), in_session=False),
    Operation(
        "session_close", "success", "Ends what runs in it, and drops what it holds.", (_SESSION,), in_session=False
    ),
    *HOST_OPERATIONS,
)


def mistake_in(operation: Operation, payload: Dict[str, Any]) -> Optional[str]:
    """What is wrong with a request's fields, or None. Null counts as absent; unknown fields are ignored."""
    for name, kind, _about, required, _limits in operation.all_fields:
        value = payload.get(name)
        if value is None:
            if required:
                return f"`{operation.command}` needs the field `{name}`, {kind.noun}"
        elif kind.accepts is not None and not (
            isinstance(value, kind.accepts) and (kind is FLAG or not isinstance(value, bool))
        ):
            return f"the field `{name}` of `{operation.command}` must be {kind.noun}, not {_json_noun(value)}"
    if operation.one_of and all(payload.get(name) is None for name in operation.one_of):
        return f"`{operation.command}` needs one of the fields " + " and ".join(f"`{n}`" for n in operation.one_of)
    return None


def _json_noun(value: Any) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    return next(kind.noun for kind in (TEXT, LIST, OBJECT) if isinstance(value, kind.accepts or object))
