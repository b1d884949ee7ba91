import { open } from 'node:fs/promises'
import path from 'node:path'
import type { LogLine, Server } from '../../contract/index.ts'
import type { Rooms } from '../rooms.ts'
import { hasErrno } from '../storage/index.ts'
import type { Part } from './part.ts'

/** Bytes of the end of a log: some hundreds of lines, which is what somebody reads. */
const logBytes = 128 * 1024
const serverLines = 500
/** Bytes of all logs of servers together: with very many servers the last ones are left out, those that failed never. */
const allLogBytes = 2 * 1024 * 1024
/** What the code of users printed may be a book on one line. */
const lineChars = 4000

export const hostLogs: readonly Part[] = [
  {
    name: 'logs/host.log',
    title: 'Log of the host, its end',
    look: ({ layout }) => endOf(path.join(layout.logs, 'host.log')),
  },
  {
    name: 'logs/host-output.log',
    title: 'What a host in the background has printed, its end',
    look: ({ layout }) => endOf(path.join(layout.logs, 'host-output.log')),
  },
]

/** A part for the log of each server, those that failed first. */
export async function serverLogs({ servers }: Pick<Rooms, 'servers'>): Promise<readonly Part[]> {
  const order: Readonly<Record<Server['state'], number>> = {
    failed: 0,
    starting: 1,
    stopping: 1,
    running: 1,
    stopped: 2,
  }
  const known = (await servers.list()).toSorted((a, b) => order[a.state] - order[b.state])
  let left = allLogBytes
  return known.map(({ name }) => ({
    name: `logs/servers/${name}.log`,
    title: `Log of server ${name}, its end`,
    async look({ servers: { logs } }) {
      if (left <= 0) return 'Left out: the logs before it are large enough.\n'
      const text = logText(await logs({ name, lines: serverLines }))
      left -= Buffer.byteLength(text)
      return text
    },
  }))
}

/** The last lines that fit. */
export function logText(lines: readonly LogLine[], mostBytes = logBytes): string {
  const kept: string[] = []
  let bytes = 0
  for (const { at, source, stream, text } of lines.toReversed()) {
    const cut = text.length > lineChars ? `${text.slice(0, lineChars)}… (${text.length} characters)` : text
    const line = `${at} ${source} ${stream} ${cut}\n`
    bytes += Buffer.byteLength(line)
    if (bytes > mostBytes) break
    kept.push(line)
  }
  return kept.reverse().join('')
}

/** The end of a text file, whole lines only; nothing where there is no file. */
export async function endOf(file: string, mostBytes = logBytes): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw error
  })
  if (handle === undefined) return ''
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - mostBytes)
    const buffer = Buffer.alloc(size - from)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
    const text = buffer.subarray(0, bytesRead).toString('utf8')
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await handle.close()
  }
}
