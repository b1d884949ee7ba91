import { describe, expect, it } from 'vitest'
import { AppError, jobSchema } from '../../../../contract/index.ts'
import type { JobContext } from '../../../../core/jobs/index.ts'
import { gate, plan, setUp, untilCancelled } from './plans.ts'

describe('a job', () => {
  it('runs at once, ends with its result, and is told of', async () => {
    const { jobs, told } = setUp()
    const { work, open } = gate()
    const job = jobs.start(plan(work))
    expect(job).toMatchObject({
      state: 'running',
      command: 'environments.create',
      subject: 'environment é x',
      progress: { fraction: null, title: 'environment é x' },
    })
    open('made')
    const ended = await jobs.ended(job.id)
    expect(ended).toMatchObject({ id: job.id, state: 'succeeded', result: 'made', progress: { fraction: 1 } })
    expect(jobs.get(job.id)).toBe(ended)
    expect(told.map((one) => one.state)).toEqual(['running', 'succeeded'])
    for (const one of told) expect(jobSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
    expect(Date.parse(ended.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(ended.startedAt))
  })

  it('that fails keeps its error, and the progress it had made', async () => {
    const { jobs, bugs } = setUp()
    const job = jobs.start(
      plan(async ({ progress }) => {
        progress({ fraction: 0.2, title: 'Begin' })
        progress({ fraction: 0.4, title: 'Downloading' })
        throw new AppError('HASH_MISMATCH', 'wrong bytes', { details: { url: 'x' } })
      }),
    )
    expect(await jobs.ended(job.id)).toMatchObject({
      state: 'failed',
      error: { code: 'HASH_MISMATCH', message: 'wrong bytes', details: { url: 'x' } },
      progress: { fraction: 0.4, title: 'Downloading' },
    })
    expect(bugs).toEqual([])
  })

  it('that fails by a bug says INTERNAL, and the bug is reported', async () => {
    const { jobs, bugs } = setUp()
    const bug = new TypeError('x is undefined')
    const thrown = jobs.start(plan(() => Promise.reject(bug)))
    const sync = jobs.start(
      plan(
        () => {
          throw bug
        },
        { exclusive: 'other' },
      ),
    )
    for (const { id } of [thrown, sync]) {
      expect(await jobs.ended(id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
    }
    expect(bugs).toEqual([bug, bug])
  })

  it('nobody knows is not found', async () => {
    const { jobs } = setUp()
    const unknown = { code: 'NOT_FOUND', message: 'There is no job x' }
    expect(() => jobs.get('x')).toThrow(expect.objectContaining(unknown))
    expect(() => jobs.cancel('x')).toThrow(expect.objectContaining(unknown))
    await expect(jobs.ended('x')).rejects.toMatchObject(unknown)
  })
})

describe('two jobs', () => {
  it('that want the same are one while the first is in flight, and two afterwards', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    let runs = 0
    const counted = plan(() => {
      runs += 1
      return work()
    })
    const [first, second] = [jobs.start(counted), jobs.start(counted)]
    expect(second.id).toBe(first.id)
    open('done')
    await jobs.ended(first.id)
    const third = jobs.start(counted)
    expect(third.id).not.toBe(first.id)
    await jobs.ended(third.id)
    expect(runs).toBe(2)
  })

  it('that want different things of one subject exclude each other', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    const first = jobs.start(plan(work))
    expect(() => jobs.start(plan(work, { wants: 'remove' }))).toThrow(
      expect.objectContaining({
        code: 'IN_USE',
        message: 'environment é x is busy: environment é x',
        details: { job: first.id, command: 'environments.create' },
      }),
    )
    open('done')
    await jobs.ended(first.id)
    const second = jobs.start(plan(() => Promise.resolve('removed'), { wants: 'remove' }))
    expect(await jobs.ended(second.id)).toMatchObject({ state: 'succeeded' })
  })

  it('on different subjects run side by side', async () => {
    const { jobs } = setUp()
    const gates = [gate(), gate()]
    const started = gates.map(({ work }, index) => jobs.start(plan(work, { exclusive: String(index) })))
    expect(jobs.list().map((job) => job.state)).toEqual(['running', 'running'])
    gates[1]?.open('b')
    gates[0]?.open('a')
    expect(await Promise.all(started.map((job) => jobs.ended(job.id)))).toMatchObject([
      { result: 'a' },
      { result: 'b' },
    ])
  })

  it('are not one when the first is being cancelled', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    const first = jobs.start(plan(work))
    jobs.cancel(first.id)
    expect(() => jobs.start(plan(work))).toThrow(expect.objectContaining({ code: 'IN_USE' }))
    open('done')
    expect(await jobs.ended(first.id)).toMatchObject({ state: 'succeeded', result: 'done' })
  })
})

describe('a cancel', () => {
  it('ends the work, however it says that it was cancelled', async () => {
    const { jobs, bugs } = setUp()
    const ours = ({ signal }: JobContext) =>
      untilCancelled({ signal, progress: () => {} }).catch(() => {
        throw new AppError('CANCELLED', 'Cancelled: pip')
      })
    for (const [work, message] of [
      [untilCancelled, 'Cancelled: environment é x'],
      [ours, 'Cancelled: pip'],
    ] as const) {
      const job = jobs.start(plan(work))
      expect(jobs.cancel(job.id)).toMatchObject({ state: 'running' })
      expect(await jobs.ended(job.id)).toMatchObject({ state: 'cancelled', error: { code: 'CANCELLED', message } })
      expect(jobs.cancel(job.id)).toMatchObject({ state: 'cancelled' })
    }
    expect(bugs).toEqual([])
  })

  it('by one of those who share a job is not yet one for the others', async () => {
    const { jobs } = setUp()
    const job = jobs.start(plan(untilCancelled))
    expect(jobs.start(plan(untilCancelled)).id).toBe(job.id)
    expect(jobs.release(job.id)).toEqual(jobs.get(job.id))
    expect(jobs.get(job.id)).toMatchObject({ state: 'running' })
    expect(jobs.get(job.id).isCancelling).toBeUndefined()
    expect(jobs.release(job.id)).toMatchObject({ state: 'running', isCancelling: true })
    expect(await jobs.ended(job.id)).toMatchObject({ state: 'cancelled' })
    expect(jobs.get(job.id).isCancelling).toBeUndefined()
    expect(jobs.release(job.id)).toMatchObject({ state: 'cancelled' })
  })

  it('does not hide what really went wrong', async () => {
    const { jobs } = setUp()
    const job = jobs.start(
      plan((context) =>
        untilCancelled(context).catch(() => {
          throw new AppError('DISK_FULL', 'no space to clean up')
        }),
      ),
    )
    jobs.cancel(job.id)
    expect(await jobs.ended(job.id)).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
  })

  it('that nobody asked for is a failure', async () => {
    const { jobs } = setUp()
    const job = jobs.start(plan(() => Promise.reject(new AppError('CANCELLED', 'somebody pulled the plug'))))
    expect(await jobs.ended(job.id)).toMatchObject({ state: 'failed', error: { code: 'CANCELLED' } })
  })

  it('of everything waits until all work has let go, and lets nothing new begin', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    const slow = jobs.start(plan(work, { exclusive: 'slow' }))
    const quick = jobs.start(plan(untilCancelled, { exclusive: 'quick' }))
    let isClosed = false
    const closing = jobs.close().then(() => {
      isClosed = true
    })
    expect(await jobs.ended(quick.id)).toMatchObject({ state: 'cancelled' })
    expect(() => jobs.start(plan(work))).toThrow(expect.objectContaining({ code: 'CANCELLED' }))
    expect(isClosed).toBe(false)
    open('cleaned up')
    await closing
    expect(jobs.get(slow.id).state).toBe('succeeded')
    await jobs.close()
  })
})

describe('the history', () => {
  it('keeps the 200 that ended last, however early they began, and whatever runs', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    const early = jobs.start(plan(work, { exclusive: 'early' }))
    const still = jobs.start(plan(untilCancelled, { exclusive: 'still' }))
    const short: string[] = []
    for (let index = 0; index < 205; index += 1) {
      const job = jobs.start(plan(() => Promise.resolve(index)))
      short.push(job.id)
      await jobs.ended(job.id)
    }
    expect(jobs.list()).toHaveLength(202)
    open('late')
    expect(await jobs.ended(early.id)).toMatchObject({ result: 'late' })
    expect(jobs.get(early.id)).toMatchObject({ state: 'succeeded' })
    expect(jobs.get(still.id)).toMatchObject({ state: 'running' })
    expect(jobs.list()).toHaveLength(201)
    expect(() => jobs.get(short[5] ?? '')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(jobs.get(short[6] ?? '')).toMatchObject({ result: 6 })
    await jobs.close()
  })
})

it('what was done already has its end at once, and no place in the history', async () => {
  const { jobs } = setUp()
  const job = jobs.answer({ command: 'environments.ensure', subject: 'environment é x' }, 'made')
  expect(job).toMatchObject({ state: 'succeeded', result: 'made', progress: { fraction: 1 } })
  expect(jobs.list()).toEqual([])
  expect(jobs.get(job.id)).toBe(job)
  expect(await jobs.ended(job.id)).toBe(job)
  expect([jobs.cancel(job.id), jobs.release(job.id)]).toEqual([job, job])
  for (let count = 0; count < 50; count += 1) jobs.answer({ command: 'environments.ensure', subject: 'x' }, count)
  expect(() => jobs.get(job.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})
