"""What an execution tells, as gRPC messages: binary forms as bytes."""

import json
from base64 import b64decode
from typing import Any, Dict

from ..pending_request import Reply
from ._generated.python_service_pb2 import (
    DisplayEvent,
    DisplayForm,
    ExecuteEvent,
    ExecuteResult,
    InputEvent,
    OutputEvent,
)
from .replies import ResultReader

# Beside text/*, and what ends in +json or +xml.
_TEXT = ("application/json", "application/javascript", "application/xml")

_read_result = ResultReader(ExecuteResult)


def read_event(text: bytes) -> bytes:
    """An ExecuteEvent, encoded, of the JSON that the worker sent."""
    fields = json.loads(text)
    kind = fields["event"]
    if kind == "output":
        output = OutputEvent(stream=fields["stream"], text=fields["text"], cut=fields.get("cut", False))
        event = ExecuteEvent(output=output)
    elif kind == "display":
        forms = [_form(media_type, content) for media_type, content in fields["data"].items()]
        event = ExecuteEvent(display=DisplayEvent(forms=forms, is_result=fields.get("isResult", False)))
    elif kind == "input":
        event = ExecuteEvent(input=InputEvent(prompt=fields["prompt"], password=fields["password"]))
    else:
        raise ValueError(f"the worker told of {kind!r}")
    return event.SerializeToString()


def read_result(reply: Reply) -> bytes:
    """The last ExecuteEvent, encoded."""
    result: ExecuteResult = _read_result(reply)
    fields: Dict[str, Any] = json.loads(reply.text)
    result.repr = fields.get("repr", "")
    result.output_cut = fields.get("outputCut", False)
    return ExecuteEvent(result=result).SerializeToString()


def is_text(media_type: str) -> bool:
    """Whether content of that type is text; what is not comes as base64."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in _TEXT


def _form(media_type: str, content: str) -> DisplayForm:
    if not is_text(media_type):
        try:
            return DisplayForm(media_type=media_type, data=b64decode("".join(content.split()), validate=True))
        except ValueError:
            # Not what it should be: the caller sees it as it is.
            pass
    return DisplayForm(media_type=media_type, text=content)
