import { expect, test } from 'vitest'
import { AppError } from '../../../../contract/index.ts'
import { createSecrets } from '../../../../core/events/index.ts'
import { Comeback } from '../../../../core/servers/restarts/comeback.ts'
import { resolveSpec } from '../../../../core/servers/resolve-spec.ts'
import type { RunPlan } from '../../../../core/servers/run-plan.ts'
import { ServerStatus } from '../../../../core/servers/server-status.ts'
import { manualClock } from '../../../tools/manual-clock.ts'

const died = new AppError('SERVER_FAILED', 'it was ended by SIGKILL')
const token = 'http-token-of-the-life-before-0123456789'
const poolToken = 'pool-token-of-the-life-before-0123456789'

/** An http server that has run. */
function ran() {
  const clock = manualClock()
  const secrets = createSecrets()
  const said: string[] = []
  const { promise: cleared, resolve: clear } = Promise.withResolvers<boolean>()
  const status = new ServerStatus(
    () => [],
    () => {},
  )
  const starts: AbortSignal[] = []
  const comeback = new Comeback({
    status,
    secrets,
    clock,
    say: (text) => said.push(text),
    start: (signal) => {
      starts.push(signal)
      return new Promise(() => {})
    },
    cleared: () => cleared,
  })
  const spec = resolveSpec({ transport: 'http', environment: 'mine' }, undefined)
  status.begin(spec, undefined)
  status.ready({ transport: 'http', url: 'http://127.0.0.1:5000', token }, '2026-01-01T00:00:00.000Z')
  comeback.ready()
  const plan = { spec, token, address: { path: 'nowhere', token: poolToken } } as RunPlan
  return {
    clock,
    secrets,
    said,
    clear,
    starts,
    status,
    comeback,
    fails: () => comeback.fail(died, undefined, [plan, 5000]),
  }
}

test('while it waits it stands on its environments, and its tokens are secrets', () => {
  const { comeback, fails, secrets } = ran()
  const masked = () => secrets.mask(`${token} ${poolToken}`)
  expect(comeback.uses).toEqual([])
  fails()
  expect(comeback.uses).toEqual(['mine', 'admin'])
  expect(comeback.kept).toEqual({ transport: 'http', port: 5000, token, poolToken })
  expect(masked()).toBe('*** ***')
  comeback.takeOver()
  expect(masked()).toBe('*** ***')
  comeback.giveUp()
  expect([comeback.uses, comeback.kept, masked()]).toEqual([[], undefined, `${token} ${poolToken}`])
})

test('its tokens are let go of by whoever has them next', () => {
  const { comeback, fails, secrets } = ran()
  fails()
  const forget = secrets.add(token)
  comeback.ready()
  expect(secrets.mask(`${token} ${poolToken}`)).toBe(`*** ${poolToken}`)
  forget()
})

test.each(['before', 'after'])('what does not go away is told as the reason, %s the wait is over', async (when) => {
  const { clock, comeback, fails, said, clear, status } = ran()
  fails()
  if (when === 'after') clock.next()
  comeback.block(new AppError('SERVER_FAILED', 'something still answers at its address'))
  clear(true)
  await Promise.resolve()
  expect(said.at(-1)).toBe('is not started again: something still answers at its address')
  expect([clock.waits(), comeback.shown, status.server()?.restarts]).toEqual([[], undefined, undefined])
})

test('who gives up after the wait takes its start back, and it is said once', async () => {
  const { clock, comeback, fails, said, clear, starts } = ran()
  fails()
  clear(false)
  clock.next()
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
  expect(starts.map(({ aborted }) => aborted)).toEqual([false])
  for (let times = 0; times < 2; times += 1) comeback.giveUp('its description says never')
  expect(starts.map(({ aborted }) => aborted)).toEqual([true])
  expect(said.filter((text) => text === 'is not started again: its description says never')).toHaveLength(1)
  expect([comeback.kept, comeback.shown]).toEqual([undefined, undefined])
})
