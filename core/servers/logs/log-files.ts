import { appendFile, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { logLineSchema } from '../../../contract/index.ts'
import type { LogLine } from '../../../contract/index.ts'
import { privateFolder } from '../../storage/index.ts'

/** Files of one log: the current one and three before it. Each gets a quarter of the bytes. */
const fileCount = 4
/** Bytes that may wait for a slow disk; beyond them lines are not kept on disk (a gap in `seq` shows where). */
const maxBacklogBytes = 8 * 1024 * 1024

/** `log.ndjson`, then `log.1.ndjson` … from new to old; one LogLine as JSON on each line. */
export function logFile(folder: string, age: number): string {
  return path.join(folder, age === 0 ? 'log.ndjson' : `log.${age}.ndjson`)
}

/** Rotated files under a byte cap. Writes are queued, and a disk that fails stops nobody. */
export interface LogFiles {
  readonly append: (lines: readonly LogLine[]) => void
  /** Changes the cap, in bytes over all files; what is over it goes, oldest first. */
  readonly limit: (bytes: number) => void
  /** Settles when everything appended so far is written, or given up. */
  readonly flush: () => Promise<void>
}

export interface LogFilesOptions {
  readonly bytes: number
  /** Told when writing begins to fail, and not again until it has worked in between. */
  readonly onProblem: (error: unknown) => void
}

export async function openLogFiles(folder: string, options: LogFilesOptions): Promise<LogFiles> {
  await privateFolder(folder)
  let cap = options.bytes
  let size = (await sizeOf(logFile(folder, 0))) ?? 0
  let backlog = 0
  let isFailing = false
  const queue: Buffer[] = []
  let work: Promise<void> = Promise.resolve()
  const fileCap = () => Math.floor(cap / fileCount)

  const trim = async () => {
    let total = 0
    for (let age = 0; age < fileCount; age += 1) {
      total += (await sizeOf(logFile(folder, age))) ?? 0
      if (total > cap) await rm(logFile(folder, age), { force: true })
    }
  }
  const rotate = async () => {
    for (let age = fileCount - 1; age > 0; age -= 1) {
      const younger = logFile(folder, age - 1)
      if ((await sizeOf(younger)) !== undefined) await rename(younger, logFile(folder, age))
    }
    size = 0
    await trim()
  }
  const drain = async () => {
    while (queue.length > 0) {
      let count = 0
      let bytes = 0
      for (const next of queue) {
        if (size + bytes + next.length > fileCap()) break
        bytes += next.length
        count += 1
      }
      if (count === 0) {
        // Encoded under a higher cap than there is now: no file can take it.
        if (size === 0) backlog -= queue.shift()?.length ?? 0
        else await rotate()
        continue
      }
      backlog -= bytes
      await appendFile(logFile(folder, 0), Buffer.concat(queue.splice(0, count)), { mode: 0o600 })
      size += bytes
    }
    isFailing = false
  }
  /** One step after the other; a failed one gives up what was waiting. */
  const enqueue = (step: () => Promise<void>) => {
    work = work.then(step).catch((error: unknown) => {
      queue.length = 0
      backlog = 0
      if (!isFailing) options.onProblem(error)
      isFailing = true
    })
  }

  enqueue(trim)
  return {
    append(lines) {
      for (const line of lines) {
        if (backlog > maxBacklogBytes) break
        const encoded = encodeLine(line, fileCap())
        backlog += encoded.length
        queue.push(encoded)
      }
      enqueue(drain)
    },
    limit(bytes) {
      if (bytes === cap) return
      cap = bytes
      enqueue(trim)
    },
    flush: () => work,
  }
}

/**
 * Lines of a log on disk, oldest first: with `after` the first `count` with a higher seq, else the last `count`.
 * What a crash cut in half is left out.
 */
export async function readLogFiles(folder: string, count: number, after: number | undefined): Promise<LogLine[]> {
  const found: LogLine[] = []
  let lowest = Number.POSITIVE_INFINITY
  for (let age = 0; age < fileCount; age += 1) {
    const text = await readFile(logFile(folder, age), 'utf8').catch(() => '')
    const lines = text.split('\n')
    for (const raw of lines.reverse()) {
      const line = parseLine(raw)
      // A rotation between two reads shows the same lines twice.
      if (line === undefined || line.seq >= lowest) continue
      if (after === undefined ? found.length >= count : line.seq <= after) return inOrder(found, count)
      lowest = line.seq
      found.push(line)
    }
  }
  return inOrder(found, count)
}

function inOrder(newestFirst: LogLine[], count: number): LogLine[] {
  return newestFirst.reverse().slice(0, count)
}

function parseLine(raw: string): LogLine | undefined {
  if (raw === '') return undefined
  try {
    return logLineSchema.safeParse(JSON.parse(raw)).data
  } catch {
    return undefined
  }
}

/** A line that no file could hold is cut. */
function encodeLine(line: LogLine, maxBytes: number): Buffer {
  const whole = Buffer.from(`${JSON.stringify(line)}\n`, 'utf8')
  if (whole.length <= maxBytes) return whole
  // A character takes up to six bytes once it is escaped, and the other fields about a hundred.
  const kept = Math.max(0, Math.floor((maxBytes - 200) / 6))
  return Buffer.from(`${JSON.stringify({ ...line, text: `${line.text.slice(0, kept)}…` })}\n`, 'utf8')
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size
}
