"""Who may come in: decided from a call's metadata alone, before its message is read.

No web page gets here, token or not: browsers speak HTTP/2 only over TLS, of which this port has none, and it speaks
nothing else.
"""

from typing import Callable, Dict, Mapping, Optional, Sequence, Tuple, Union

import grpc

from ...faults import Fault
from ..bearer import Bearer
from .refusal import refuse

Handler = grpc.RpcMethodHandler
Metadata = Sequence[Tuple[str, Union[str, bytes]]]


class Gate(grpc.GenericRpcHandler):
    """Finds the handler of a call that may come in. `late` are services that are loaded when somebody asks for them.

    `token` None means that the user has switched the token off.
    """

    def __init__(
        self,
        token: Optional[str],
        handlers: Dict[str, Handler],
        late: Mapping[str, Callable[[], Mapping[str, Handler]]],
    ) -> None:
        self._bearer = None if token is None else Bearer(token)
        self._handlers = handlers
        self._late = dict(late)

    def service(self, details: grpc.HandlerCallDetails) -> Optional[Handler]:
        fault = self._refusal(details.invocation_metadata or ())
        if fault is not None:
            return _refusing(fault)
        return self._handlers.get(details.method) or self._load(details.method)

    def _refusal(self, metadata: Metadata) -> Optional[Fault]:
        given = b""
        for name, value in metadata:
            if name == "authorization":
                # A repeated one is joined by a comma, which the check does not let pass.
                value = value.encode("utf-8", "replace") if isinstance(value, str) else value
                given = given + b"," + value if given else value
            elif name == "origin":
                return Fault("FORBIDDEN", f"requests from web pages are refused (Origin {value!r:.100})")
        if self._bearer is None or self._bearer.accepts(given):
            return None
        return Fault(
            "UNAUTHORIZED",
            "the token is wrong" if given else "a token is needed",
            hint="Send the metadata `authorization: Bearer TOKEN`; the token is in this server's endpoint file.",
        )

    def _load(self, method: str) -> Optional[Handler]:
        service = method.rpartition("/")[0]
        load = self._late.pop(service, None)
        if load is not None:
            self._handlers.update(load())
        return self._handlers.get(method)


def _refusing(fault: Fault) -> Handler:
    async def refuse_it(_requests: object, context: "grpc.aio.ServicerContext[bytes, bytes]") -> None:
        await refuse(context, fault.fields())

    # Fits any call, and reads none of its messages.
    return grpc.stream_stream_rpc_method_handler(refuse_it)
