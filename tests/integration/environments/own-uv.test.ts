import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { serveIndex } from './package-index.ts'
import type { IndexOptions } from './package-index.ts'
import { until } from './until.ts'
import { machineHasUv, uvScript, writeFakeUv } from './uv.ts'
import { noIndexSettings } from './wheels.ts'
import { failureOf, openWorkbench, recordJob } from './workbench.ts'

/** A data root on a machine without a uv, and an index of its own. */
async function place(options: IndexOptions = {}) {
  const folder = tempFolder()
  const wheels = path.join(folder, 'wheels')
  const bin = path.join(folder, 'bin')
  for (const one of [wheels, bin]) mkdirSync(one)
  const index = await serveIndex(wheels, options)
  const variables = { PIP_INDEX_URL: index.url, PIP_RETRIES: '0', UV: undefined, PATH: bin, HOME: folder }
  const bench = openWorkbench(path.join(folder, 'dàta'), { env: { ...noIndexSettings(), ...variables } })
  const { environments, layout } = bench
  /** Puts a uv on PATH. */
  const machine = (text: string) => {
    const file = path.join(bin, 'uv')
    writeFileSync(file, text, { mode: 0o755 })
    return file
  }
  const left = () => [layout.tools, layout.staging].flatMap((one) => (existsSync(one) ? readdirSync(one) : []))
  const get = (job = recordJob()) => environments.installUv(job)
  const remove = () => environments.removeUv(recordJob())
  return { ...bench, wheels, index, machine, left, get, remove, show: () => environments.installer() }
}

describe.skipIf(machineHasUv || process.platform === 'win32')('uv, got when somebody asks for it', () => {
  it('comes from the index, is taken from then on, is brought up to date, and goes', async () => {
    const { wheels, layout, show, get, remove, left, settings } = await place()
    writeFakeUv(wheels, '0.9.2')
    expect(await show()).toMatchObject({ setting: 'auto', inEffect: { tool: 'pip' }, own: null, unusable: [] })
    const job = recordJob()
    const first = await get(job)
    const executable = path.join(layout.tools, 'uv', '0.9.2', 'bin', 'uv')
    const inEffect = { tool: 'uv', version: '0.9.2', path: executable, origin: 'own' }
    expect(first).toMatchObject({ isChanged: true, inEffect, own: { version: '0.9.2', path: executable } })
    expect(first.own?.bytes).toBeGreaterThan(100)
    expect(job.told[0]?.title).toBe('Getting uv')
    expect(await get()).toMatchObject({ isChanged: false, inEffect })

    writeFakeUv(wheels, '0.10.0')
    expect(await get()).toMatchObject({ isChanged: true, inEffect: { version: '0.10.0' } })
    const kept = () => readdirSync(path.join(layout.tools, 'uv')).sort()
    expect(kept()).toEqual(['0.10.0', '0.9.2'])
    expect(await get()).toMatchObject({ isChanged: false, inEffect: { version: '0.10.0' } })
    expect(kept()).toEqual(['0.10.0'])
    await settings.update({ installer: 'pip' })
    expect(await show()).toMatchObject({ inEffect: { tool: 'pip' }, own: { version: '0.10.0' } })

    expect(await remove()).toMatchObject({ versions: ['0.10.0'] })
    expect(readdirSync(path.join(layout.tools, 'uv'))).toEqual([])
    expect(readdirSync(layout.staging)).toEqual([])
    await settings.update({ installer: 'uv' })
    expect(await show()).toMatchObject({ inEffect: null, own: null })
    expect(await failureOf(remove())).toMatchObject({ code: 'NOT_FOUND' })
    expect(left()).toEqual(['uv'])
  })

  it('is not got where this machine has one, unless that one is too old or broken', async () => {
    const { wheels, index, machine, show, get, remove, settings, environments } = await place()
    writeFakeUv(wheels, '0.9.2')
    const file = machine(uvScript('0.5.0'))
    expect(await get()).toMatchObject({ isChanged: false, inEffect: { origin: 'path', path: file }, own: null })
    expect(index.asked).toEqual([])
    const refused = await failureOf(remove())
    expect(refused).toMatchObject({ code: 'NOT_FOUND' })
    expect(refused.hint).toContain(`${file} is this machine’s own`)

    machine(uvScript('0.4.1'))
    await settings.update({ installer: 'uv' })
    const unusable = [{ path: file, origin: 'path', version: '0.4.1' }]
    expect(await show()).toMatchObject({ inEffect: null, unusable, oldestUv: '0.4.23' })
    const failure = await failureOf(environments.create({ name: 'a', packages: ['uv'] }, recordJob()))
    expect(failure.message).toContain(`${file} is 0.4.1, and 0.4.23 is the oldest that will do`)
    expect(failure.hint).toContain('`beep-host installer get`')
    expect(await get()).toMatchObject({ isChanged: true, inEffect: { origin: 'own', version: '0.9.2' }, unusable })
    machine('#!/bin/sh\nexit 3\n')
    expect(await show()).toMatchObject({ inEffect: { origin: 'own' }, unusable: [{ path: file, version: null }] })
  })

  it('comes from an imported bundle where the settings say offline, and says what to do where none has it', async () => {
    const { layout, index, settings, get, left } = await place()
    await settings.update({ offline: true })
    const failure = await failureOf(get())
    expect(failure).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause: 'no-match' } })
    expect(failure.hint).toContain('no imported bundle has uv')
    expect(left()).toEqual([])
    writeFakeUv(layout.wheels, '0.9.2')
    expect(await get()).toMatchObject({ isChanged: true, inEffect: { version: '0.9.2' } })
    expect(index.asked).toEqual([])
  })

  it('is nothing that does not do its work, or is not the file that the index speaks of; what was there stays', async () => {
    const { wheels, get, show, left, env } = await place()
    writeFakeUv(wheels, '0.9.2')
    await get()
    writeFakeUv(wheels, '1.0', '#!/bin/sh\nexit 3\n')
    expect((await failureOf(get())).message).toBe('What came as uv cannot be used: it does not start here')
    const forged = await serveIndex(wheels, { sha256: '0'.repeat(64) })
    env['PIP_INDEX_URL'] = forged.url
    const other = openWorkbench(path.join(tempFolder(), 'other'), { env })
    expect(await failureOf(other.environments.installUv(recordJob()))).toMatchObject({ details: { cause: 'hash' } })
    expect(existsSync(other.layout.tools)).toBe(false)
    expect(await show()).toMatchObject({ inEffect: { version: '0.9.2' } })
    expect(left()).toEqual(['uv'])
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const { wheels, index, get, left } = await place({ isStalled: true })
    writeFakeUv(wheels, '0.9.2')
    const job = recordJob()
    const getting = failureOf(get(job))
    await until('the wheel is asked for', () => index.asked.some((asked) => asked.startsWith('/files/')))
    job.abort.abort()
    expect((await getting).code).toBe('CANCELLED')
    expect(left()).toEqual([])
  })
})
