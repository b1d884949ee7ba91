import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { LogLine } from '../../../../contract/index.ts'
import { logFile, openLogFiles, readLogFiles } from '../../../../core/servers/logs/log-files.ts'
import { LogRing } from '../../../../core/servers/logs/log-ring.ts'
import { openServerLog } from '../../../../core/servers/logs/server-log.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const logFolder = () => path.join(tempFolder(), 'Sérver eins')

function lines(from: number, to: number, text = (seq: number) => `line ${seq}`): LogLine[] {
  return Array.from({ length: to - from }, (_, at) => ({
    seq: from + at,
    at: '2026-01-01T00:00:00.000Z',
    source: 'pool',
    stream: 'stdout',
    text: text(from + at),
  }))
}

const noProblem = (error: unknown) => {
  throw error
}

async function bytesOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

test('files rotate, stay under their cap, and keep the newest lines', async () => {
  const folder = logFolder()
  const cap = 64 * 1024
  const files = await openLogFiles(folder, { bytes: cap, onProblem: noProblem })
  for (let from = 0; from < 5000; from += 250) files.append(lines(from, from + 250))
  await files.flush()
  expect(await bytesOf(folder)).toBeLessThanOrEqual(cap)
  expect((await readdir(folder)).sort()).toEqual(['log.1.ndjson', 'log.2.ndjson', 'log.3.ndjson', 'log.ndjson'])
  for (const name of await readdir(folder)) expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600)
  expect(await readLogFiles(folder, 300, undefined)).toEqual(lines(4700, 5000))
  expect(await readLogFiles(folder, 2, 4800)).toEqual(lines(4801, 4803))
  expect(await readLogFiles(folder, 100, 4990)).toEqual(lines(4991, 5000))
  expect(await readLogFiles(folder, 100, 4999)).toEqual([])
})

test('a lower cap takes the oldest files away', async () => {
  const folder = logFolder()
  const files = await openLogFiles(folder, { bytes: 256 * 1024, onProblem: noProblem })
  files.append(lines(0, 2500))
  await files.flush()
  files.limit(64 * 1024)
  files.append(lines(2500, 2600))
  await files.flush()
  expect(await bytesOf(folder)).toBeLessThanOrEqual(64 * 1024)
  expect((await readLogFiles(folder, 1, undefined))[0]?.seq).toBe(2599)
})

test('a line that no file could hold is cut, and one that a crash has cut is left out', async () => {
  const folder = logFolder()
  const files = await openLogFiles(folder, { bytes: 64 * 1024, onProblem: noProblem })
  files.append(lines(0, 1, () => '\u0001'.repeat(100_000)))
  files.append(lines(1, 2))
  await files.flush()
  await writeFile(logFile(folder, 0), '{"seq":2,"at":"20', { flag: 'a' })
  const [cut, whole] = await readLogFiles(folder, 10, undefined)
  expect(cut?.text).toMatch(/^\u0001{1000,}…$/u)
  expect(whole).toEqual(lines(1, 2)[0])
})

test('a disk that fails is told once, and again only after it has worked', async () => {
  const folder = logFolder()
  const problems: unknown[] = []
  const files = await openLogFiles(folder, { bytes: 64 * 1024, onProblem: (error) => problems.push(error) })
  await rm(folder, { recursive: true })
  for (let at = 0; at < 3; at += 1) files.append(lines(at, at + 1))
  await files.flush()
  expect(problems).toHaveLength(1)
})

test('memory keeps the newest lines, and knows what it does not have', () => {
  const ring = new LogRing()
  ring.push(lines(0, 4000))
  expect(ring.read(10_000, undefined, 0)).toHaveLength(4000)
  ring.push(lines(4000, 8000))
  expect(ring.read(2, undefined, 0)).toEqual(lines(7998, 8000))
  expect(ring.read(6000, undefined, 0)).toBeUndefined()
  expect(ring.read(10, 2, 0)).toBeUndefined()
  expect(ring.read(2, 5000, 0)).toEqual(lines(5001, 5003))
  expect(ring.read(2, 9000, 0)).toEqual([])
})

test('memory is bounded in characters, too', () => {
  const ring = new LogRing()
  ring.push(lines(0, 300, () => 'x'.repeat(16 * 1024)))
  expect(ring.read(128, undefined, 0)).toHaveLength(128)
  expect(ring.read(200, undefined, 0)).toBeUndefined()
})

/** What a log must not tell. */
const hide = (text: string) => text.replaceAll('secret', '***')

test('lines are numbered without gaps, told in batches, and numbers go on after a reopening', async () => {
  const folder = logFolder()
  const told: LogLine[][] = []
  const open = () =>
    openServerLog({ folder, bytes: 1024 * 1024, mask: hide, onLines: (batch) => told.push([...batch]) })
  const log = await open()
  for (let at = 0; at < 100; at += 1) log.write('pool', 'stdout', `line ${at}`)
  expect(told).toEqual([])
  expect((await log.read(1000, undefined)).map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, at) => at))
  expect(told.map((batch) => batch.length)).toEqual([100])
  await log.flush()

  const again = await open()
  again.write('host', 'event', 'next secret')
  expect(await again.read(1, undefined)).toMatchObject([{ seq: 100, text: 'next ***' }])
  expect(told.at(-1)).toMatchObject([{ text: 'next ***' }])
  expect((await again.read(3, undefined)).map(({ seq }) => seq)).toEqual([98, 99, 100])
  expect((await again.read(2, 50)).map(({ seq }) => seq)).toEqual([51, 52])
})

test('who prints faster than the log can take loses the oldest of it, and is told how many', async () => {
  const folder = logFolder()
  const log = await openServerLog({ folder, bytes: 64 * 1024 * 1024, mask: hide, onLines: () => {} })
  const count = 100_000
  for (let at = 0; at < count; at += 1) log.write('pool', 'stdout', `${at}`)
  const kept = await log.read(100_000, undefined)
  const skipped = Number(/^(\d+) lines skipped/u.exec(kept[0]?.text ?? '')?.[1])
  expect(kept[0]).toMatchObject({ seq: 0, source: 'host', stream: 'event' })
  expect(kept.length - 1 + skipped).toBe(count)
  expect(kept.length).toBeLessThanOrEqual(20_001)
  expect(kept.at(-1)).toMatchObject({ seq: kept.length - 1, text: `${count - 1}` })
  await log.flush()
  const onDisk = (await readFile(logFile(folder, 0), 'utf8')).trimEnd().split('\n')
  expect(onDisk).toHaveLength(kept.length)
})
