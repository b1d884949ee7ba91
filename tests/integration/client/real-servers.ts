import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { connect } from '../../../client/src/index.ts'
import type { PythonBackend } from '../../../client/src/index.ts'
import { ensureTestPython, localPython } from '../../tools/test-python.ts'
import { announce } from '../../unit/client/announce.ts'
import { tempFolder } from '../../unit/client/temp-folder.ts'

const entry = resolve(import.meta.dirname, '../../../python/src/beep_engine/__main__.py')

export interface RealServer {
  /** A data root with the endpoint file of this server. */
  readonly home: string
  /** Its name there. */
  readonly name: string
  readonly process: ChildProcess
}

export interface RealPool extends RealServer {
  readonly path: string
  readonly token: string | undefined
}

/** How the code reaches a host, where it may ask one. */
export interface Infrastructure {
  readonly scope: 'read' | 'full'
  readonly address: string
  readonly token: string
}

/** A pool for one test, gone at its end. */
export async function startPool(
  python: string = localPython(),
  infrastructure?: Infrastructure,
  workers?: number,
): Promise<RealPool> {
  const home = tempFolder()
  const isWindows = process.platform === 'win32'
  const path = isWindows ? `\\\\.\\pipe\\beep-test-${process.pid}-${Date.now()}` : join(home, 'p.sock')
  const token = isWindows ? 'a token for the test' : undefined
  const pool = await startProcess(python, 'pool', { name: 'pipe', path, token, infrastructure, workers })
  announce(home, 'pipe', { transport: 'pipe', path, token, pid: pool.pid })
  return { home, name: 'pipe', path, token, process: pool }
}

/** A front in the Python environment of the tests, with a pool behind it. */
export async function startFront(
  transport: 'http' | 'rpc',
  python: string = localPython(),
  infrastructure?: Infrastructure,
  workers?: number,
): Promise<RealServer> {
  const { home, path, token } = await startPool(python, infrastructure, workers)
  const [name, secret] = [`é ${transport}`, `a token for ${transport}`]
  const config = { name, host: '127.0.0.1', port: 0, token: secret, pool: { path, token, workers } }
  const front = await startProcess(ensureTestPython(), transport, config)
  const { url, address } = front.ready
  announce(home, name, { transport, url, address, token: secret, pid: front.pid })
  return { home, name, process: front }
}

/** A backend on that server, closed at the end of the test. */
export async function connected(server: RealServer): Promise<PythonBackend> {
  const python = await connect(server.name, { home: server.home })
  onTestFinished(() => python.close())
  return python
}

/** Every way to the same operations: a test runs over each. */
export const doors = [
  ['pipe', (infrastructure?: Infrastructure) => startPool(undefined, infrastructure)],
  ['http', (infrastructure?: Infrastructure) => startFront('http', undefined, infrastructure)],
  ['rpc', (infrastructure?: Infrastructure) => startFront('rpc', undefined, infrastructure)],
] as const

/** The same, before two workers. */
export const pairs = [
  ['pipe', () => startPool(undefined, undefined, 2)],
  ['http', () => startFront('http', undefined, undefined, 2)],
  ['rpc', () => startFront('rpc', undefined, undefined, 2)],
] as const

type Ready = Readonly<Record<string, unknown>>

async function startProcess(python: string, role: string, config: object): Promise<ChildProcess & { ready: Ready }> {
  const child = spawn(python, ['-I', '-X', 'utf8', '-u', entry, role], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise((done) => child.once('close', done))
  onTestFinished(async () => {
    child.stdin.end() // which ends it and its children
    await ended
  })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)))
  child.stdin.on('error', () => {}) // it may be gone before we are
  child.stdin.write(`${JSON.stringify({ protocol: 1, role, ...config })}\n`)
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume() // what user code prints has to go somewhere
    const ready = JSON.parse(line) as Ready
    if (ready['ready'] !== true) throw new Error(`The ${role} does not listen: ${line}`)
    return Object.assign(child, { ready })
  }
  throw new Error(`The ${role} ended before it listened: ${errors}`)
}
