"""Who may come in: decided from the request's headers alone, before a byte of its body is read.

A web page can make a browser send requests to loopback. It cannot choose Host, cannot hide its Origin, cannot send
`application/json` without asking first, and does not know the token: each check alone stops it (docs/wire.md §6).
"""

from typing import Dict, Iterable, Optional, Tuple

from ...faults import Fault
from ..bearer import Bearer
from .refusal import Refused

Headers = Dict[bytes, bytes]

# What the front looks at. All others are skipped.
_WATCHED = frozenset(
    (
        b"host",
        b"origin",
        b"authorization",
        b"content-type",
        b"content-length",
        b"content-encoding",
        b"accept",
        b"x-request-id",
        b"x-beep-dtype",
        b"x-beep-shape",
        b"x-beep-session",
        b"x-beep-worker",
    )
)
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_UTF8_JSON = frozenset((b"application/json", b"application/json; charset=utf-8", b"application/json;charset=utf-8"))


class Gate:
    """`token` None means that the user has switched the token off; the other checks stay."""

    def __init__(self, port: int, token: Optional[str]) -> None:
        names = [name.encode() for name in _LOOPBACK_NAMES]
        self._hosts = frozenset(names + [b"%s:%d" % (name, port) for name in names])
        self._expected_hosts = f"127.0.0.1:{port}"
        self._bearer = None if token is None else Bearer(token)

    def admit(self, raw_headers: Iterable[Tuple[bytes, bytes]]) -> Headers:
        """The headers of interest, or a Fault. A repeated header is joined by a comma, which no check lets pass."""
        headers: Headers = {}
        for name, value in raw_headers:
            if name in _WATCHED:
                headers[name] = headers[name] + b"," + value if name in headers else value
        host = headers.get(b"host", b"")
        if host not in self._hosts and host.lower() not in self._hosts:
            raise Fault(
                "FORBIDDEN",
                f"the Host header {_shown(host)} is not this server",
                hint=f"Use http://{self._expected_hosts} as the address.",
            )
        if b"origin" in headers:
            raise Fault(
                "FORBIDDEN",
                f"requests from web pages are refused (Origin {_shown(headers[b'origin'])})",
                hint="Call from a program, not from a page in a browser.",
            )
        if self._bearer is not None:
            _check_token(headers.get(b"authorization", b""), self._bearer)
        return headers


def _check_token(given: bytes, bearer: Bearer) -> None:
    if bearer.accepts(given):
        return
    raise Refused(
        "UNAUTHORIZED",
        "the token is wrong" if given else "a token is needed",
        "Send `Authorization: Bearer TOKEN`; the token is in this server's endpoint file.",
        ((b"www-authenticate", b"Bearer"),),
    )


def check_content_type(headers: Headers) -> None:
    """Refuses everything but plain JSON in UTF-8."""
    _check_encoding(headers)
    given = headers.get(b"content-type", b"")
    if given in _UTF8_JSON:
        return
    media_type, _, parameters = given.lower().partition(b";")
    charsets = [p.strip()[8:].strip(b'"') for p in parameters.split(b";") if p.strip().startswith(b"charset=")]
    if media_type.strip() == b"application/json" and all(c in (b"utf-8", b"utf8", b"us-ascii") for c in charsets):
        return
    raise Fault(
        "UNSUPPORTED_MEDIA_TYPE",
        f"the Content-Type is {_shown(given)}" if given else "there is no Content-Type",
        hint="Send `Content-Type: application/json`, in UTF-8.",
    )


def check_bytes_type(headers: Headers, wanted: bytes) -> None:
    """Refuses a body that does not say that it is these bytes. No page can say so without asking first."""
    _check_encoding(headers)
    given = headers.get(b"content-type", b"")
    if given.lower().partition(b";")[0].strip() != wanted:
        raise Fault(
            "UNSUPPORTED_MEDIA_TYPE",
            f"the Content-Type is {_shown(given)}" if given else "there is no Content-Type",
            hint=f"Send the bytes, with `Content-Type: {wanted.decode()}`.",
        )


def _check_encoding(headers: Headers) -> None:
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        encoding = _shown(headers[b"content-encoding"])
        raise Fault("UNSUPPORTED_MEDIA_TYPE", f"a body with Content-Encoding {encoding} cannot be read here")


BYTES = b"application/octet-stream"


def wants_bytes(headers: Headers, also: bytes = BYTES) -> bool:
    """Whether Accept asks for raw bytes, by their name or by another: it names them, and does not name JSON as well."""
    accept = headers.get(b"accept", b"").lower()
    named = {part.partition(b";")[0].strip() for part in accept.split(b",")}
    return not named.isdisjoint((BYTES, also)) and b"application/json" not in named


def _shown(value: bytes) -> str:
    text = value.decode("latin-1")
    return repr(text if len(text) <= 100 else text[:100] + "…")
