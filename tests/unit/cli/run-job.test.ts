import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runJob } from '../../../cli/run-job.ts'
import { AppError } from '../../../contract/index.ts'
import type { Job, Progress } from '../../../contract/index.ts'
import { fakeDoor, jobOf } from './fake-door.ts'
import type { FakeDoor } from './fake-door.ts'

const result = { name: 'demo', freedBytes: 5, trashId: null }
const succeeded = jobOf({ state: 'succeeded', result })
const changed = (job: Job) => ({ name: 'job.changed', payload: { job } })
const turn = () => vi.advanceTimersByTimeAsync(0)

function begin(door: FakeDoor) {
  const abort = new AbortController()
  const shown: Progress[] = []
  const settled = runJob(
    door,
    'environments.remove',
    { name: 'demo' },
    {
      signal: abort.signal,
      onProgress: (progress) => shown.push(progress),
    },
  )
  // Whoever awaits it later hears of it; until then a rejection is nobody's fault.
  settled.catch(() => {})
  return { abort, shown, settled }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what the code of a job shows', () => {
  const value = { kind: 'value', value: 1, typeName: 'int', repr: '1' }
  const done = { result: value, output: [], isOutputCut: false, durationMs: 1 }
  const shown = (job: string, seq: number) => ({ name: 'execution.shown', payload: { job, seq, output: [] } })

  test('is given out from the very first, and that of other jobs is not', async () => {
    const heard: number[] = []
    const door: FakeDoor = fakeDoor({
      'servers.execute': () => {
        // Before anybody can know which job is ours.
        door.tell(shown('job-1', 0))
        door.tell(shown('another', 0))
        return { job: jobOf() }
      },
    })
    const signal = new AbortController().signal
    const running = runJob(
      door,
      'servers.execute',
      { name: 'x', code: '1' },
      { signal, onShown: ({ seq }) => heard.push(seq) },
    )
    await turn()
    door.tell(shown('another', 1))
    door.tell({ name: 'execution.shown', payload: 'nonsense' })
    door.tell(shown('job-1', 1))
    door.tell(changed(jobOf({ state: 'succeeded', result: done })))
    expect(await running).toEqual(done)
    expect(heard).toEqual([0, 1])
  })
})

describe('a job', () => {
  test('is followed by events to its result, without asking again', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }) })
    const { settled, shown } = begin(door)
    await turn()
    door.tell(changed(jobOf({ progress: { fraction: 0.5, title: 'Deleting' } })))
    await turn()
    door.tell(changed(jobOf({ id: 'another', state: 'failed' })))
    door.tell(changed(succeeded))
    expect(await settled).toEqual(result)
    expect(shown).toEqual([{ fraction: 0.5, title: 'Deleting' }])
    expect(door.asked.map(([name]) => name)).toEqual(['environments.remove'])
  })

  test('with a large result is asked for all of it, once', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }), 'jobs.get': () => succeeded })
    const { settled } = begin(door)
    await turn()
    const { result: _left, ...light } = succeeded
    door.tell(changed({ ...light, isAbridged: true }))
    expect(await settled).toEqual(result)
    expect(door.asked.map(([name]) => name)).toEqual(['environments.remove', 'jobs.get'])
  })

  test('that ends before the command has answered is no mystery', async () => {
    const door: FakeDoor = fakeDoor({
      'environments.remove': () => {
        door.tell(changed(succeeded))
        return { job: jobOf() }
      },
    })
    expect(await begin(door).settled).toEqual(result)
  })

  test('is polled once the event stream is gone, and not in a hurry', async () => {
    let state: Job = jobOf()
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }), 'jobs.get': () => state })
    const { settled } = begin(door)
    await turn()
    door.dropEvents()
    await vi.advanceTimersByTimeAsync(1000)
    const polls = door.asked.length - 1
    expect(polls).toBeGreaterThanOrEqual(3)
    expect(polls).toBeLessThanOrEqual(6)
    state = succeeded
    await vi.advanceTimersByTimeAsync(300)
    expect(await settled).toEqual(result)
  })

  test('whose end got lost is found by the guard', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }), 'jobs.get': () => succeeded })
    const { settled } = begin(door)
    await vi.advanceTimersByTimeAsync(2100)
    expect(await settled).toEqual(result)
  })

  test('whose host dies fails as such', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }) })
    const { settled } = begin(door)
    await turn()
    door.dropEvents()
    await vi.advanceTimersByTimeAsync(300)
    await expect(settled).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' })
  })

  test('that fails throws its own error', async () => {
    const error = { code: 'IN_USE' as const, message: 'In use', hint: 'Stop it', details: { by: ['x'] } }
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf({ state: 'failed', error }) }) })
    await expect(begin(door).settled).rejects.toMatchObject(error)
  })

  test('that somebody else cancels says so', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf({ state: 'cancelled' }) }) })
    await expect(begin(door).settled).rejects.toMatchObject({
      code: 'CANCELLED',
      message: 'The work on environment demo was cancelled from elsewhere',
    })
  })

  test('with a result of another shape is not passed on', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf({ state: 'succeeded', result: { no: 1 } }) }) })
    await expect(begin(door).settled).rejects.toMatchObject({ code: 'INTERNAL' })
  })
})

describe('given up', () => {
  const reason = new AppError('CANCELLED', 'Interrupted by SIGINT')

  test('it is cancelled once, waited for, and ends with the reason', async () => {
    const door = fakeDoor({
      'environments.remove': () => ({ job: jobOf() }),
      'jobs.cancel': () => jobOf({ isCancelling: true }),
    })
    const { settled, abort } = begin(door)
    await turn()
    abort.abort(reason)
    await turn()
    expect(door.asked.slice(1)).toEqual([['jobs.cancel', { id: 'job-1', release: true }]])
    door.tell(changed(jobOf({ state: 'cancelled' })))
    await expect(settled).rejects.toBe(reason)
    expect(door.asked).toHaveLength(2)
  })

  test('too late, it has its result', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }), 'jobs.cancel': () => succeeded })
    const { settled, abort } = begin(door)
    await turn()
    abort.abort(reason)
    expect(await settled).toEqual(result)
  })

  test('when its work does not let go, the user is not kept for ever', async () => {
    const door = fakeDoor({
      'environments.remove': () => ({ job: jobOf() }),
      'jobs.cancel': () => jobOf({ isCancelling: true }),
      'jobs.get': () => jobOf({ isCancelling: true }),
    })
    const { settled, abort } = begin(door)
    await turn()
    abort.abort(new AppError('TIMEOUT', 'Not done after 1 s'))
    await vi.advanceTimersByTimeAsync(20_000)
    await expect(settled).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'Not done after 1 s; the work on environment demo goes on in the host',
    })
  })

  test('it goes on when somebody else wants it, too', async () => {
    const door = fakeDoor({ 'environments.remove': () => ({ job: jobOf() }), 'jobs.cancel': () => jobOf() })
    const { settled, abort } = begin(door)
    await turn()
    abort.abort(reason)
    await expect(settled).rejects.toMatchObject({
      code: 'CANCELLED',
      hint: 'See `beep-host jobs list`; `beep-host jobs cancel job-1` ends it',
    })
    expect(door.asked).toHaveLength(2)
  })

  test('a host that does not even answer the command is left after a while', async () => {
    const door = fakeDoor({ 'environments.remove': () => new Promise(() => {}) })
    const { settled, abort } = begin(door)
    await turn()
    abort.abort(reason)
    await vi.advanceTimersByTimeAsync(2500)
    await expect(settled).rejects.toBe(reason)
  })
})
