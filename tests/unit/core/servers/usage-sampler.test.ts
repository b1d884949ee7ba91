import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createEventHub } from '../../../../core/events/index.ts'
import { createUsageSampler, sampleEveryMs } from '../../../../core/servers/usage/usage-sampler.ts'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

/** A sampler on a machine on which one core is always busy for server `a`, seen through the test's own clock. */
function setUp(lookMs = 0) {
  const events = createEventHub()
  let looks = 0
  let problem: Error | undefined
  const problems: unknown[] = []
  const sampler = createUsageSampler({
    events,
    everyMs: 2000,
    now: () => Date.now(),
    onProblem: (error) => problems.push(error),
    table: async () => {
      looks += 1
      if (lookMs > 0) await new Promise((resolve) => setTimeout(resolve, lookMs))
      if (problem) throw problem
      return [{ pid: 10, parent: 1, group: 0, start: '1', cpuSeconds: Date.now() / 1000, memoryBytes: 5 }]
    },
  })
  const heard: string[] = []
  const listen = () =>
    events.subscribe((event) => {
      if (event.name === 'server.sampled') heard.push(event.payload.name)
    })
  const add = (name = 'a') => sampler.add(name, Date.now(), () => (name === 'a' ? [10] : []))
  return { sampler, add, listen, heard, problems, looks: () => looks, fail: (error?: Error) => (problem = error) }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('a sampler', () => {
  test('tells each running server while somebody listens, and looks once for all of them', async () => {
    const { add, listen, heard, looks } = setUp()
    add()
    add('b')
    const stop = listen()
    await pass(4000)
    expect(heard).toEqual(['a', 'b', 'a', 'b'])
    expect(looks()).toBe(2)
    stop()
    await pass(60_000)
    expect(looks()).toBe(2)
    listen()
    await pass(2000)
    expect(looks()).toBe(3)
  })

  test('costs nothing while nobody listens, and nobody asked lately', async () => {
    const { add, sampler, looks } = setUp()
    add()
    await pass(60_000)
    expect(looks()).toBe(0)
    expect(await sampler.read('a')).toMatchObject([{ cpu: expect.closeTo(1, 5), memoryBytes: 5 }])
    await pass(20_000)
    expect(looks()).toBe(11)
    await pass(60_000)
    // Half a minute after the question nobody is interested any more.
    expect(looks()).toBeLessThan(17)
    expect((await sampler.read('a')).length).toBe(looks())
  })

  test('gives out what is fresh, and looks once for those who ask at once', async () => {
    const { add, sampler, looks } = setUp(100)
    add()
    await pass(500)
    const both = Promise.all([sampler.read('a'), sampler.read('a')])
    await pass(100)
    expect((await both).map((samples) => samples.length)).toEqual([1, 1])
    expect(await sampler.read('a')).toHaveLength(1)
    expect(looks()).toBe(1)
  })

  test('forgets a server that ended, and has no timer left', async () => {
    const { add, sampler, listen, looks } = setUp()
    add()
    listen()
    await pass(2000)
    sampler.remove('a')
    expect(await sampler.read('a')).toEqual([])
    await pass(2000)
    expect([looks(), vi.getTimerCount()]).toEqual([1, 0])
    add()
    await pass(2000)
    expect(looks()).toBe(2)
  })

  test('keeps some minutes of samples', async () => {
    const { add, sampler, listen } = setUp()
    add()
    listen()
    await pass(400_000)
    expect(await sampler.read('a')).toHaveLength(150)
  })

  test('takes its time where a look takes long', async () => {
    const { add, listen, looks } = setUp(1000)
    add()
    listen()
    await pass(60_000)
    // A look of a second every twenty-one.
    expect(looks()).toBe(3)
  })

  test('that cannot look says so once, and goes on', async () => {
    const { add, sampler, listen, problems, fail, heard } = setUp()
    add()
    listen()
    fail(new Error('no ps'))
    await pass(10_000)
    expect(await sampler.read('a')).toEqual([])
    expect(problems).toHaveLength(1)
    fail()
    await pass(2000)
    expect(heard).toEqual(['a'])
    fail(new Error('no ps'))
    await pass(2000)
    expect(problems).toHaveLength(2)
  })

  test('looks less often on Windows, where each look is a process', () => {
    expect([sampleEveryMs('linux'), sampleEveryMs('darwin'), sampleEveryMs('win32')]).toEqual([2000, 2000, 10_000])
  })
})
