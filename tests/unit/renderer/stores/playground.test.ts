// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '../../../../contract/index.ts'
import type * as Playground from '../../../../renderer/stores/playground.ts'
import { fakeBridge, job, settled, snapshot } from '../fake-bridge.ts'

let host: ReturnType<typeof fakeBridge>

/** The store as a page has it that has just been loaded; the browser keeps what an earlier one left. */
async function loaded(): Promise<typeof Playground> {
  vi.resetModules()
  return await import('../../../../renderer/stores/playground.ts')
}

const execute = (more: Partial<Job> = {}) => job('run', { command: 'servers.execute', subject: 'server demo', ...more })
const done = {
  result: { kind: 'value', value: 45, typeName: 'int', repr: '45' },
  output: [],
  isOutputCut: false,
  durationMs: 12,
}

beforeEach(() => {
  vi.useRealTimers()
  window.localStorage.clear()
  window.sessionStorage.clear()
})

/** A fresh page on a host: the stores that follow it are of the same load as the playground's. */
async function page(jobs: readonly Job[] = []) {
  const playground = await loaded()
  const { applyEvent: apply, applySnapshot: put } = await import('../../../../renderer/stores/apply.ts')
  const { setBridge: set } = await import('../../../../renderer/stores/call.ts')
  host = fakeBridge('open')
  set(host.bridge)
  put(snapshot(0, { jobs: [...jobs] }))
  const end = async (more: Partial<Job>) => {
    apply({ revision: 1, name: 'job.changed', payload: { job: execute(more) } })
    await settled()
  }
  return { ...playground, end, state: () => playground.usePlayground.getState() }
}

describe('code', () => {
  it('survives a reload, with the server that was chosen', async () => {
    const first = await page()
    first.setCode('1 + 1')
    first.chooseServer('demo')
    const second = await page()
    expect(second.state()).toMatchObject({ code: '1 + 1', server: 'demo' })
  })

  it('is kept a moment after the last key, and at once before the page goes', async () => {
    vi.useFakeTimers()
    const { setCode, keepDraft } = await page()
    setCode('a')
    expect((await page()).state().code).toBe('')
    vi.advanceTimersByTime(1000)
    expect((await page()).state().code).toBe('a')
    setCode('b')
    keepDraft()
    expect((await page()).state().code).toBe('b')
  })

  it('does without a browser that keeps anything, or that kept nonsense', async () => {
    window.localStorage.setItem('beep-playground', '{"code": 5, "server": ')
    window.localStorage.setItem('beep-playground-past', '[{"id": 1}, 7]')
    expect((await page()).state()).toMatchObject({ code: '', server: undefined, past: [] })
  })
})

describe('a run', () => {
  it('is followed to its result, and remembered', async () => {
    const { runCode, state, end } = await page()
    const running = runCode('demo', 'sum(range(10))')
    expect(state()).toMatchObject({ isRunning: true, run: undefined })
    expect(host.asked[0]?.params).toEqual({ name: 'demo', code: 'sum(range(10))', allowInput: true })
    await host.next('servers.execute').ok({ job: execute() })
    expect(state().run).toEqual({ id: 'run', server: 'demo', code: 'sum(range(10))' })
    await end({ state: 'succeeded', result: done })
    await running
    expect(state()).toMatchObject({ isRunning: false, ended: { result: done }, refusal: undefined })
    expect(state().past).toMatchObject([{ server: 'demo', outcome: 'done', summary: '45', durationMs: 12 }])
    expect((await page()).state().past).toHaveLength(1)
  })

  it('is one at a time, and of something', async () => {
    const { runCode, state } = await page()
    void runCode('demo', '1')
    await runCode('demo', '2')
    expect(host.asked).toHaveLength(1)
    expect(state().isRunning).toBe(true)
    const other = await page()
    await other.runCode('demo', ' \n')
    expect(host.asked).toEqual([])
  })

  it('that is refused says why', async () => {
    const { runCode, state } = await page()
    const running = runCode('demo', '1')
    await host.next('servers.execute').fail({ code: 'NOT_RUNNING', message: 'demo is not running' })
    await running
    expect(state()).toMatchObject({ isRunning: false, past: [] })
    expect(state().refusal?.message).toContain('demo is not running')
  })

  it('that raised is remembered with its message', async () => {
    const { runCode, state, end } = await page()
    const running = runCode('demo', '1 / 0')
    await host.next('servers.execute').ok({ job: execute() })
    await end({ state: 'failed', error: { code: 'PYTHON_ERROR', message: 'ZeroDivisionError: division by zero' } })
    await running
    expect(state().past).toMatchObject([{ outcome: 'failed', summary: 'ZeroDivisionError: division by zero' }])
  })

  it('can be cancelled', async () => {
    const { runCode, cancelRun, state, end } = await page()
    const running = runCode('demo', 'while True: pass')
    await host.next('servers.execute').ok({ job: execute() })
    cancelRun()
    expect(host.next('jobs.cancel').params).toEqual({ id: 'run' })
    await end({ state: 'cancelled' })
    await running
    expect(state().past).toMatchObject([{ outcome: 'cancelled', summary: '' }])
  })

  it('can be interrupted, and what its code then comes to counts', async () => {
    const { runCode, interruptRun, state, end } = await page()
    const running = runCode('demo', 'tidy()')
    await host.next('servers.execute').ok({ job: execute() })
    interruptRun()
    expect(host.next('servers.interrupt').params).toEqual({ name: 'demo', execution: 'run' })
    expect(state()).toMatchObject({ isRunning: true, isInterrupted: true })
    await end({ state: 'succeeded', result: done })
    await running
    expect(state()).toMatchObject({ isRunning: false, isInterrupted: false, ended: { result: done } })
  })

  it('that an interrupt has ended is no failure in the history', async () => {
    const { runCode, state, end } = await page()
    const running = runCode('demo', 'slow()')
    await host.next('servers.execute').ok({ job: execute() })
    await end({ state: 'failed', error: { code: 'CANCELLED', message: 'the code was interrupted' } })
    await running
    expect(state().past).toMatchObject([{ outcome: 'cancelled', summary: '' }])
  })

  it('takes place in the session that is chosen on its server, also after a reload', async () => {
    const { chooseSession } = await page()
    chooseSession({ server: 'demo', id: 's1-1', options: { name: 'mine' } })
    const { runCode, state } = await page()
    expect(state().session).toEqual({ server: 'demo', id: 's1-1', options: { name: 'mine' } })
    void runCode('demo', 'x')
    const asked = host.next('servers.execute')
    expect(asked.params).toEqual({ name: 'demo', code: 'x', sessionId: 's1-1', allowInput: true })
    await asked.ok({ job: execute() })
    expect(state().run).toEqual({ id: 'run', server: 'demo', code: 'x', sessionId: 's1-1' })
    const other = await page()
    void other.runCode('other', 'x')
    expect(host.next('servers.execute').params).toEqual({ name: 'other', code: 'x', allowInput: true })
    other.chooseSession(undefined)
    expect((await page()).state().session).toBeUndefined()
  })

  it('goes on over a reload of the page', async () => {
    const first = await page()
    void first.runCode('demo', 'slow()')
    await host.next('servers.execute').ok({ job: execute() })
    const second = await page([execute()])
    const resumed = second.resumeRun()
    expect(second.state()).toMatchObject({ isRunning: true, run: { id: 'run', code: 'slow()' } })
    await second.end({ state: 'succeeded', result: done })
    await resumed
    expect(second.state()).toMatchObject({ isRunning: false, ended: { state: 'succeeded' } })
  })

  it('that the host knows no more is not waited for', async () => {
    const first = await page()
    void first.runCode('demo', 'slow()')
    await host.next('servers.execute').ok({ job: execute() })
    const second = await page([])
    await second.resumeRun()
    expect(second.state()).toMatchObject({ isRunning: false, run: undefined })
  })

  it('the host that ends takes it along, and says so', async () => {
    const { runCode, state } = await page()
    const { applySnapshot: put } = await import('../../../../renderer/stores/apply.ts')
    const running = runCode('demo', '1')
    await host.next('servers.execute').ok({ job: execute() })
    put(snapshot(5))
    await running
    expect(state()).toMatchObject({ isRunning: false, refusal: { code: 'HOST_UNREACHABLE' } })
  })

  it('the history can be cleared for good', async () => {
    const { runCode, clearPast, end } = await page()
    const running = runCode('demo', '1')
    await host.next('servers.execute').ok({ job: execute() })
    await end({ state: 'succeeded', result: done })
    await running
    clearPast()
    expect((await page()).state().past).toEqual([])
  })
})
