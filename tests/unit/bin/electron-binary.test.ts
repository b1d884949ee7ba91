import { describe, expect, it } from 'vitest'
import { didNotOpen, findElectron } from '../../../bin/electron-binary.ts'
import type { ElectronFacts } from '../../../bin/electron-binary.ts'

const facts: ElectronFacts = {
  platform: 'linux',
  env: { DISPLAY: ':0' },
  packageFolder: '/app/node_modules/electron',
  program: 'electron',
  exists: () => true,
  isRoot: false,
  argv: [],
}
const find = (change: Partial<ElectronFacts>) => findElectron({ ...facts, ...change })

describe('the program of the window', () => {
  it('is where the package has put it', () => {
    expect(find({})).toEqual({ binary: '/app/node_modules/electron/dist/electron' })
    const program = 'Electron.app/Contents/MacOS/Electron'
    expect(find({ platform: 'darwin', env: {}, program })).toEqual({
      binary: `/app/node_modules/electron/dist/${program}`,
    })
    expect(find({ platform: 'win32', env: {}, program: 'electron.exe' })).toHaveProperty('binary')
    expect(find({ env: { WAYLAND_DISPLAY: 'wayland-0' } })).toHaveProperty('binary')
  })

  it('is where the user says', () => {
    const env = { ...facts.env, ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' }
    expect(find({ env, program: undefined })).toEqual({ binary: '/opt/electron/electron' })
    expect(find({ env, exists: () => false })).toMatchObject({ why: 'there is no /opt/electron/electron' })
  })

  it.each([
    [{ packageFolder: undefined }, 'the package electron is not installed'],
    [{ program: undefined }, 'Electron is not downloaded yet'],
    [{ exists: () => false }, '/app/node_modules/electron/dist/electron is missing'],
    [{ env: {} }, 'there is no screen here'],
    [{ isRoot: true }, 'its sandbox does not work for root'],
    [{ argv: ['--browser'] }, 'the browser was asked for'],
  ] as const)('is none with %j: %s', (change, why) => {
    expect(find(change)).toMatchObject({ why, hint: expect.stringMatching(/\w/u) as string })
  })

  it('is one for root who does without the sandbox', () => {
    expect(find({ isRoot: true, argv: ['--no-sandbox'] })).toHaveProperty('binary')
    expect(find({ isRoot: true, platform: 'win32', env: {} })).toHaveProperty('binary')
  })
})

describe('a window that ended', () => {
  it.each([
    [{ code: 0, signal: null, ms: 300 }, false],
    [{ code: 1, signal: null, ms: 300 }, true],
    [{ code: 1, signal: null, ms: 60_000 }, false],
    [{ code: null, signal: 'SIGTRAP', ms: 300 }, true],
    [{ code: null, signal: 'SIGTRAP', ms: 60_000 }, false],
    [{ code: null, signal: 'SIGINT', ms: 300 }, false],
    [{ code: null, signal: 'SIGTERM', ms: 300 }, false],
  ])('%j did not open: %s', (end, answer) => {
    expect(didNotOpen(end)).toBe(answer)
  })
})
