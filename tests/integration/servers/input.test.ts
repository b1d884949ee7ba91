import { expect, test } from 'vitest'
import { failure } from './harness.ts'
import { talk } from './talk.ts'

test('what code asks stands in its job, and the answers in its output', async () => {
  const { servers, run, asks, ended, jobs } = await talk()
  const code = [
    'import getpass, sys',
    'print("hello")',
    'name = input("name? ")',
    'secret = getpass.getpass("secret? ")',
    'print("so", name, len(secret))',
    'rest = sys.stdin.readline()',
    'input("more? ")',
  ]
  const job = run({ code: code.join('\n') })
  expect(await asks(job)).toEqual({ number: 1, prompt: 'name? ', isPassword: false })
  expect(jobs.list().find(({ id }) => id === job.id)).toMatchObject({ asks: { number: 1 } })
  const answer = (text: string | null) => servers.answerInput({ execution: job.id, text })
  expect(await answer('Zoë')).toEqual({ isTaken: true })
  await expect.poll(() => jobs.get(job.id).asks).toEqual({ number: 2, prompt: 'secret? ', isPassword: true })
  // Two are quick: one of them is too late.
  const both = await Promise.all([answer('xyz'), answer('abc')])
  expect(both).toEqual([{ isTaken: true }, { isTaken: false }])
  await expect.poll(() => jobs.get(job.id).asks?.number).toBe(3)
  await answer('line')
  await expect.poll(() => jobs.get(job.id).asks?.number).toBe(4)
  await answer(null)
  const done = await ended(job)
  expect(done).toMatchObject({
    state: 'failed',
    error: { code: 'PYTHON_ERROR', message: expect.stringContaining('EOF') },
  })
  expect(done).not.toHaveProperty('asks')
  expect(done.error?.details?.['output']).toEqual([
    { kind: 'text', stream: 'stdout', text: 'hello\n' },
    { kind: 'input', prompt: 'name? ', answer: 'Zoë' },
    { kind: 'input', prompt: 'secret? ', answer: null },
    { kind: 'text', stream: 'stdout', text: 'so Zoë 3\n' },
    { kind: 'input', prompt: '', answer: 'line' },
    { kind: 'input', prompt: 'more? ', answer: null },
  ])
  expect(await failure(servers.answerInput({ execution: job.id, text: 'x' }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a run that is cancelled while it asks, asks no more', async () => {
  const { run, asks, ended, jobs } = await talk()
  const job = run({ code: 'input("well? ")' })
  await asks(job)
  jobs.cancel(job.id)
  const done = await ended(job)
  expect(done).toMatchObject({ state: 'cancelled' })
  expect(done).not.toHaveProperty('asks')
})
