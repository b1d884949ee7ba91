import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { announce } from '../../unit/client/announce.ts'
import { tempFolder } from '../../unit/client/temp-folder.ts'
import { startFront, startPool } from './real-servers.ts'

const root = resolve(import.meta.dirname, '../../..')
const bin = join(root, 'node_modules', '.bin')
const run = promisify(execFile)
const isWindows = process.platform === 'win32'

/** npm and tsc are scripts on Windows, which only a shell can start. What they say about a failure is on stdout. */
async function tool(name: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await run(name, args, { cwd, shell: isWindows, env: { ...process.env, NO_COLOR: '1' } })
    return stdout
  } catch (error) {
    throw new Error(`${name} ${args.join(' ')}: ${(error as { stdout?: string }).stdout ?? ''}`, { cause: error })
  }
}

/** The oldest Node from 20 on that PATH leads to: the package has to run on what people have. */
function oldestNode(): string {
  const file = isWindows ? 'node.exe' : 'node'
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']
  const candidates = [
    process.execPath,
    ...folders.map((folder) => join(folder, file)).filter((path) => existsSync(path)),
  ]
  const known = candidates.flatMap((path) => {
    const major = Number(/^v(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))?.[1])
    return major >= 20 ? [{ path, major }] : []
  })
  known.sort((one, other) => one.major - other.major)
  return known[0]?.path ?? process.execPath
}

it('the packed package installs, compiles strictly and runs on the oldest Node', async () => {
  const app = tempFolder()
  const packed = JSON.parse(
    await tool('npm', ['pack', '--json', '--pack-destination', app], join(root, 'client')),
  ) as readonly {
    readonly files: readonly { readonly path: string }[]
  }[]
  const files = packed[0]?.files.map(({ path }) => path) ?? []
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  )
  expect(
    files.filter((path) => !/^(LICENSE|README\.md|package\.json|dist\/([\w-]+\/)?[\w-]+\.(js|d\.ts))$/.test(path)),
  ).toEqual([])

  const [archive] = readdirSync(app).filter((file) => file.endsWith('.tgz'))
  writeFileSync(join(app, 'package.json'), '{"name":"consumer","private":true,"type":"module"}')
  await tool('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${archive}`], app)
  expect(readdirSync(join(app, 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual(['@beep-python'])

  const fixtures = join(root, 'tests/fixtures')
  cpSync(join(fixtures, 'consumer'), app, { recursive: true })
  mkdirSync(join(app, 'node_modules', '@types'))
  for (const name of ['@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name), 'junction')
  }
  await tool(join(bin, 'tsc'), ['-p', 'tsconfig.json', '--pretty', 'false'], app)

  const { home } = await startPool()
  announce(home, 'rpc', { transport: 'rpc', address: '127.0.0.1:1' })
  const { stdout } = await run(oldestNode(), ['consumer.js', home], { cwd: app })
  expect(JSON.parse(stdout)).toEqual({
    greeting: 'Zoë, 1970',
    rows: [
      [1, 2],
      [3, 4],
    ],
    mean: 3,
    pair: [1, '18446744073709551616'],
    code: 'PYTHON_ERROR',
    traced: true,
    aborted: 'CANCELLED',
    control: 'no host',
    withoutGrpc: 'UNSUPPORTED_TRANSPORT',
    node: expect.stringMatching(/^2\d\./),
  })

  // With the package that gRPC needs beside it.
  for (const name of ['@grpc', '@js-sdsl']) {
    symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name), 'junction')
  }
  cpSync(join(fixtures, 'rpc-consumer'), app, { recursive: true })
  await tool(join(bin, 'tsc'), ['-p', 'tsconfig.rpc.json', '--pretty', 'false'], app)
  const server = await startFront('rpc')
  const rpc = await run(oldestNode(), ['rpc-consumer.js', server.home, server.name], { cwd: app })
  expect(JSON.parse(rpc.stdout)).toEqual({ transport: 'rpc', sum: 6, floats: [1, 2], code: 'PYTHON_ERROR' })
})
