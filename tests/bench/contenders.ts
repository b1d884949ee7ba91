import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { HttpConnections } from '../../client/src/http/connections.ts'
import { connect as connectBackend } from '../../client/src/index.ts'
import type { PythonBackend, PythonHandle } from '../../client/src/index.ts'
import { createRpcBackend } from '../../client/src/rpc.ts'
import type { Core } from '../../core/index.ts'
import type { CommandName, CommandResult } from '../../contract/index.ts'
import { startingNow, untilAnswered } from './measure.ts'
import { MinimalClient } from './minimal-client.ts'

/** A server under measurement, started and connected. Every call checks its answer. */
export interface Contender {
  /** Milliseconds from the decision to start until the first right answer. */
  readonly startMs: number
  readonly evaluate: () => Promise<void>
  readonly echo?: () => Promise<void>
  /** Fetches a million float64 values. */
  readonly floats?: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface OurContender extends Contender {
  readonly backend: PythonBackend
}

export const floatCount = 1_000_000
const servers = path.join(import.meta.dirname, 'servers')

export async function startMinimal(python: string, folder: string): Promise<Contender> {
  const started = await startingNow()
  const socket = path.join(folder, `m${process.hrtime.bigint()}.sock`)
  const child = spawn(python, ['-I', path.join(servers, 'minimal.py'), socket], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const client = await untilAnswered(() => MinimalClient.open(socket))
  const evaluate = async () =>
    expect2((JSON.parse((await client.call('J', '{"expression":"1+1"}')).toString()) as { value: unknown }).value)
  await evaluate()
  return {
    startMs: performance.now() - started,
    evaluate,
    echo: async () => expect2(Number((await client.call('E', '2')).toString())),
    floats: async () => expectFloats(new Float64Array((await client.call('F', String(floatCount))).buffer)),
    stop: async () => {
      client.close()
      await ended(child)
    },
  }
}

/** Asked through the SDK's own connections, as ours is: the two differ in the server alone. */
export async function startBareFastApi(python: string): Promise<Contender> {
  const started = await startingNow()
  const child = spawn(python, ['-I', path.join(servers, 'bare_fastapi.py')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const connections = new HttpConnections({ connectTimeoutMs: 5000, idleMs: 4000 }, 8)
  const evaluate = async () =>
    expect2((await post(connections, Number(line.toString()), '/eval', { expression: '1+1' })).value)
  await untilAnswered(evaluate)
  return {
    startMs: performance.now() - started,
    evaluate,
    stop: async () => {
      connections.close()
      await ended(child)
    },
  }
}

/** Asked through the SDK, as ours is: the two differ in the server alone. */
export async function startBareGrpc(python: string): Promise<Contender> {
  const started = await startingNow()
  const child = spawn(python, ['-I', path.join(servers, 'bare_grpc.py')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const backend = createRpcBackend(`127.0.0.1:${Number(line.toString())}`, { token: 'none' })
  const evaluate = async () => expect2(await backend.evaluate('1+1'))
  await untilAnswered(evaluate)
  return {
    startMs: performance.now() - started,
    evaluate,
    stop: async () => {
      await backend.close()
      await ended(child)
    },
  }
}

export type Transport = 'pipe' | 'http' | 'rpc'

/** One of ours, through the SDK, just as an app would use it. */
export async function startOurs(core: Core, transport: Transport, environment: string): Promise<OurContender> {
  const started = await startingNow()
  const name = `bench-${transport}`
  await done(core, 'servers.start', { name, transport, environment, port: transport === 'pipe' ? undefined : 0 })
  const backend = await connectBackend(name, { home: core.layout.home })
  const evaluate = async () => expect2(await backend.evaluate('1+1'))
  await evaluate()
  const startMs = performance.now() - started
  const handle = await backend.evaluate<PythonHandle>(`import array\narray.array("d", range(${floatCount}))`)
  return {
    backend,
    startMs,
    evaluate,
    floats: async () => expectFloats(await backend.toFloatArray(handle)),
    stop: async () => {
      await backend.close()
      await done(core, 'servers.stop', { name })
    },
  }
}

/** Runs a job command to its end. */
export async function done<N extends CommandName>(core: Core, command: N, params: object): Promise<CommandResult<N>> {
  const reply = await core.dispatch(command, params)
  if ('error' in reply) throw new Error(`${command}: ${reply.error.message}`)
  const { job } = reply.ok as unknown as { job: { id: string } }
  const end = await core.jobs.ended(job.id)
  if (end.state !== 'succeeded') throw new Error(`${command}: ${end.error?.message ?? end.state}`)
  return end.result as CommandResult<N>
}

async function post(
  connections: HttpConnections,
  port: number,
  route: string,
  body: object,
): Promise<{ value: unknown }> {
  const headers = { 'content-type': 'application/json' }
  const question = { method: 'POST', path: route, headers, body: JSON.stringify(body) } as const
  const reply = await connections.ask({ host: '127.0.0.1', port }, question, undefined)
  return JSON.parse(Buffer.from(reply.body.buffer).toString()) as { value: unknown }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

function expect2(value: unknown): void {
  if (value !== 2) throw new Error(`expected 2, got ${String(value)}`)
}

function expectFloats(values: Float64Array): void {
  if (values.length !== floatCount || values[floatCount - 1] !== floatCount - 1)
    throw new Error('not the array that was asked for')
}
