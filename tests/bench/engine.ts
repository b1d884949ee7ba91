import { readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { PythonBackend, PythonHandle } from '../../client/src/index.ts'
import type { CommandResult } from '../../contract/index.ts'
import type { Core } from '../../core/index.ts'
import { inSequence, median, quantile } from './measure.ts'

/** What a server is like beside its speed: names of figures, and their values. */
export type Note = (name: string, value: number) => void

const sessionCount = 100
const handlesPerSession = 10
const callCount = 10_000
const mebibyte = 1024 * 1024

/** Milliseconds of a `ping` while the worker's main thread runs pure Python all the time. */
export async function measurePing(backend: PythonBackend, note: Note): Promise<void> {
  const stop = new AbortController()
  const busy = backend.evaluate('while True: pass', {}, { signal: stop.signal }).catch(() => {})
  const pings = await inSequence(() => backend.initialize(), 500)
  stop.abort()
  await busy
  note('ping p50', median(pings))
  note('ping p99', quantile(pings, 0.99))
}

/** MiB that are resident, over those of an interpreter that does nothing; Linux tells it, others do not. */
export async function measureMemory(core: Core, name: string, python: string, note: Note): Promise<void> {
  if (process.platform !== 'linux') return
  const reply = await core.dispatch('servers.get', { name })
  if ('error' in reply) throw new Error(reply.error.message)
  const { processes } = reply.ok as CommandResult<'servers.get'>
  for (const { role, pid } of processes) note(`memory ${role}`, residentMiB(pid))
  const bare = spawn(python, ['-I', '-c', 'print(flush=True); input()'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(bare.stdout, 'data')
  note('memory bare', residentMiB(bare.pid ?? 0))
  const exit = once(bare, 'exit')
  bare.stdin.end('\n')
  await exit
}

/** Many sessions with handles in turn, beside one alone; and what is left of them once they are closed. */
export async function measureSessions(backend: PythonBackend, note: Note): Promise<void> {
  const lone = await holdSessions(backend, 1)
  await lone.calls(callCount / 10)
  note('session p99', quantile(await lone.calls(callCount), 0.99) * 1000)
  await lone.close()
  const pid = await backend.evaluate<number>('import os; os.getpid()')
  // The first lot makes what is kept for the next ones.
  const first = await holdSessions(backend, sessionCount)
  await first.calls(callCount)
  await first.close()
  const before = residentMiB(pid)
  const many = await holdSessions(backend, sessionCount)
  note('sessions p99', quantile(await many.calls(callCount), 0.99) * 1000)
  await many.close()
  note('sessions growth', Math.max(0, residentMiB(pid) - before))
}

async function holdSessions(backend: PythonBackend, count: number) {
  const sessions = await Promise.all(Array.from({ length: count }, () => backend.openSession()))
  const handles = await Promise.all(
    sessions.flatMap((session) =>
      Array.from({ length: handlesPerSession }, () => session.evaluate<PythonHandle>('object()')),
    ),
  )
  return {
    async calls(number: number): Promise<number[]> {
      let next = 0
      return await inSequence(async () => {
        const turn = next++
        const session = sessions[turn % count]!
        const handle = handles[(turn % count) * handlesPerSession + (Math.floor(turn / count) % handlesPerSession)]!
        await session.callMethod(handle, '__hash__')
      }, number)
    },
    close: () => Promise.all(sessions.map((session) => session.close())),
  }
}

function residentMiB(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  const found = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return (Number(found?.[1]) * 1024) / mebibyte
}
