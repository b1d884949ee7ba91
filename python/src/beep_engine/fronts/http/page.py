"""`/docs`: one page of plain HTML, made from the table of operations."""

from html import escape
from typing import Tuple

from ..operation import Operation
from .session_paths import SESSION_PATHS
from .uploads import UPLOADS, Upload

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "code,pre{font-family:ui-monospace,monospace;font-size:.9em}"
    "pre{overflow:auto;padding:.75rem;border:1px solid #8884}"
    "table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}h2{margin-top:2rem}"
)
_EXAMPLE = """curl http://127.0.0.1:PORT/eval \\
  -H "Authorization: Bearer TOKEN" -H "Content-Type: application/json" \\
  -d '{"expression": "sum(range(n))", "locals": {"n": 5}}'"""


def documentation_page(title: str, operations: Tuple[Operation, ...]) -> str:
    sections = "".join(_section(operation) for operation in operations)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{escape(title)}</h1>"
        "<p>Every operation is a <code>POST</code> of a JSON object, with the token from the server's endpoint file. "
        "Everything also answers under <code>/api</code>. The same as data: <code>GET /openapi.json</code>.</p>"
        f"<pre>{escape(_EXAMPLE)}</pre>"
        "<h2><code>GET /health</code></h2><p>Whether the worker answers.</p>"
        "<h2><code>GET /metrics</code></h2><p>What the server has done, in the text format of Prometheus.</p>"
        f"{sections}<h2>Sessions, and lists, under paths of their own</h2><table>{_session_paths()}</table>"
        f"<h2>Bytes without JSON around them</h2><table>{_uploads()}</table></html>"
    )


def _section(operation: Operation) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(field.name)}</code></td><td>{escape(field.kind.noun)}"
        f"{', required' if field.required else ''}</td><td>{escape(field.about)}</td></tr>"
        for field in operation.all_fields
    )
    needed = f"<p>One of {' and '.join(operation.one_of)} must be there.</p>" if operation.one_of else ""
    heading = f"<h2><code>POST /{escape(operation.command)}</code></h2>"
    return f"{heading}<p>{escape(operation.about)}</p><table>{rows}</table>{needed}"


def _uploads() -> str:
    return "".join(
        f"<tr><td><code>PUT {escape(upload.path)}</code></td><td><code>{escape(upload.media_type.decode())}</code></td>"
        f"<td>{escape(upload.about)} {_headers_of(upload)}</td></tr>"
        for upload in UPLOADS
    )


def _headers_of(upload: Upload) -> str:
    return " ".join(f"<code>{escape(name)}</code>: {escape(about)}" for name, about in upload.headers)


def _session_paths() -> str:
    rows = (
        f"<tr><td><code>{m} {escape(path)}</code></td><td><code>{c}</code></td></tr>" for m, path, c in SESSION_PATHS
    )
    return "".join(rows)
