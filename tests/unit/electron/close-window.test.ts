import { describe, expect, it } from 'vitest'
import { canHide, closeDecision } from '../../../electron/policy/close-window.ts'
import { crashDecision } from '../../../electron/policy/crash.ts'
import { loginPlan } from '../../../electron/policy/login-item.ts'
import { text } from '../../../electron/text.ts'

describe('closing the window', () => {
  const facts = { behaviour: 'hide', platform: 'linux', trayHost: 'yes', isQuitting: false, isBusy: false } as const

  it.each([
    [{}, 'hide'],
    [{ platform: 'win32' }, 'hide'],
    // The Dock brings it back.
    [{ platform: 'darwin', trayHost: 'no' }, 'hide'],
    [{ trayHost: 'no' }, 'quit'],
    [{ trayHost: 'unknown' }, 'quit'],
    [{ trayHost: 'no', isBusy: true }, 'ask'],
    [{ trayHost: 'unknown', isBusy: true }, 'ask'],
    [{ behaviour: 'quit' }, 'quit'],
    [{ behaviour: 'quit', isBusy: true }, 'quit'],
    [{ behaviour: 'ask' }, 'ask'],
    [{ behaviour: 'ask', trayHost: 'no' }, 'ask'],
    [{ isQuitting: true }, 'close'],
    [{ isQuitting: true, behaviour: 'ask', isBusy: true }, 'close'],
  ] as const)('with %j: %s', (change, decision) => {
    expect(closeDecision({ ...facts, ...change })).toBe(decision)
  })

  it('says what would end, and what would not come back', () => {
    const { running } = text.close
    expect(running(0, 0, 0)).toBe('Nothing is running.')
    expect(running(2, 0, 1)).toBe('2 servers and 1 job would end when it quits.')
    expect(running(0, 1, 0)).toBe('Nothing is running. 1 server would not start again any more.')
    expect(running(1, 2, 0)).toBe('1 server would end when it quits. 2 servers would not start again any more.')
  })

  it('never hides where nothing brings it back', () => {
    for (const behaviour of ['hide', 'quit', 'ask'] as const) {
      for (const trayHost of ['no', 'unknown'] as const) {
        for (const isBusy of [true, false])
          expect(closeDecision({ ...facts, behaviour, trayHost, isBusy })).not.toBe('hide')
        expect(canHide('linux', trayHost)).toBe(false)
      }
    }
  })
})

describe('a page that has ended', () => {
  it('is opened again, and asked about when it keeps crashing', () => {
    expect(crashDecision('clean-exit', [1000], 1000)).toBe('nothing')
    expect(crashDecision('crashed', [1000], 1000)).toBe('reload')
    expect(crashDecision('oom', [1000, 2000], 2000)).toBe('reload')
    expect(crashDecision('killed', [1000, 2000, 3000], 3000)).toBe('ask')
    expect(crashDecision('crashed', [1000, 2000, 70_000], 70_000)).toBe('reload')
  })
})

describe('starting at login', () => {
  it.each([
    // The setting and the system say the same, or the system does not say.
    [{ wanted: true, real: true, agreed: null }, { do: 'nothing' }],
    [{ wanted: true, real: undefined, agreed: false }, { do: 'nothing' }],
    // The setting was changed, perhaps while the app was away.
    [
      { wanted: true, real: false, agreed: null },
      { do: 'apply', start: true },
    ],
    [
      { wanted: true, real: false, agreed: false },
      { do: 'apply', start: true },
    ],
    [
      { wanted: false, real: true, agreed: true },
      { do: 'apply', start: false },
    ],
    // The user switched it off, or on, in the system.
    [
      { wanted: true, real: false, agreed: true },
      { do: 'adopt', start: false },
    ],
    [
      { wanted: false, real: true, agreed: false },
      { do: 'adopt', start: true },
    ],
    [
      { wanted: false, real: true, agreed: null },
      { do: 'adopt', start: true },
    ],
  ] as const)('%j: %j', (facts, plan) => {
    expect(loginPlan(facts)).toEqual(plan)
  })
})
