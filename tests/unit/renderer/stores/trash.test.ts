import { afterEach, beforeEach, expect, it } from 'vitest'
import { isInDataRoot } from '../../../../renderer/stores/desktop.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { loadTrash, useTrash } from '../../../../renderer/stores/trash.ts'
import { fakeBridge } from '../fake-bridge.ts'

const thing = (id: string, removedAt: string) => ({ id, name: id, removedAt, expiresAt: removedAt, sizeBytes: 1 })
const ids = () => useTrash.getState().trash?.map(({ id }) => id)

let host = fakeBridge('open')
beforeEach(() => {
  host = fakeBridge('open')
  setBridge(host.bridge)
  useTrash.setState({ trash: undefined, error: undefined })
})
afterEach(() => setBridge(undefined))

it('what was deleted last comes first', async () => {
  void loadTrash()
  await host.next('environments.trash').ok([thing('old', '2026-01-01'), thing('new', '2026-02-01')])
  expect(ids()).toEqual(['new', 'old'])
})

it('an answer that a later question has overtaken is not looked at; a failure keeps what is known', async () => {
  void loadTrash()
  void loadTrash()
  const first = host.next('environments.trash')
  await host.next('environments.trash').ok([thing('b', '2026-01-02')])
  await first.ok([thing('a', '2026-01-01')])
  expect(ids()).toEqual(['b'])
  void loadTrash()
  await host.next('environments.trash').fail({ code: 'INTERNAL', message: 'no' })
  expect(ids()).toEqual(['b'])
  expect(useTrash.getState().error?.message).toBe('no')
})

it('only what lies in the data root can be shown in the file manager, on each platform', () => {
  expect(isInDataRoot('/data root é', { home: '/data root é' })).toBe(true)
  expect(isInDataRoot('/data root é/logs', { home: '/data root é' })).toBe(true)
  expect(isInDataRoot('/data root é2/logs', { home: '/data root é' })).toBe(false)
  expect(isInDataRoot('C:\\beep\\logs', { home: 'C:\\beep' })).toBe(true)
  expect(isInDataRoot('/usr/bin/python3', { home: '/data root é' })).toBe(false)
})
