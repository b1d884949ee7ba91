import type { Fetch } from './fetch.ts'
import type { Timings } from './retry.ts'

export interface DownloadPlan {
  /** Name of the file, for people. */
  readonly name: string
  readonly sha256: string
  /** Asked in this order. */
  readonly urls: readonly string[]
  /** Where the verified file will lie; `.part` beside it until then. */
  readonly target: string
}

export interface DownloadProgress {
  readonly bytesDone: number
  readonly bytesTotal: number | undefined
  /** What a person wants to know beside the figures. */
  readonly note: string | undefined
}

export interface DownloadDeps {
  readonly fetch: Fetch
  readonly timings: Timings
  readonly signal: AbortSignal
  readonly onProgress: (progress: DownloadProgress) => void
  /** Called when the size is known and nothing is written yet; throws DISK_FULL. */
  readonly onSize: (total: number, done: number) => Promise<void>
  readonly freeBytes: (folder: string) => Promise<number>
}
