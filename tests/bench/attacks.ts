import { setTimeout as pause } from 'node:timers/promises'
import { connect, isBackendError } from '../../client/src/index.ts'
import type { BackendErrorCode, PythonBackend, PythonCalls } from '../../client/src/index.ts'
import type { Core } from '../../core/index.ts'
import { done } from './contenders.ts'
import type { Note } from './engine.ts'
import { quantile } from './measure.ts'

const mebibyte = 1024 * 1024
const callCount = 3000
/** Seconds that an attack may run which does not end by itself. */
const timeLimit = 1

/** What one session does to the machine, and how its caller must be told of the end. */
export interface Attack {
  readonly name: string
  readonly code: string
  readonly ends: readonly BackendErrorCode[]
  readonly memoryLimitBytes?: number
}

export const attacks: readonly Attack[] = [
  { name: 'an endless loop', code: 'while True: pass', ends: ['TIMEOUT'] },
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
  },
]

/**
 * p99 of the calls of others, in the shared worker and in a session of their own process, while one session is attacked again
 * and again; and in own processes while the shared worker is. Before each, the same without it.
 */
export async function measureAttacks(core: Core, note: Note): Promise<void> {
  const name = 'bench-attacks'
  await done(core, 'servers.start', {
    name,
    transport: 'pipe',
    environment: 'bench',
    graceSeconds: 0.2,
    processLimit: 64,
  })
  const open = () => connect(name, { home: core.layout.home })
  const [attacker, bystander] = await Promise.all([open(), open()])
  try {
    await using shared = await bystander.openSession()
    await using own = await bystander.openSession({ ownProcess: true })
    for (const attack of attacks) {
      const begin = () => attackSession(attacker, attack)
      await compare(attack.name, [shared, own], begin, note)
    }
    await compare('worker', [own], () => attackWorker(attacker), note)
  } finally {
    await Promise.all([attacker.close(), bystander.close()])
    await done(core, 'servers.stop', { name })
  }
}

async function compare(
  name: string,
  others: readonly PythonCalls[],
  begin: () => () => Promise<void>,
  note: Note,
): Promise<void> {
  await callsOf(others, callCount / 10)
  note(`${name} without`, quantile(await callsOf(others, callCount), 0.99) * 1000)
  const end = begin()
  note(`${name} with`, quantile(await callsOf(others, callCount), 0.99) * 1000)
  await end()
}

/** A new session, attacked, until `end`. Each must end as it should. */
function attackSession(backend: PythonBackend, { code, ends, memoryLimitBytes }: Attack): () => Promise<void> {
  return again(async () => {
    await using session = await backend.openSession({
      ownProcess: true,
      timeoutSeconds: timeLimit,
      ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
    })
    await endsWith(session.evaluate(code), ends)
  })
}

function attackWorker(backend: PythonBackend): () => Promise<void> {
  return again(async () => {
    await endsWith(backend.evaluate('import os\nos._exit(3)'), ['WORKER_LOST'])
    // A worker that dies as soon as it has started again and again is waited for longer and longer.
    await pause(50)
  })
}

function again(attack: () => Promise<void>): () => Promise<void> {
  let isOver = false
  const work = (async () => {
    while (!isOver) await attack()
  })()
  return async () => {
    isOver = true
    await work
  }
}

async function endsWith(call: Promise<unknown>, codes: readonly BackendErrorCode[]): Promise<void> {
  const end = await call.then(
    () => 'answered',
    (error: unknown) => (isBackendError(error) ? error.code : String(error)),
  )
  if (!(codes as readonly string[]).includes(end)) throw new Error(`an attack ended as ${end}, not ${codes.join()}`)
}

/** Milliseconds of calls in turn, one after the other. */
async function callsOf(others: readonly PythonCalls[], count: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const place = others[index % others.length]!
    const start = performance.now()
    if ((await place.evaluate('1+1')) !== 2) throw new Error('a bystander cannot reckon any more')
    times.push(performance.now() - start)
  }
  return times
}
