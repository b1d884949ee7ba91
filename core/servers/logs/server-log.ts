import type { LogLine } from '../../../contract/index.ts'
import { openLogFiles, readLogFiles } from './log-files.ts'
import { LogRing } from './log-ring.ts'

/** Milliseconds over which lines are gathered before they are told: a screen shows no more. */
const batchMs = 50
/** What is kept of one batch. Whoever prints faster loses the oldest lines of it, and the log says how many. */
const maxBatchLines = 20_000
const maxBatchChars = 1024 * 1024

export interface ServerLogOptions {
  readonly folder: string
  /** Bytes on disk, over all files. */
  readonly bytes: number
  /** Takes secrets out of a text, before it gets anywhere. */
  readonly mask: (text: string) => string
  readonly onLines: (lines: readonly LogLine[]) => void
}

/** The log of one server: lines in, numbered lines out. Bounded everywhere, and never waited for by who writes. */
export interface ServerLog {
  readonly write: (source: LogLine['source'], stream: LogLine['stream'], text: string) => void
  readonly read: (count: number, after: number | undefined) => Promise<readonly LogLine[]>
  readonly limit: (bytes: number) => void
  /** Tells and writes what is waiting. */
  readonly flush: () => Promise<void>
}

/** Opens a log. Numbers go on where the files stop, so that `after` means the same across a restart of the host. */
export async function openServerLog(options: ServerLogOptions): Promise<ServerLog> {
  const { folder, onLines, mask } = options
  const ring = new LogRing()
  let pending: Omit<LogLine, 'seq'>[] = []
  let pendingChars = 0
  let skipped = 0
  let timer: NodeJS.Timeout | undefined
  let seq = ((await readLogFiles(folder, 1, undefined))[0]?.seq ?? -1) + 1
  const first = seq

  const write: ServerLog['write'] = (source, stream, text) => {
    const masked = mask(text)
    pending.push({ at: new Date().toISOString(), source, stream, text: masked })
    pendingChars += masked.length
    if (pending.length > maxBatchLines || pendingChars > maxBatchChars) skipHalf()
    timer ??= setTimeout(commit, batchMs).unref()
  }
  const files = await openLogFiles(folder, {
    bytes: options.bytes,
    onProblem: (error) =>
      write('host', 'event', `this log cannot be written to ${folder}: ${(error as Error).message}`),
  })

  function skipHalf(): void {
    const dropped = pending.splice(0, Math.ceil(pending.length / 2))
    skipped += dropped.length
    for (const line of dropped) pendingChars -= line.text.length
  }
  function commit(): void {
    clearTimeout(timer)
    timer = undefined
    if (pending.length === 0) return
    const at = pending[0]?.at ?? new Date().toISOString()
    const notice = {
      at,
      source: 'host',
      stream: 'event',
      text: `${skipped} lines skipped: they came too fast`,
    } as const
    const lines = (skipped === 0 ? pending : [notice, ...pending]).map((line): LogLine => ({ seq: seq++, ...line }))
    pending = []
    pendingChars = 0
    skipped = 0
    ring.push(lines)
    files.append(lines)
    onLines(lines)
  }

  return {
    write,
    limit: files.limit,
    async read(count, after) {
      commit()
      const fromMemory = ring.read(count, after, first)
      if (fromMemory) return fromMemory
      await files.flush()
      return (await readLogFiles(folder, count, after)).map((line) => ({ ...line, text: mask(line.text) }))
    },
    async flush() {
      commit()
      await files.flush()
    },
  }
}
