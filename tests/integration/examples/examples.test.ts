// The programs of docs/examples, as they are: each finds a running server by its name and says the same. The one in Go has a
// test of its own, tests/integration/rpc/go.test.ts.
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../../../contract/index.ts'
import { snippet } from '../../../renderer/features/servers/snippets/snippets.ts'
import type { SnippetLanguage } from '../../../renderer/features/servers/snippets/target.ts'
import { root } from '../../architecture/source-files.ts'
import { findProgram } from '../../tools/find-program.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { localPython } from '../../tools/test-python.ts'
import { startFront, startPool } from '../client/real-servers.ts'
import type { RealServer } from '../client/real-servers.ts'

const run = promisify(execFile)
const examples = path.join(root, 'docs', 'examples')
const shown = ['area: 50.27', '0', '1', '2', 'error: ZeroDivisionError: division by zero']
const withoutPrinting = [shown[0], 'error: ZeroDivisionError: division by zero']

/** What a program says; its proxy leads nowhere, so that none asks it for loopback. */
async function say(server: RealServer, program: string, argv: readonly string[], cwd = root, more: object = {}) {
  const env = { ...process.env, BEEP_HOME: server.home, http_proxy: 'http://127.0.0.1:1', ...more }
  const { stdout } = await run(program, [...argv, server.name], { cwd, env })
  return stdout.trimEnd().split('\n')
}

beforeAll(async () => {
  await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', path.join(root, 'client')])
})

describe.each([
  ['http', () => startFront('http')],
  ['pipe', () => startPool()],
] as const)('over %s', (_, start) => {
  test('TypeScript, with the client package', async () => {
    const folder = tempFolder()
    cpSync(path.join(examples, 'typescript'), folder, { recursive: true })
    mkdirSync(path.join(folder, 'node_modules', '@beep-python'), { recursive: true })
    const place = path.join(folder, 'node_modules', '@beep-python', 'client')
    symlinkSync(path.join(root, 'client'), place, 'junction')
    expect(await say(await start(), process.execPath, ['main.ts'], folder)).toEqual(shown)
  })

  test('Python, with the package that this project has', async () => {
    const more = { PYTHONPATH: path.join(root, 'python', 'src'), PYTHONDONTWRITEBYTECODE: '1' }
    const program = path.join(examples, 'python', 'main.py')
    expect(await say(await start(), localPython(), [program], root, more)).toEqual(shown)
  })
})

test('curl', async (context) => {
  const missing = ['curl', 'sh'].filter((tool) => findProgram(tool) === undefined)
  context.skip(missing.length > 0, `there is no ${missing.join(' and no ')} on this machine`)
  const said = await say(await startFront('http'), 'sh', [path.join(examples, 'curl', 'main.sh')])
  const [area, ...rest] = said.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(area).toMatchObject({ value: 50.27 })
  expect(rest.at(-1)).toMatchObject({ code: 'PYTHON_ERROR', message: 'ZeroDivisionError: division by zero' })
  const printed = rest.filter(({ event }) => event === 'output').map(({ text }) => text)
  expect(printed.join('')).toBe('0\n1\n2\n')
})

test('Java, with the JDK alone', async (context) => {
  const java = findProgram('java')
  context.skip(java === undefined || findProgram('javac') === undefined, 'there is no JDK on this machine')
  const said = await say(await startFront('http'), java!, [path.join(examples, 'java', 'Main.java')])
  expect(said).toEqual([withoutPrinting[0], 'error: 422 ZeroDivisionError: division by zero'])
})

test('C#, with what every .NET has on board', async (context) => {
  const [mcs, mono] = [findProgram('mcs'), findProgram('mono')]
  context.skip(mcs === undefined || mono === undefined, 'there is no Mono with its compiler on this machine')
  const program = path.join(tempFolder(), 'Program.exe')
  const parts = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'].map((name) => `-r:${name}`)
  await run(mcs!, [...parts, `-out:${program}`, path.join(examples, 'csharp', 'Program.cs')])
  expect(await say(await startFront('http'), mono!, [program])).toEqual(withoutPrinting)
})

test.each([
  ['http', () => startFront('http'), [['go', '/usr/local/go/bin/go'], 'go', ['run']]],
  ['pipe', () => startPool(), [['java'], 'java', []]],
] as const)('the code that the window shows, over %s', async (_, start, shows) => {
  const server = await start()
  const file = path.join(server.home, 'endpoints', `${server.name}.json`)
  const endpoint = JSON.parse(readFileSync(file, 'utf8')) as Endpoint & { readonly token?: string }
  const target = { name: server.name, endpoint, token: endpoint.token, home: server.home }
  const folder = tempFolder()
  const shownFor = (language: SnippetLanguage, name: string) => {
    writeFileSync(path.join(folder, name), snippet(language, target, process.platform))
    return path.join(folder, name)
  }
  const said = async (program: string, ...argv: readonly string[]) => (await run(program, argv, { cwd: folder })).stdout
  expect((await said(localPython(), shownFor('python', 'shown.py'))).trim()).toBe('6')
  // One other language at each: they take seconds to compile.
  const [tool, language, argv] = shows
  const program = tool.map(findProgram).find((found) => found !== undefined)
  if (program === undefined)
    console.warn(`The code in ${language} is not tried: there is no ${tool[0]} on this machine`)
  else
    expect(await said(program, ...argv, shownFor(language, language === 'java' ? 'Main.java' : 'main.go'))).toContain(
      '"value":6',
    )
})
