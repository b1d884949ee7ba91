import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startHost } from '../../../core/index.ts'
import type { DesktopShell, Host } from '../../../core/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

const shell: DesktopShell = {
  versions: { electron: '1.2.3', chrome: '4.5.6' },
  pickPath: async ({ kind }) => ({ path: `/a ${kind}` }),
  reveal: async (params) => params,
}

async function hostWith(desktop?: DesktopShell): Promise<Host> {
  const host = await startHost({ home: path.join(tempFolder(), 'data'), env: { PATH: '' }, desktop })
  onTestFinished(() => host.close())
  return host
}

test('a host with a desktop tells its versions, and lets it answer', async () => {
  const { core } = await hostWith(shell)
  expect(await core.dispatch('host.info', {})).toMatchObject({ ok: { desktop: shell.versions, running: true } })
  const asked = await core.dispatch('desktop.pickPath', { kind: 'folder', title: 'Data root' })
  expect(asked).toEqual({ ok: { path: '/a folder' } })
  const { logs } = core.layout
  expect(await core.dispatch('desktop.reveal', { path: logs })).toEqual({ ok: { path: logs } })
  const foreign = await core.dispatch('desktop.reveal', { path: path.dirname(core.layout.home) })
  expect(foreign).toMatchObject({ error: { code: 'INVALID_PARAMS' } })
})

test('a host without one says so', async () => {
  const { core } = await hostWith()
  expect(await core.dispatch('host.info', {})).toMatchObject({ ok: { desktop: null } })
  for (const [name, params] of [
    ['desktop.pickPath', { kind: 'file', title: 'x' }],
    ['desktop.reveal', { path: core.layout.home }],
  ] as const) {
    const reply = await core.dispatch(name, params)
    expect(reply).toMatchObject({ error: { code: 'UNSUPPORTED', hint: expect.any(String) } })
  }
})
