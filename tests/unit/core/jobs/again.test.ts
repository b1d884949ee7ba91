import { describe, expect, it } from 'vitest'
import { AppError, jobSchema } from '../../../../contract/index.ts'
import { gate, plan, setUp, untilCancelled } from './plans.ts'

describe('a retry', () => {
  it('does again what an ended job did, as a new job, however that one ended', async () => {
    const { jobs } = setUp()
    let runs = 0
    const outcomes = [new AppError('NETWORK', 'no route'), 'made', 'made again']
    const first = jobs.start(
      plan(async () => {
        const outcome = outcomes[runs++]
        if (outcome instanceof AppError) throw outcome
        return outcome
      }),
    )
    await jobs.ended(first.id)
    const second = jobs.retry(first.id)
    expect(second).toMatchObject({ state: 'running', command: first.command, subject: first.subject })
    expect(second.id).not.toBe(first.id)
    expect(await jobs.ended(second.id)).toMatchObject({ state: 'succeeded', result: 'made' })
    expect(jobs.get(first.id)).toMatchObject({ state: 'failed', error: { code: 'NETWORK' } })
    const third = jobs.retry(second.id)
    expect(await jobs.ended(third.id)).toMatchObject({ result: 'made again' })
  })

  it('of a cancelled job runs with a signal of its own', async () => {
    const { jobs } = setUp()
    const job = jobs.start(plan(untilCancelled))
    jobs.cancel(job.id)
    await jobs.ended(job.id)
    const again = jobs.retry(job.id)
    expect(jobs.get(again.id).state).toBe('running')
    jobs.cancel(again.id)
    expect(await jobs.ended(again.id)).toMatchObject({ state: 'cancelled' })
  })

  it('waits for no one: what runs, is unknown, or is busy with something else is refused', async () => {
    const { jobs } = setUp()
    const { work, open } = gate()
    const done = jobs.start(plan(() => Promise.resolve('quick'), { wants: 'quick' }))
    await jobs.ended(done.id)
    const running = jobs.start(plan(work))
    expect(() => jobs.retry(running.id)).toThrow(expect.objectContaining({ code: 'IN_USE' }))
    expect(() => jobs.retry(done.id)).toThrow(expect.objectContaining({ code: 'IN_USE' }))
    expect(() => jobs.retry('x')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    open('done')
    await jobs.ended(running.id)
  })
})

describe('a large outcome', () => {
  const large = 'é'.repeat(9000)

  it('is told by `get` alone: lists and events leave it out, and say so', async () => {
    const { jobs, told } = setUp()
    const { id } = jobs.start(plan(() => Promise.resolve({ text: large })))
    expect(await jobs.ended(id)).toMatchObject({ result: { text: large } })
    expect(jobs.get(id)).not.toHaveProperty('isAbridged')
    for (const light of [told.at(-1), jobs.list()[0]]) {
      expect(light).toMatchObject({ id, state: 'succeeded', isAbridged: true })
      expect(light).not.toHaveProperty('result')
      expect(jobSchema.parse(light)).toEqual(light)
    }
  })

  it('of a failure keeps its message, hint and small evidence', async () => {
    const { jobs } = setUp()
    const error = new AppError('PYTHON_ERROR', 'oh no', { hint: 'look', details: { line: 3, output: [large] } })
    const { id } = jobs.start(plan(() => Promise.reject(error)))
    await jobs.ended(id)
    expect(jobs.list()).toEqual([
      expect.objectContaining({
        isAbridged: true,
        error: { code: 'PYTHON_ERROR', message: 'oh no', hint: 'look', details: { line: 3 } },
      }),
    ])
    expect(jobs.get(id).error?.details).toEqual({ line: 3, output: [large] })
  })

  it('that no JSON can hold still ends its job', async () => {
    const { jobs } = setUp()
    const { id } = jobs.start(plan(() => Promise.resolve(10n)))
    expect(await jobs.ended(id)).toMatchObject({ state: 'succeeded' })
    expect(jobs.list()).toEqual([expect.objectContaining({ isAbridged: true })])
  })

  it('counts in the history: the oldest go when all of them are too much, the last one never', async () => {
    const { jobs } = setUp()
    const third = 24 * 1024 * 1024
    const ids: string[] = []
    for (const [weight, size] of [
      [0, third],
      [third, 1],
      [0, third],
      [0, 3 * third],
    ] as const) {
      const { id } = jobs.start(plan(() => Promise.resolve('x'.repeat(size)), { weight }))
      ids.push(id)
      await jobs.ended(id)
      if (ids.length === 3) expect(jobs.list().map((job) => job.id)).toEqual(ids.slice(1))
    }
    expect(jobs.list().map((job) => job.id)).toEqual(ids.slice(3))
    expect(jobs.get(ids[3] ?? '').result).toHaveLength(3 * third)
  })
})
