import { bytesOf } from './arrays.ts'

/** A table as an Arrow IPC stream: what `tableFromIPC` of the package apache-arrow reads, and `tableToIPC` writes. */
export class ArrowTable {
  readonly data: Uint8Array
  /** Known of tables that came from Python. */
  declare readonly rows?: number

  constructor(data: Uint8Array, rows?: number) {
    this.data = data
    if (rows !== undefined) this.rows = rows
  }
}

/** For an argument: an Arrow IPC stream, which becomes a pyarrow.Table. */
export function arrowTable(data: ArrayBuffer | ArrayBufferView): ArrowTable {
  return new ArrowTable(ArrayBuffer.isView(data) ? bytesOf(data) : new Uint8Array(data))
}
