"""gRPC messages to requests of the wire: their fields become the payload's JSON object, spliced, not re-encoded."""

import math
from json import encoder
from typing import Any, Callable, NamedTuple, Sequence, Tuple, Type, TypeVar, Union

from google.protobuf.message import DecodeError, Message

from ...faults import Fault, bad_request
from ...wire.limits import MAX_BODY, MAX_HEADER
from ...wire.text import to_json
from ..json_text import decoded
from ..operation import FLAG, NUMBER, REAL, TEXT, Field, Kind, Operation
from ..pending_request import Buffer

_quoted: Callable[[str], str] = encoder.encode_basestring

AnyMessage = TypeVar("AnyMessage", bound=Message)

# Fields that are the same in JSON; and pairs, where the wire has an object.
_SCALAR = Kind("a number or a boolean", None)
_VARIABLES = Kind("a list of variables", None)

# What stands around the payload in a frame's header, and what each attachment adds there, at most. Bytes.
_AROUND = 1024
_PER_ATTACHMENT = 12


class _Part(NamedTuple):
    """`name` is the message's field, `key` the wire's with its colon."""

    name: str
    key: str
    kind: Kind
    required: bool


class PayloadWriter:
    """Makes the payload of one operation. Messages say `foo_bar` for `fooBar`, and `args_json` for what is no text."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation
        self._parts: Tuple[_Part, ...] = tuple(map(_part, operation.all_fields))
        self._one_of = [_snake_case(name) for name in operation.one_of]

    def __call__(self, message: Any) -> bytes:
        """The UTF-8 text of the payload; BAD_REQUEST where the message's fields cannot be one."""
        texts = []
        for name, key, kind, required in self._parts:
            if kind is _SCALAR:
                if message.HasField(name):
                    texts.append(key + _scalar(name, getattr(message, name)))
                continue
            text = getattr(message, name)
            if kind is TEXT:
                if text or required:
                    self._check_name(name, text)
                    texts.append(key + _quoted(text))
            elif kind is _VARIABLES:
                if text:
                    texts.append(key + _object_of(text))
            elif text and self._holds_something(name, text, kind):
                texts.append(key + text)
        if self._one_of and not any(getattr(message, name) for name in self._one_of):
            raise bad_request(f"`{self._operation.command}` needs one of the fields {' and '.join(self._one_of)}")
        return ("{" + ",".join(texts) + "}").encode()

    def _check_name(self, name: str, text: str) -> None:
        # Code may be empty; nothing else that is needed can be.
        if not text and name not in ("expression", "code"):
            raise bad_request(f"`{self._operation.command}` needs the field {name}")

    def _holds_something(self, name: str, text: str, kind: Kind) -> bool:
        value = decoded(text, f"the field {name}")
        if value is not None and kind.accepts is not None and not isinstance(value, kind.accepts):
            raise bad_request(f"the field {name} of `{self._operation.command}` must be {kind.noun} in JSON")
        return value is not None


def read_message(message: Type[AnyMessage], sent: bytes) -> AnyMessage:
    """The message in what a caller sent; BAD_REQUEST where there is none."""
    try:
        return message.FromString(sent)
    except DecodeError as error:
        raise bad_request(f"this is no {message.DESCRIPTOR.name}: {error}") from None


def checked_attachments(payload: bytes, attachments: Sequence[Buffer]) -> Sequence[Buffer]:
    """The attachments as they are; TOO_LARGE where a frame could not hold payload and attachments."""
    header = len(payload) + _AROUND + _PER_ATTACHMENT * len(attachments)
    body = sum(map(len, attachments))
    if header > MAX_HEADER or body > MAX_BODY:
        raise Fault(
            "TOO_LARGE", f"{header} bytes of JSON and {body} of attachments are over {MAX_HEADER} and {MAX_BODY}"
        )
    return attachments


def _part(field: Field) -> _Part:
    name, key = _snake_case(field.name), f'"{field.name}":'
    if name == "environment_variables":
        return _Part(name, key, _VARIABLES, field.required)
    if field.kind in (NUMBER, REAL, FLAG):
        return _Part(name, key, _SCALAR, field.required)
    return _Part(name if field.kind is TEXT else name + "_json", key, field.kind, field.required)


def _scalar(name: str, value: Union[float, bool]) -> str:
    if not math.isfinite(value):
        raise bad_request(f"the field {name} must be a number, not {value}")
    return repr(value).lower()


def _object_of(variables: Any) -> str:
    return to_json({one.name: one.value if one.HasField("value") else None for one in variables}).decode()


def _snake_case(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
