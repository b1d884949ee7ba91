import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import type { LogLine } from '../../../contract/index.ts'
import { createServers } from '../../../core/servers/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, testServers } from './harness.ts'

test('a log tells the life of a server, line by line, to memory, files and doors alike', async () => {
  const host = testServers()
  const { servers, heard, layout } = host
  await host.misbehave({ pool: { say: ['von der Prozeßebene: 日本'] } })
  await servers.start({ transport: 'http', name: 'Prüf stand', port: 0 }, context())
  await servers.stop('Prüf stand')
  const lines = await servers.logs({ name: 'PRÜF STAND', lines: 1000 })
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_line, at) => at))
  expect(lines).toContainEqual(
    expect.objectContaining({ source: 'pool', stream: 'stderr', text: 'von der Prozeßebene: 日本' }),
  )
  const own = lines.filter(({ source }) => source === 'host').map(({ text }) => text)
  expect(own.map((text) => text.split(/[\s:]/u)[0])).toEqual(['launching', 'launching', 'ready', 'stopped'])

  const told = heard.flatMap((event) => (event.name === 'log.appended' ? event.payload.lines : []))
  expect(told).toEqual(lines)
  expect(heard.filter(({ name }) => name === 'log.appended').length).toBeLessThan(lines.length)
  const file = readFileSync(path.join(layout.logs, 'Prüf stand', 'log.ndjson'), 'utf8')
  expect(
    file
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as LogLine),
  ).toEqual(lines)

  const afterTheFact = createServers(host.deps)
  expect(await afterTheFact.logs({ name: 'Prüf stand', lines: 2 })).toEqual(lines.slice(-2))
  expect(await afterTheFact.logs({ name: 'Prüf stand', lines: 2, after: 0 })).toEqual(lines.slice(1, 3))
})

test('a token is in no log, no event and no error', async () => {
  const { servers, heard, misbehave, layout } = testServers()
  await misbehave({ pool: { tell: true }, http: { tell: true } })
  await servers.start({ transport: 'http', port: 0 }, context())
  const { token } = await servers.endpoint('http')
  const worn = await eventually('the front has told its configuration', async () =>
    (await servers.logs({ name: 'http', lines: 100 })).find(
      ({ source, text }) => source === 'http' && text.startsWith('configured'),
    ),
  )
  expect(worn.text).toContain('"token":"***"')
  process.kill((await servers.get('http')).processes.find(({ role }) => role === 'http')?.pid ?? 0, 'SIGKILL')
  const failed = await eventually('it has failed', async () => {
    const server = await servers.get('http')
    return server.state === 'failed' ? server : undefined
  })
  expect(failed.lastExit?.lastLines.join('\n')).toContain('"token":"***"')
  await servers.stop('http')
  const file = readFileSync(path.join(layout.logs, 'http', 'log.ndjson'), 'utf8')
  const told = heard.filter((event) => event.name !== 'server.changed' || event.payload.server.endpoint === null)
  for (const text of [file, JSON.stringify(told), JSON.stringify(failed)]) expect(text).not.toContain(token)
})

test('a token of another server, or of a program we know nothing of, is in no log either', async () => {
  const { servers, heard, misbehave, layout } = testServers()
  await servers.start({ transport: 'http', port: 0, name: 'a' }, context())
  const { token } = await servers.endpoint('a')
  const foreign = 'sk-foreign.token_of/another+program=='
  const say = [`asked with ${token}`, `> Authorization: Bearer ${foreign}`, `{"authorization": "Bearer short"}`]
  await misbehave({ pool: { say } })
  await servers.start({ transport: 'pipe', name: 'b' }, context())
  const lines = await eventually('it has said so', async () => {
    const found = await servers.logs({ name: 'b', lines: 100 })
    return found.some(({ text }) => text.includes('"authorization"')) ? found : undefined
  })
  const texts = lines.map(({ text }) => text)
  expect(texts).toEqual(
    expect.arrayContaining(['asked with ***', '> Authorization: Bearer ***', '{"authorization": "Bearer ***"}']),
  )
  await servers.stop('b')
  const file = readFileSync(path.join(layout.logs, 'b', 'log.ndjson'), 'utf8')
  const told = JSON.stringify(heard.filter(({ name }) => name === 'log.appended'))
  for (const text of [file, told]) {
    for (const secret of [token ?? '', foreign, 'Bearer short']) expect(text).not.toContain(secret)
  }
  // What an older version has written down is masked on its way out.
  const old = { seq: 0, at: new Date().toISOString(), source: 'pool', stream: 'stdout', text: `Bearer ${foreign}` }
  mkdirSync(path.join(layout.logs, 'c'))
  writeFileSync(path.join(layout.logs, 'c', 'log.ndjson'), `${JSON.stringify(old)}\n`)
  expect((await servers.logs({ name: 'c', lines: 5 })).map(({ text }) => text)).toEqual(['Bearer ***'])
})

test('a flood costs lines, not memory, not the loop, not the server', async () => {
  const { servers, misbehave, layout, heard } = testServers({ settings: { serverLogBytes: 256 * 1024 } })
  await misbehave({ pool: { flood: 'water '.repeat(20) } })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const before = process.memoryUsage().rss
  await servers.start({ transport: 'pipe' }, context())
  delay.enable()
  const folder = path.join(layout.logs, 'pipe')
  const lastSeq = async () => (await servers.logs({ name: 'pipe', lines: 1 }))[0]?.seq ?? 0
  await eventually('a lot has come', async () => (await lastSeq()) > 200_000)
  delay.disable()
  // Events are kept by this test itself: some 100 bytes for each line.
  heard.length = 0
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  expect(delay.max / 1e6).toBeLessThan(1000)
  expect(await servers.get('pipe')).toMatchObject({ state: 'running' })
  await servers.stop('pipe')
  const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(256 * 1024)
  const lines = await servers.logs({ name: 'pipe', lines: 1000 })
  expect(lines.at(-1)?.text).toMatch(/^stopped: /)
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_line, at) => at + (lines[0]?.seq ?? 0)))
})
