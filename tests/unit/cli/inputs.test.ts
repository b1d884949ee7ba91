import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { sourceOf } from '../../../cli/commands/runtimes/install.ts'
import { parseLocals } from '../../../cli/commands/servers/eval.ts'
import { endpointFile, runningAnswer, shellWord } from '../../../cli/commands/servers/running.ts'
import { parseSetting, settingText } from '../../../cli/commands/settings/values.ts'
import type { Endpoint, Server } from '../../../contract/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { serverNamed } from '../servers.ts'

describe('--from', () => {
  test('is decided by what lies there', async () => {
    const folder = tempFolder()
    for (const name of ['a.tar.gz', 'python3.12', 'b.tgz', 'c.tar.zst']) writeFileSync(path.join(folder, name), '')
    mkdirSync(path.join(folder, 'python.tar.gz'))
    const at = (name: string) => path.join(folder, name)
    expect(await sourceOf(undefined, undefined, folder)).toEqual({ kind: 'download' })
    expect(await sourceOf(undefined, '/mirror', folder)).toEqual({ kind: 'download', mirror: '/mirror' })
    expect(await sourceOf('system', undefined, folder)).toEqual({ kind: 'system' })
    expect(await sourceOf('a.tar.gz', undefined, folder)).toEqual({ kind: 'file', path: at('a.tar.gz') })
    expect(await sourceOf(at('b.tgz'), undefined, '/')).toEqual({ kind: 'file', path: at('b.tgz') })
    expect(await sourceOf('./c.tar.zst', undefined, folder)).toEqual({ kind: 'file', path: at('c.tar.zst') })
    expect(await sourceOf('python3.12', undefined, folder)).toEqual({ kind: 'system', path: at('python3.12') })
    expect(await sourceOf('python.tar.gz', undefined, folder)).toEqual({ kind: 'system', path: at('python.tar.gz') })
    await expect(sourceOf('not-there', undefined, folder)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `There is nothing at ${at('not-there')}`,
    })
    await expect(sourceOf('system', '/mirror', folder)).rejects.toMatchObject({ code: 'INVALID_PARAMS' })
  })
})

describe('--local', () => {
  test('is a name and JSON', () => {
    expect(parseLocals(['n=3', 'text="a=b"', 'list=[1,null]'])).toEqual({ n: 3, text: 'a=b', list: [1, null] })
    expect(() => parseLocals(['n=abc'])).toThrow('what follows the = is not JSON')
    expect(() => parseLocals(['=3'])).toThrow('it has no =')
  })
})

describe('config set', () => {
  test.each<[Parameters<typeof parseSetting>[0], string[], unknown]>([
    ['serverLogBytes', ['100000'], 100_000],
    ['pythonMirror', ['null'], null],
    ['pythonMirror', ['12'], '12'],
    ['pythonMirror', ['https://mirror.example'], 'https://mirror.example'],
    ['installer', ['uv'], 'uv'],
    ['extraRuntimes', ['/a b', '/c'], ['/a b', '/c']],
    ['extraRuntimes', ['/a'], ['/a']],
    ['extraRuntimes', ['[]'], []],
  ])('%s %j', (key, words, value) => {
    expect(parseSetting(key, words)).toEqual(value)
  })

  test('says what would be right', () => {
    expect(() => parseSetting('installer', ['conda'])).toThrow(/^installer cannot be "conda": .*"auto"\|"uv"\|"pip"/u)
    expect(() => parseSetting('serverLogBytes', ['1', '2'])).toThrow(/^serverLogBytes cannot be "1 2"/u)
  })

  test('shows a list as one line, and none as nothing', () => {
    expect([settingText(['a', 'b']), settingText(null), settingText(5)]).toEqual(['a, b', '', '5'])
  })
})

describe('a running server', () => {
  const place = { home: path.resolve('/data é'), env: {}, isUsualHome: true }
  const running = (endpoint: Endpoint): Server =>
    serverNamed("it's", { transport: endpoint.transport, state: 'running', pid: 5, endpoint })

  test('over http: told without its token, with lines that work in a shell', () => {
    const url = 'http://127.0.0.1:5678'
    const { text, json } = runningAnswer(running({ transport: 'http', url, token: 'secret' }), place)
    expect(text).toContain(`in ${endpointFile(place.home, "it's")}`)
    expect(text).not.toContain('secret')
    expect(text.split('\n').slice(-2)).toEqual([
      `  beep-host eval 'it'\\''s' '1 + 1'`,
      `  curl -s -H "Authorization: Bearer $(beep-host endpoint 'it'\\''s' --field token)" -H 'Content-Type: application/json' -d '{"expression":"1 + 1"}' http://127.0.0.1:5678/eval`,
    ])
    expect(json).toEqual({
      name: "it's",
      transport: 'http',
      state: 'running',
      environment: 'default',
      pid: 5,
      endpoint: { transport: 'http', url, token: 'secret' },
    })
  })

  test('over a pipe: with the line for nc, but not on Windows', () => {
    const lastLine = (socket: string, isUsualHome = true) =>
      runningAnswer(running({ transport: 'pipe', path: socket }), { ...place, isUsualHome })
        .text.split('\n')
        .at(-1)
    expect(lastLine('/run/a b.sock')).toBe(
      `  echo '{"command":"eval","payload":{"expression":"1 + 1"}}' | nc -U '/run/a b.sock'`,
    )
    expect(lastLine(String.raw`\\.\pipe\beep`, false)).toBe(
      `  beep-host eval 'it'\\''s' '1 + 1' --home ${shellWord(place.home)}`,
    )
  })

  test.each([
    ['plain-1.x', 'plain-1.x'],
    ['a b', "'a b'"],
    ['$(rm)', "'$(rm)'"],
    ['', "''"],
    ["'", String.raw`''\'''`],
    ['\x1b', String.raw`'\x1b'`],
  ])('%j as a word of a shell', (word, typed) => {
    expect(shellWord(word)).toBe(typed)
  })
})
