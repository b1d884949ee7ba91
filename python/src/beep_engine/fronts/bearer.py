"""The token that callers show: `Bearer TOKEN`, in whatever a transport calls a header."""

import hmac


class Bearer:
    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._usual = b"Bearer " + self._token

    def accepts(self, given: bytes) -> bool:
        """Compares in constant time. The scheme's name is case-insensitive, and more than one space may follow it."""
        if hmac.compare_digest(given, self._usual):
            return True
        scheme, _, credentials = given.partition(b" ")
        return scheme.lower() == b"bearer" and hmac.compare_digest(credentials.strip(), self._token)
