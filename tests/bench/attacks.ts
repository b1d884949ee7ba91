import { setTimeout as pause } from 'node:timers/promises'
import { connect, isBackendError } from '../../client/src/index.ts'
import type { BackendErrorCode, PythonBackend, PythonCalls } from '../../client/src/index.ts'
import type { Core } from '../../core/index.ts'
import { done } from './contenders.ts'
import type { Note } from './engine.ts'
import { quantile } from './measure.ts'

const mebibyte = 1024 * 1024
/** Milliseconds of calls, without an attack and with it. */
const calmMs = 2000
const attackedMs = 5000
/** Milliseconds from the beginning of one attack to that of the next, if it is over by then. */
const pauseMs = 1000

/** What one session does to the machine, and how its caller must be told of the end. */
export interface Attack {
  readonly name: string
  readonly code: string
  readonly ends: readonly BackendErrorCode[]
  readonly memoryLimitBytes?: number
  readonly timeoutSeconds?: number
}

export const attacks: readonly Attack[] = [
  { name: 'an endless loop', code: 'while True: pass', ends: [] },
  {
    name: 'forks without end',
    code: 'import os, time\nwhile True: os.fork() or time.sleep(1000)',
    ends: ['WORKER_LOST'],
  },
  {
    name: '4 GiB under a cap of 512 MiB',
    code: 'kept = []\nwhile True: kept.append(bytearray(2**20)) if len(kept) < 4096 else exit()',
    ends: ['PYTHON_ERROR'],
    memoryLimitBytes: 512 * mebibyte,
  },
  { name: 'os._exit', code: 'import os\nos._exit(3)', ends: ['WORKER_LOST'] },
  { name: 'a segfault', code: 'import ctypes\nctypes.string_at(0)', ends: ['WORKER_LOST'] },
  {
    // Holds the interpreter, whatever signals come.
    name: 'a C call that never returns',
    code:
      'import ctypes\nmutex, lock = ctypes.create_string_buffer(64), ctypes.PyDLL(None).pthread_mutex_lock\n' +
      'lock(mutex)\nlock(mutex)',
    ends: ['WORKER_LOST'],
    timeoutSeconds: 0.5,
  },
]

/**
 * p99 of the calls of others, in turn in the shared worker and in a process of their own, while one session is attacked, and
 * another one a second later; and in own processes while the shared worker is. Before each, the same without it.
 */
export async function measureAttacks(core: Core, note: Note): Promise<void> {
  const name = 'bench-attacks'
  const limits = { graceSeconds: 0.2, processLimit: 64 }
  await done(core, 'servers.start', { name, transport: 'pipe', environment: 'bench', ...limits })
  const open = () => connect(name, { home: core.layout.home })
  const [attacker, bystander] = await Promise.all([open(), open()])
  try {
    const shared = await bystander.openSession()
    const own = await bystander.openSession({ ownProcess: true })
    for (const attack of attacks)
      await compare(attack.name, [shared, own], (signal) => attackSession(attacker, attack, signal), note)
    await compare('worker', [own], (signal) => attackWorker(attacker, signal), note)
    await own.close()
  } finally {
    await Promise.all([attacker.close(), bystander.close()])
    await done(core, 'servers.stop', { name })
  }
}

async function compare(
  name: string,
  others: readonly PythonCalls[],
  attack: (signal: AbortSignal) => Promise<void>,
  note: Note,
): Promise<void> {
  await callsOf(others, calmMs / 10)
  note(`${name} without`, quantile(await callsOf(others, calmMs), 0.99) * 1000)
  const over = new AbortController()
  const attacking = again(attack, over.signal)
  note(`${name} with`, quantile(await callsOf(others, attackedMs), 0.99) * 1000)
  over.abort()
  await attacking
}

async function again(attack: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const next = pause(pauseMs, undefined, { signal }).catch(() => {})
    await attack(signal)
    await next
  }
}

/** A new session, attacked. It must end as it should. */
async function attackSession(backend: PythonBackend, attack: Attack, signal: AbortSignal): Promise<void> {
  const { code, ends, ...options } = attack
  const { memoryLimitBytes, timeoutSeconds } = options
  await using session = await backend.openSession({ ownProcess: true, memoryLimitBytes, timeoutSeconds })
  await endsWith(session.evaluate(code, {}, { signal }), ends, signal)
}

function attackWorker(backend: PythonBackend, signal: AbortSignal): Promise<void> {
  return endsWith(backend.evaluate('import os\nos._exit(3)', {}, { signal }), ['WORKER_LOST'], signal)
}

async function endsWith(
  call: Promise<unknown>,
  codes: readonly BackendErrorCode[],
  signal: AbortSignal,
): Promise<void> {
  const end = await call.then(
    () => 'answered',
    (error: unknown) => (isBackendError(error) ? error.code : String(error)),
  )
  if (signal.aborted && end === 'CANCELLED') return
  if (!(codes as readonly string[]).includes(end)) throw new Error(`an attack ended as ${end}, not ${codes.join()}`)
}

/** Milliseconds of calls in turn, one after the other. */
async function callsOf(others: readonly PythonCalls[], forMs: number): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + forMs
  for (let index = 0; performance.now() < end; index += 1) {
    const place = others[index % others.length]!
    const start = performance.now()
    if ((await place.evaluate('1+1')) !== 2) throw new Error('a bystander cannot reckon any more')
    times.push(performance.now() - start)
  }
  return times
}
