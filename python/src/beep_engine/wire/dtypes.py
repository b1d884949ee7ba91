"""The dtypes of arrays on the wire (docs/wire.md §4): their names are numpy's, their bytes little-endian."""

import re
from typing import Any, Optional

# Bytes of one element. A complex number is its real part and then its imaginary part.
WIDTHS = {
    **{"float64": 8, "float32": 4, "float16": 2, "complex128": 16, "complex64": 8},
    **{"int64": 8, "int32": 4, "int16": 2, "int8": 1},
    **{"uint64": 8, "uint32": 4, "uint16": 2, "uint8": 1, "bool": 1},
}
# An int64 that counts units, such as `datetime64[ns]`; the smallest one means no time at all.
_TIMES = r"(?:datetime64|timedelta64)(?:\[\d{0,9}(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"

KNOWN = ", ".join(WIDTHS) + ", datetime64[…] or timedelta64[…]"


def width_of(dtype: Any) -> Optional[int]:
    """Bytes of one element; None where there is no such dtype."""
    if type(dtype) is not str:
        return None
    width = WIDTHS.get(dtype)
    return 8 if width is None and re.fullmatch(_TIMES, dtype) else width
