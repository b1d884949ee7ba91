import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../../../core/platform/index.ts'
import { createSettingsStore } from '../../../../core/storage/index.ts'
import { secondProgram } from '../../../tools/second-program.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const defaults = {
  defaultRuntime: null,
  extraRuntimes: [],
  pythonMirror: null,
  installer: 'auto',
  gpuBackend: 'auto',
  offline: false,
  proxy: 'system',
  proxyUrl: null,
  noProxy: [],
  extraCa: [],
  packageIndex: null,
  serverLogBytes: 20 * 1024 * 1024,
  snapshotsKept: 10,
  snapshotBytes: 5_000_000_000,
  theme: 'system',
  closeBehaviour: 'hide',
  startAtLogin: false,
}

describe('settings', () => {
  it('are the defaults where there is no file, and reading makes none', async () => {
    const layout = layoutOf(tempFolder())
    const store = createSettingsStore(layout)
    expect(await store.get()).toEqual(defaults)
    expect(store.problem()).toBeUndefined()
    expect(readdirSync(layout.home)).toEqual([])
  })

  it('change in what is given and keep the rest', async () => {
    const layout = layoutOf(tempFolder())
    const store = createSettingsStore(layout)
    await store.update({ installer: 'pip', extraRuntimes: ['/opt/é x/python'] })
    const changed = { ...defaults, installer: 'pip', extraRuntimes: ['/opt/é x/python'], defaultRuntime: 'id' }
    expect(await store.update({ defaultRuntime: 'id', installer: undefined })).toEqual(changed)
    expect(await createSettingsStore(layout).get()).toEqual(changed)
    expect(await store.update({ defaultRuntime: null })).toEqual({ ...changed, defaultRuntime: null })
  })

  it('that cannot be read are left alone by a read, and kept by an update', async () => {
    const layout = layoutOf(tempFolder())
    writeFileSync(layout.settings, '{"version":1,"settings":{"installer":"pip"')
    const store = createSettingsStore(layout)
    expect(await store.get()).toEqual(defaults)
    expect(store.problem()).toMatchObject({ code: 'FILE_UNREADABLE' })
    expect(readFileSync(layout.settings, 'utf8')).toContain('"pip"')

    await store.update({ pythonMirror: '/mirror' })
    const aside = readdirSync(layout.home).filter((name) => name.startsWith('settings.json.unreadable-'))
    expect(aside).toHaveLength(1)
    expect(readFileSync(`${layout.home}/${aside[0]}`, 'utf8')).toContain('"pip"')
    expect(await store.get()).toEqual({ ...defaults, pythonMirror: '/mirror' })
    expect(store.problem()).toMatchObject({ details: { setAside: expect.stringContaining(aside[0] ?? '?') } })
  })

  it('that were put right by hand are no problem any more', async () => {
    const layout = layoutOf(tempFolder())
    writeFileSync(layout.settings, 'broken')
    const store = createSettingsStore(layout)
    await store.get()
    expect(store.problem()).toBeDefined()
    writeFileSync(layout.settings, '{"version":1,"settings":{}}')
    expect(await store.get()).toEqual(defaults)
    expect(store.problem()).toBeUndefined()
  })

  it('of an older program, with fewer fields, are filled up', async () => {
    const layout = layoutOf(tempFolder())
    writeFileSync(layout.settings, '{"version":1,"settings":{"installer":"uv"}}')
    expect(await createSettingsStore(layout).get()).toEqual({ ...defaults, installer: 'uv' })
  })

  it('lose nothing when several programs change them at once', async () => {
    const layout = layoutOf(tempFolder())
    const store = createSettingsStore(layout)
    const [mirror, installer] = await Promise.all([
      secondProgram('settings', layout.home, 'mirror', '15'),
      secondProgram('settings', layout.home, 'installer', '15'),
    ])
    const added: string[] = []
    for (let index = 0; index < 10; index += 1) {
      added.push(`/python ${index}`)
      await store.update({ extraRuntimes: [...added] })
    }
    expect(await mirror.exited).toEqual({ exitCode: 0, signal: null })
    expect(await installer.exited).toEqual({ exitCode: 0, signal: null })
    expect(await store.get()).toEqual({
      ...defaults,
      installer: 'pip',
      pythonMirror: 'https://mirror.invalid/14',
      extraRuntimes: added,
    })
  })
})
