import { expect, it } from 'vitest'
import { desktopFileSchema } from '../../../contract/index.ts'
import type { DesktopFile } from '../../../contract/index.ts'
import { keepLogin } from '../../../electron/login/keep-login.ts'
import type { HostView } from '../../../electron/view/host-view.ts'
import { eventually } from '../../tools/eventually.ts'
import { view } from './servers.ts'

/** A setting, a system that may refuse, and what is remembered of both. */
function world(start: { wanted: boolean; real: boolean; agreed: boolean | null; isStubborn?: boolean }) {
  let shown = view([])
  let memory = desktopFileSchema.parse({ version: 1, startsAtLogin: start.agreed })
  const listeners: ((view: HostView) => void)[] = []
  const system = { real: start.real }
  const said: string[] = []
  const set = (startAtLogin: boolean) => {
    shown = { ...shown, settings: { ...shown.settings, startAtLogin } }
    for (const listener of listeners) listener(shown)
  }
  set(start.wanted)
  const kept = keepLogin({
    item: {
      read: () => Promise.resolve(system.real),
      write: (next) => Promise.resolve(void (start.isStubborn || (system.real = next))),
      wasOpenedAtLogin: () => false,
    },
    host: { view: () => shown, onChange: (listener) => void listeners.push(listener) },
    dispatch: ((_name: string, change: { startAtLogin: boolean }) =>
      Promise.resolve(set(change.startAtLogin))) as never,
    memory: {
      get: () => memory,
      change: (change: Partial<DesktopFile>) => void (memory = { ...memory, ...change }),
      flush: () => Promise.resolve(),
    },
    log: (text) => said.push(text),
  })
  const agreed = () => memory.startsAtLogin
  return { system, set, kept, said, wanted: () => shown.settings.startAtLogin, agreed }
}

it('the system follows the setting', async () => {
  const { system, set, agreed } = world({ wanted: false, real: false, agreed: null })
  await eventually('both agree', () => agreed() === false)
  set(true)
  await eventually('the system has it', () => system.real && agreed())
  set(false)
  await eventually('the system has it no more', () => !system.real && agreed() === false)
})

it('the setting follows the user who switched it off in the system', async () => {
  const { system, wanted, agreed, said } = world({ wanted: true, real: false, agreed: true })
  await eventually('the setting has followed', () => !wanted() && agreed() === false)
  expect(system.real).toBe(false)
  expect(said.join()).toMatch(/changed in the system, now off/u)
})

it('a setting that was changed while the app was away counts', async () => {
  const { system } = world({ wanted: true, real: false, agreed: false })
  await eventually('the system has it', () => system.real)
})

it('a system that does not take it is believed', async () => {
  const { wanted, said } = world({ wanted: true, real: false, agreed: false, isStubborn: true })
  await eventually('the setting says what is true', () => !wanted())
  expect(said.join()).toMatch(/did not take it, and stays off/u)
})
