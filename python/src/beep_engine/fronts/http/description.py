"""The FastAPI application that describes the operations: `/openapi.json`, and `/docs` as one page without scripts.

Everything is derived from the table in operations.py, which also checks the requests: the two cannot disagree.
The page loads nothing: it works offline, and no foreign script ever runs beside a server that executes code.
"""

from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Type

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as ModelField
from pydantic.json_schema import models_json_schema

from ... import PROTOCOL
from ...faults import CODES
from ..operation import REAL, Kind, Operation
from ..operations import OPERATIONS
from . import reply_schemas
from .page import documentation_page
from .reply_models import Failure
from .session_paths import FOLDERS, PLACE, SESSION_PATHS, paths_of
from .uploads import ARROW, UPLOADS, Upload

TITLE = "Beep Python server"
_ABOUT = "Runs Python code in this server's environment. Every path also answers under /api."
_REF = "#/components/schemas/"
_PAGE_POLICY = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'", "cache-control": "no-store"}


def build_description_app() -> FastAPI:
    app = FastAPI(title=TITLE, version=str(PROTOCOL), docs_url=None, redoc_url=None)
    document = openapi_document()
    page = documentation_page(TITLE, OPERATIONS)
    app.openapi = lambda: document  # type: ignore[method-assign]

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(page, headers=_PAGE_POLICY)

    return app


def openapi_document() -> Dict[str, Any]:
    """The OpenAPI 3.1 description of every path that the front answers, both spellings and both prefixes."""
    requests = {operation.command: request_model(operation) for operation in OPERATIONS}
    models: List[Tuple[Type[BaseModel], Any]] = [(model, "validation") for model in requests.values()]
    models += [(model, "serialization") for model in reply_schemas.ALL]
    _, definitions = models_json_schema(models, ref_template=_REF + "{model}")
    paths: Dict[str, Any] = {}
    for prefix in ("", "/api"):
        paths[prefix + "/health"] = {"get": _health(prefix)}
        for operation in OPERATIONS:
            for name in sorted(paths_of(operation.command)):
                request = requests[operation.command].__name__
                paths[f"{prefix}/{name}"] = {"post": _described(operation, name, prefix, request)}
        paths[prefix + "/metrics"]["get"] = _exposed(prefix)
        for upload in UPLOADS:
            for method in ("put", "post"):
                paths.setdefault(prefix + upload.path, {})[method] = _upload(upload, method, prefix)
        for method, path, command in SESSION_PATHS:
            operation = next(operation for operation in OPERATIONS if operation.command == command)
            described = _session_path(operation, method, prefix + path)
            paths.setdefault(prefix + path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": str(PROTOCOL), "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def request_model(operation: Operation) -> Type[BaseModel]:
    """A model of an operation's payload, for its schema only: requests are checked by `mistake_in`."""
    fields: Dict[str, Any] = {}
    for name, kind, about, required, limits in operation.all_fields:
        described = ModelField(... if required else None, description=about, json_schema_extra=_limited(limits))
        fields[name] = (_type_of(kind) if required else Optional[_type_of(kind)], described)
    extra: Dict[str, Any] = {"description": operation.about}
    if operation.one_of:
        extra["anyOf"] = [{"required": [name], "properties": {name: _GIVEN[name]}} for name in operation.one_of]
    return create_model(
        _model_name(operation), __config__=ConfigDict(extra="ignore", json_schema_extra=extra), **fields
    )


def _limited(limits: Mapping[str, Any]) -> Callable[[Dict[str, Any]], None]:
    """Puts the limits beside the type; a field that may be null has that among several."""

    def limit(schema: Dict[str, Any]) -> None:
        schema.get("anyOf", [schema])[0].update(limits)

    return limit


def _model_name(operation: Operation) -> str:
    return operation.command.title().replace("_", "") + "Request"


def _type_of(kind: Kind) -> Any:
    return float if kind is REAL else Any if kind.accepts is None else kind.accepts


def _described(operation: Operation, name: str, prefix: str, request: str) -> Dict[str, Any]:
    return {
        "operationId": (prefix + "/" + name)
        .strip("/")
        .replace("/", "_path_" if name.partition("/")[0] in FOLDERS else "_")
        .replace("-", "_alias_"),
        "summary": operation.about,
        "parameters": [_REQUEST_ID, _WORKER] if operation.command not in ("cancel", "input", "interrupt") else [],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": _REF + request}}}},
        "responses": {
            "200": _success(operation.reply, bare=bool(prefix), streams=operation.is_long),
            **_failures(),
        },
    }


def _session_path(operation: Operation, method: str, path: str) -> Dict[str, Any]:
    described: Dict[str, Any] = {
        "operationId": f"{method.lower()}{path}".replace("/", "_").translate({ord("{"): None, ord("}"): None}),
        "summary": operation.about,
        "parameters": [_SESSION_ID] if PLACE in path else [],
        "responses": {"200": _success(operation.reply, bare=False), **_failures()},
    }
    if method == "POST":
        # The path says it all, unless it opens one.
        opens = path.endswith("/sessions")
        schema = {"$ref": _REF + _model_name(operation)} if opens else {"type": "object"}
        described["requestBody"] = {"required": opens, "content": {"application/json": {"schema": schema}}}
    return described


def _upload(upload: Upload, method: str, prefix: str) -> Dict[str, Any]:
    body = {upload.media_type.decode(): {"schema": {"type": "string", "format": "binary"}}}
    return {
        "operationId": f"{method}{prefix}{upload.path}".replace("/", "_"),
        "summary": upload.about,
        "parameters": [
            {"name": name, "in": "header", "required": False, "description": about, "schema": {"type": "string"}}
            for name, about in upload.headers
        ]
        + [_WORKER],
        "requestBody": {"required": True, "content": body},
        "responses": {"200": _success("handle", bare=False), **_failures()},
    }


def _health(prefix: str) -> Dict[str, Any]:
    return {
        "operationId": (prefix + "/health").strip("/").replace("/", "_"),
        "summary": "Whether the worker answers; it does so at any time, even while code runs.",
        "responses": {"200": _success("health", bare=False), **_failures()},
    }


def _exposed(prefix: str) -> Dict[str, Any]:
    content = {"text/plain": {"schema": {"type": "string"}}}
    return {
        "operationId": (prefix + "/metrics_exposed").strip("/").replace("/", "_"),
        "summary": "What the server has done and has in hand, in the text format of Prometheus.",
        "responses": {"200": {"description": "Done.", "content": content}, **_failures()},
    }


def _success(reply: str, *, bare: bool, streams: bool = False) -> Dict[str, Any]:
    """`streams`: it may be one, if the caller wants that."""
    if reply in reply_schemas.STREAMS:
        lines = {"schema": reply_schemas.schema_of(reply, _REF, bare=bare), "description": "One of these a line."}
        return {"description": _STREAM, "content": {"application/x-ndjson": lines, "text/event-stream": lines}}
    content: Dict[str, Any] = {"application/json": {"schema": reply_schemas.schema_of(reply, _REF, bare=bare)}}
    described: Dict[str, Any] = {"description": "Done.", "content": content}
    if streams:
        lines = {"schema": reply_schemas.progress_schema(reply, _REF), "description": "One of these a line."}
        content.update({"application/x-ndjson": lines, "text/event-stream": lines})
        described["description"] = f"Done. As a stream: {_STREAM}"
    if reply in reply_schemas.ARRAYS:
        content["application/octet-stream"] = {"schema": {"type": "string", "format": "binary"}}
        described["headers"] = {
            "X-Beep-Dtype": {"description": "For bytes: the dtype, as in float64.", "schema": {"type": "string"}},
            "X-Beep-Shape": {"description": "For bytes: the lengths, as in 1000,1000.", "schema": {"type": "string"}},
        }
    if reply in reply_schemas.TABLES:
        content[ARROW.decode()] = {"schema": {"type": "string", "format": "binary"}}
        described["headers"] = {"X-Beep-Rows": {"description": "For bytes.", "schema": {"type": "integer"}}}
    return described


def _failures() -> Dict[str, Any]:
    codes: Dict[str, List[str]] = {}
    for code, status in CODES.items():
        codes.setdefault(str(status), []).append(code)
    schema = {"application/json": {"schema": {"$ref": _REF + Failure.__name__}}}
    return {status: {"description": " or ".join(names), "content": schema} for status, names in codes.items()}


# What one of several fields must be to count as given: null is absent, and `eof` says something only when it is true.
_GIVEN: Dict[str, Any] = {
    "moduleHandleId": {"type": "string"},
    "moduleName": {"type": "string"},
    "text": {"type": "string"},
    "eof": {"const": True},
    "venvPath": {"type": "string"},
    "name": {"type": "string"},
    "providerName": {"type": "string"},
    "transport": {"type": "string"},
}
_SESSION_ID = {
    "name": "sessionId",
    "in": "path",
    "required": True,
    "description": "The session, as opening it named it.",
    "schema": {"type": "string"},
}
_STREAM = (
    "Events as they happen, then the result, or the error, last. Code that fails before it has shown anything is "
    "answered with the error's status instead."
)
_WORKER = {
    "name": "X-Beep-Worker",
    "in": "header",
    "required": False,
    "description": "Which worker shall do it, from 1, where neither a session nor a handle says so. Only a wish.",
    "schema": {"type": "string"},
}
_REQUEST_ID = {
    "name": "X-Request-Id",
    "in": "header",
    "required": False,
    "description": "A name of the caller's choice, by which `/cancel` finds this request.",
    "schema": {"type": "string"},
}
