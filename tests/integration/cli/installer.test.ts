import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Check, CommandResult, Environment, InstallerReport } from '../../../contract/index.ts'
import { serveIndex } from '../environments/package-index.ts'
import { until } from '../environments/until.ts'
import { machineHasUv, obtainUvWheel, writeFakeUv } from '../environments/uv.ts'
import { noIndexSettings, writeWheel } from '../environments/wheels.ts'
import { terminal } from './terminal.ts'

const wheel = obtainUvWheel()

/** A user on a machine without uv, and a folder of packages for their index. */
function userWithout() {
  const user = terminal()
  const wheels = path.join(user.folder, 'wheels')
  mkdirSync(wheels)
  Object.assign(user.env, noIndexSettings(), { PATH: path.join(user.folder, 'bin'), PIP_RETRIES: '0' })
  return { user, wheels }
}

it.skipIf(machineHasUv || wheel === undefined)(
  'gets the real uv from the index, makes an environment with it, and removes it again',
  async () => {
    const { user, wheels } = userWithout()
    symlinkSync(wheel!, path.join(wheels, path.basename(wheel!)))
    writeWheel(wheels, { name: 'thing', version: '1.0' })
    user.env['PIP_INDEX_URL'] = (await serveIndex(wheels)).url
    const made = async (name: string) => {
      const { root } = await user.json<Environment>('venv', 'create', name, 'thing')
      return readFileSync(path.join(root, 'pyvenv.cfg'), 'utf8')
    }
    const hint = async () => (await user.json<Check[]>('doctor')).find(({ id }) => id === 'installer')
    expect(await hint()).toMatchObject({ outcome: 'ok', hint: expect.stringContaining('installer get') as unknown })

    const got = await user.json<CommandResult<'installer.installUv'>>('installer', 'get')
    expect(got).toMatchObject({ isChanged: true, inEffect: { tool: 'uv', origin: 'own' } })
    const { inEffect } = await user.json<InstallerReport>('installer')
    expect(inEffect).toEqual(got.inEffect)
    expect(await made('with uv')).toContain(`uv = ${inEffect?.version}`)
    expect(await hint()).toMatchObject({ outcome: 'ok', detail: `uv ${inEffect?.version}, ${inEffect?.path}` })

    const removed = await user.json<CommandResult<'installer.removeUv'>>('installer', 'remove')
    expect(removed.freedBytes).toBeGreaterThan(1_000_000)
    expect(await made('with pip')).not.toContain('uv =')
    expect(await user.json<InstallerReport>('installer')).toMatchObject({ inEffect: { tool: 'pip' }, own: null })
  },
)

it.skipIf(machineHasUv)('takes nothing for a uv that a killed program has left, and clears it away', async () => {
  const { user, wheels } = userWithout()
  writeFakeUv(wheels, '0.9.2')
  const stalled = await serveIndex(wheels, { isStalled: true })
  const getting = user.start(['installer', 'get'], { env: { PIP_INDEX_URL: stalled.url } })
  await until('the wheel is asked for', () => stalled.asked.some((asked) => asked.startsWith('/files/')))
  getting.child.kill('SIGKILL')
  await getting.ended
  expect(readdirSync(path.join(user.home, 'staging'))).toHaveLength(1)
  expect(existsSync(path.join(user.home, 'tools'))).toBe(false)
  expect(await user.json<InstallerReport>('installer')).toMatchObject({ inEffect: { tool: 'pip' }, own: null })

  user.env['PIP_INDEX_URL'] = (await serveIndex(wheels)).url
  const got = await user.json<CommandResult<'installer.installUv'>>('installer', 'get')
  expect(got).toMatchObject({ inEffect: { tool: 'uv', version: '0.9.2' } })
  expect(readdirSync(path.join(user.home, 'staging'))).toEqual([])
})
