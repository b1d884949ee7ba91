"""Which request is answered by what."""

from typing import TYPE_CHECKING, Any, Awaitable, Callable, Dict, NamedTuple, Optional

from ...faults import Fault
from ..operation import Operation
from ..operations import OPERATIONS
from .body import RequestBody
from .documentation import DOCUMENTATION_PATHS
from .gate import Headers
from .refusal import Refused
from .session_paths import SESSION_PATHS, paths_of, session_in
from .uploads import UPLOADS, Upload

if TYPE_CHECKING:
    from .replies import Send

Scope = Dict[str, Any]


class HttpRequest(NamedTuple):
    """A request that the gate has let in. `session_id` is the one in its path."""

    route: "Route"
    session_id: Optional[str]
    scope: Scope
    headers: Headers
    body: RequestBody
    send: "Send"


Answer = Callable[[HttpRequest], Awaitable[None]]


class Route(NamedTuple):
    """`under_api` matters to the two array operations, whose reply is a bare array there."""

    answer: Answer
    under_api: bool
    operation: Optional[Operation] = None


class Routes:
    """`answer_of` gives what answers an operation, `keeper_of` what takes an upload; the others answer the rest."""

    def __init__(
        self,
        answer_of: Callable[[Operation], Answer],
        keeper_of: Callable[[Upload], Answer],
        health: Answer,
        expose: Answer,
        describe: Answer,
    ) -> None:
        # By path, then by method.
        self._routes: Dict[str, Dict[str, Route]] = {}
        commands = {operation.command: operation for operation in OPERATIONS}
        for prefix in ("", "/api"):
            under_api = bool(prefix)
            self._add("GET", prefix + "/health", Route(health, under_api))
            self._add("GET", prefix + "/metrics", Route(expose, under_api))
            for path in DOCUMENTATION_PATHS:
                self._add("GET", prefix + path, Route(describe, under_api))
            for operation in OPERATIONS:
                for name in paths_of(operation.command):
                    self._add("POST", f"{prefix}/{name}", Route(answer_of(operation), under_api, operation))
            for upload in UPLOADS:
                for method in ("PUT", "POST"):
                    self._add(method, prefix + upload.path, Route(keeper_of(upload), under_api, commands["wrap"]))
            for method, path, command in SESSION_PATHS:
                operation = commands[command]
                self._add(method, prefix + path, Route(answer_of(operation), under_api, operation))

    def request(self, scope: Scope, headers: Headers, body: RequestBody, send: "Send") -> HttpRequest:
        """Raises NOT_FOUND and METHOD_NOT_ALLOWED."""
        method, path, session_id = scope["method"], scope["path"], None
        methods = self._routes.get(path)
        if methods is None:
            template, session_id = session_in(path)
            methods = self._routes.get(template) if session_id is not None else None
        if methods is None:
            raise Fault("NOT_FOUND", f"there is nothing at {path:.200}", hint="GET /docs lists what there is.")
        route = methods.get(method)
        if route is None:
            allowed = ", ".join(sorted(methods))
            message = f"{path} takes {allowed} only"
            raise Refused("METHOD_NOT_ALLOWED", message, None, ((b"allow", allowed.encode()),))
        return HttpRequest(route, session_id, scope, headers, body, send)

    def posted_to(self, answer: Answer) -> Dict[bytes, Operation]:
        """The operations that this answers, by the paths at which they are asked for without a session in it."""
        posts = ((path, methods.get("POST")) for path, methods in self._routes.items() if "{" not in path)
        return {
            path.encode(): route.operation
            for path, route in posts
            if route and route.operation and route.answer == answer
        }

    def _add(self, method: str, path: str, route: Route) -> None:
        self._routes.setdefault(path, {})[method] = route
