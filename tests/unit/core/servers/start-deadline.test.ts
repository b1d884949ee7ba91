import { expect, test } from 'vitest'
import { startDeadline, startMs } from '../../../../core/servers/start-deadline.ts'

test('half a minute, unless the environment says otherwise', () => {
  expect(startMs({})).toBe(30_000)
  expect(startMs({ BEEP_SERVER_START_MS: '250' })).toBe(250)
  for (const nonsense of ['', '0', '-1', 'soon']) expect(startMs({ BEEP_SERVER_START_MS: nonsense })).toBe(30_000)
})

test('the signal comes with its reason: the time, with evidence', async () => {
  const deadline = startDeadline('demo', new AbortController().signal, { BEEP_SERVER_START_MS: '5' }, () => ['last'])
  await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve))
  expect(deadline.signal.reason).toMatchObject({ code: 'TIMEOUT', details: { ms: 5, lastLines: ['last'] } })
})

test('or the caller, who may have given up before', () => {
  const caller = new AbortController()
  const late = startDeadline('demo', caller.signal, {}, () => [])
  caller.abort()
  const early = startDeadline('demo', caller.signal, {}, () => [])
  for (const deadline of [late, early]) {
    expect(deadline.signal.reason).toMatchObject({ code: 'CANCELLED' })
    deadline.clear()
  }
})
