import type { DiagnosticFile, Diagnostics } from '../../contract/index.ts'
import { createRedact } from '../events/index.ts'
import type { Redact } from '../events/index.ts'
import type { Rooms } from '../rooms.ts'
import { serverLogs } from './logs.ts'
import type { Part } from './part.ts'
import { homeFolders, parts } from './parts.ts'
import { readMe } from './read-me.ts'
import { zipOf } from './zip.ts'

/** Milliseconds for one part. What takes longer is part of what is wrong, and the others must not wait for it. */
const partMs = 10_000

/**
 * Everything that helps to find a fault, gathered side by side, with all secrets taken out, as text to look at and as one file to
 * save. A part that cannot be had says why in its place. Nothing is written, nothing is sent.
 */
export async function collectDiagnostics(rooms: Rooms): Promise<Diagnostics> {
  const at = new Date()
  const redact = createRedact({
    mask: rooms.secrets.mask,
    credentials: (await rooms.settings.credentials()).values(),
    homes: await homeFolders(rooms.env),
  })
  const logs = await serverLogs(rooms).catch(() => [])
  const found = await Promise.all(parts.map((part) => fileOf(part, rooms, redact)))
  // One after the other, since they share what room there is.
  for (const log of logs) found.push(await fileOf(log, rooms, redact))
  const told = found.filter(({ text }) => text !== '')
  const files = [file('README.txt', 'What this is', readMe(told, rooms.hostInfo(), at)), ...told]
  const archive = zipOf(
    files.map(({ name, text }) => ({ name, data: Buffer.from(text, 'utf8') })),
    at,
  )
  return { name: `beep-diagnostics-${stamp(at)}.zip`, files, archive: archive.toString('base64') }
}

async function fileOf({ name, title, look }: Part, rooms: Rooms, redact: Redact): Promise<DiagnosticFile> {
  try {
    const seen = redact(await inTime(look(rooms)))
    return file(redact(name), redact(title), typeof seen === 'string' ? seen : `${JSON.stringify(seen, null, 2)}\n`)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return file(redact(name), redact(title), redact(`Could not be told: ${why}\n`))
  }
}

function file(name: string, title: string, text: string): DiagnosticFile {
  return { name, title, bytes: Buffer.byteLength(text), text }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`there was no answer within ${partMs / 1000} s`)), partMs)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Local time, fit for the name of a file: `2026-01-31-090500`. */
function stamp(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}
