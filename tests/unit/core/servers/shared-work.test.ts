import { expect, test } from 'vitest'
import type { Progress } from '../../../../contract/index.ts'
import type { JobContext } from '../../../../core/jobs/index.ts'
import { shareWork } from '../../../../core/servers/shared-work.ts'

function caller() {
  const abort = new AbortController()
  const heard: Progress[] = []
  return { abort, heard, context: { signal: abort.signal, progress: (progress: Progress) => heard.push(progress) } }
}

function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let context: JobContext | undefined
  const shared = shareWork('the thing', (given) => {
    context = given
    given.signal.addEventListener('abort', () => reject(new Error('cancelled inside')))
    return promise
  })
  return { shared, resolve, context: () => context! }
}

test('everybody gets the result, and hears of the progress', async () => {
  const { shared, resolve, context } = work()
  const [one, two] = [caller(), caller()]
  const first = shared.join(one.context)
  context().progress({ fraction: 0.5, title: 'half' })
  const second = shared.join(two.context)
  resolve('done')
  expect(await Promise.all([first, second])).toEqual(['done', 'done'])
  expect([one.heard, two.heard]).toEqual([[{ fraction: 0.5, title: 'half' }], [{ fraction: 0.5, title: 'half' }]])
})

test('one who gives up leaves the work to the others', async () => {
  const { shared, resolve, context } = work()
  const [one, two] = [caller(), caller()]
  const first = shared.join(one.context)
  const second = shared.join(two.context)
  one.abort.abort()
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(context().signal.aborted).toBe(false)
  resolve('done')
  expect(await second).toBe('done')
})

test('the last one who gives up cancels it, and hears when it has let go', async () => {
  const { shared, context } = work()
  const one = caller()
  const first = shared.join(one.context)
  one.abort.abort()
  expect(context().signal.aborted).toBe(true)
  await expect(first).rejects.toThrow('cancelled inside')
  await shared.settled
})

test('a caller who has given up already starts nothing that goes on', async () => {
  const { shared } = work()
  const one = caller()
  one.abort.abort()
  await expect(shared.join(one.context)).rejects.toThrow('cancelled inside')
})
