"""Tables of pandas, pyarrow and those that speak Arrow, as an Arrow IPC stream (docs/wire.md §4, `totable`)."""

import sys
from typing import Any, Dict, Optional

from ..faults import Fault, bad_request
from ..wire.limits import MAX_BODY
from .names import type_name
from .outputs import Outputs, carried


def table_form(value: Any, outputs: Optional[Outputs]) -> Dict[str, Any]:
    """The `data` of a reply: a `$type` table. Raises BAD_REQUEST for what is none, and where there is no pyarrow."""
    kind = type(value)
    if not _looks_like_one(kind):
        raise bad_request(
            f"{type_name(kind)} is not a table", hint="a pandas or pyarrow table is, and what speaks Arrow"
        )
    pyarrow = _pyarrow()
    table = _table_of(pyarrow, value)
    if table.nbytes > MAX_BODY:
        raise Fault(
            "TOO_LARGE", f"the table has {table.nbytes} bytes, the limit is {MAX_BODY}", hint="fetch it in slices"
        )
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data = memoryview(sink.getvalue()).cast("B")
    return {"$type": "table", **carried(data, outputs), "format": "arrow", "rows": table.num_rows}


def read_table(data: memoryview) -> Any:
    """A pyarrow.Table that shares the memory of `data`."""
    pyarrow = _pyarrow()
    return pyarrow.ipc.open_stream(pyarrow.py_buffer(data)).read_all()


def _looks_like_one(kind: type) -> bool:
    # A pandas Series has the method too, in newer versions.
    return (
        hasattr(kind, "__arrow_c_stream__")
        or _is_of(kind, "pandas", "DataFrame", "Series")
        or _is_of(kind, "pyarrow", "Table", "RecordBatch", "RecordBatchReader")
    )


def _table_of(pyarrow: Any, value: Any) -> Any:
    kind = type(value)
    if issubclass(kind, pyarrow.Table):
        return value
    if issubclass(kind, pyarrow.RecordBatch):
        return pyarrow.Table.from_batches([value])
    if issubclass(kind, pyarrow.RecordBatchReader):
        return value.read_all()
    if _is_of(kind, "pandas", "DataFrame"):
        return pyarrow.Table.from_pandas(value)
    if _is_of(kind, "pandas", "Series"):
        return pyarrow.Table.from_pandas(value.to_frame())
    return pyarrow.table(value)


def _is_of(kind: type, module: str, *names: str) -> bool:
    """Whether it is one of these classes of a module that has been imported, or comes from one."""
    loaded = sys.modules.get(module)
    return loaded is not None and any(issubclass(kind, getattr(loaded, name, ())) for name in names)


def _pyarrow() -> Any:
    try:
        import pyarrow.ipc
    except ImportError:
        raise bad_request("tables need pyarrow in this environment", hint="install the package pyarrow there") from None
    return pyarrow
