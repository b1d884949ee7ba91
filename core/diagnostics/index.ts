import type { DiagnosticFile, Diagnostics } from '../../contract/index.ts'
import type { Redact } from '../events/index.ts'
import type { Rooms } from '../rooms.ts'
import { createInTime } from './in-time.ts'
import type { InTime } from './in-time.ts'
import { redactFor } from './known.ts'
import { serverLogs } from './logs.ts'
import { shownParts } from './names.ts'
import type { Part } from './part.ts'
import { parts } from './parts.ts'
import { readMe } from './read-me.ts'
import { zipOf } from './zip.ts'

/**
 * Everything that helps to find a fault, gathered side by side, with all secrets taken out, as text to look at and as one file to
 * save. A part that cannot be had says why in its place. Nothing is written, nothing is sent.
 */
export async function collectDiagnostics(rooms: Rooms): Promise<Diagnostics> {
  const at = new Date()
  const inTime = createInTime(rooms.env)
  const [redact, logs] = await Promise.all([redactFor(rooms, inTime), inTime(serverLogs(rooms)).catch(noLogs)])
  const found = await Promise.all(parts.map((part) => fileOf(part, rooms, redact, inTime)))
  // One after the other, since they share what room there is.
  for (const log of shownParts(logs, redact)) found.push(await fileOf(log, rooms, redact, inTime))
  const told = found.filter(({ text }) => text !== '')
  const files = [file('README.txt', 'What this is', readMe(told, rooms.hostInfo(), at)), ...told]
  const archive = zipOf(
    files.map(({ name, text }) => ({ name, data: Buffer.from(text, 'utf8') })),
    at,
  )
  return { name: `beep-diagnostics-${stamp(at)}.zip`, files, archive: archive.toString('base64') }
}

/** In the place of the logs of servers, of which nobody can tell which there are. */
function noLogs(why: unknown): readonly Part[] {
  return [{ name: 'logs/servers.log', title: 'Logs of servers', look: () => Promise.reject(why as Error) }]
}

async function fileOf(
  { name, title, look }: Part,
  rooms: Rooms,
  redact: Redact,
  inTime: InTime,
): Promise<DiagnosticFile> {
  try {
    const seen = redact(await inTime(look(rooms)))
    return file(name, title, typeof seen === 'string' ? seen : `${JSON.stringify(seen, null, 2)}\n`)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return file(name, title, redact(`Could not be told: ${why}\n`))
  }
}

function file(name: string, title: string, text: string): DiagnosticFile {
  return { name, title, bytes: Buffer.byteLength(text), text }
}

/** Local time, fit for the name of a file: `2026-01-31-090500`. */
function stamp(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}
