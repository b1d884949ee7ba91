import { describe, expect, it } from 'vitest'
import { isBackendError, isHandle } from '../../../client/src/index.ts'
import type { PythonBackend } from '../../../client/src/index.ts'
import { ensureTestPython } from '../../tools/test-python.ts'
import { connected, startFront, startPool } from '../client/real-servers.ts'
import { ask } from './ask.ts'
import type { Kept, Outcome } from './ask.ts'
import { groups } from './cases.ts'
import type { ConformanceCase } from './cases.ts'
import { check } from './check.ts'

describe.each([
  ['pipe', startPool],
  ['http', (python: string) => startFront('http', python)],
  ['rpc', (python: string) => startFront('rpc', python)],
] as const)('the conformance cases through the client, over %s', (_, startServer) => {
  it('come out as they should', async () => {
    // It has numpy and pyarrow: every case runs.
    const python = await connected(await startServer(ensureTestPython()))
    const failures: string[] = []
    let count = 0
    for (const { cases, name } of groups) {
      for (const one of cases.filter(({ raw }) => raw !== true)) {
        count += 1
        const failure = await run(python, one)
        if (failure !== undefined) failures.push(`${name} / ${one.name}: ${failure}`)
      }
    }
    expect(failures).toEqual([])
    expect(count).toBeGreaterThan(250)
  })
})

/** What is wrong, or undefined. */
async function run(python: PythonBackend, { steps }: ConformanceCase): Promise<string | undefined> {
  const kept: Kept = { handles: new Map(), sessions: new Map() }
  for (const [place, step] of steps.entries()) {
    try {
      const outcome = await ask(python, step, kept).catch((error: unknown): Outcome => {
        if (!isBackendError(error) || !('error' in step.expect)) throw error
        const { shown = {} } = error as { readonly shown?: Readonly<Record<string, string>> }
        return { result: error, shown }
      })
      check(step, outcome)
      if (step.keep !== undefined && isHandle(outcome.result)) kept.handles.set(`@${step.keep}`, outcome.result)
    } catch (error) {
      return `step ${place + 1}: ${String(error)}`
    }
  }
  return undefined
}
