"""Which of the two dialects a connection speaks: decided by its first byte, for good."""

from typing import Tuple

UNDECIDED = 0
FRAMES = 1
LINES = 2
UNKNOWN = 3

BOM = b"\xef\xbb\xbf"
WHITE_SPACE = b" \t\r\n"


def detect(opening: bytes) -> Tuple[int, bytes]:
    """The dialect, and the bytes that are still to be read in it. UNDECIDED asks for more bytes behind those."""
    if opening.startswith(b"B"):
        return FRAMES, opening
    rest = opening.lstrip(WHITE_SPACE)
    if rest.startswith((b"{", BOM)):
        return LINES, rest
    if BOM.startswith(rest):
        # Nothing yet, or the first bytes of a BOM. White space is dropped: a client may send it for ever.
        return UNDECIDED, rest or opening[:1]
    return UNKNOWN, rest
