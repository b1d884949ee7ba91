import { describe, expect, it } from 'vitest'
import {
  resetOf,
  settingDifferences,
  settingKeys,
  settingsChangeSchema,
  settingsSchema,
} from '../../../../contract/index.ts'
import type { Settings } from '../../../../contract/index.ts'
import { readSettingsFile, settingsFileText } from '../../../../core/storage/index.ts'

const first = settingsSchema.parse({})
const own: Settings = {
  ...first,
  theme: 'dark',
  noProxy: ['.intern.example'],
  packageIndex: 'https://packages.example/x',
} as const
const file = (settings: unknown, version: unknown = 1) => JSON.stringify({ version, settings })

describe('a file of settings', () => {
  it('gives back what was written into it', () => {
    expect(readSettingsFile(settingsFileText(own))).toEqual({ change: own, unknown: [] })
    expect(readSettingsFile(`\uFEFF${settingsFileText(own)}`).change).toEqual(own)
  })

  it('that says less changes nothing else, and what nobody knows is told', () => {
    const { change, unknown } = readSettingsFile(file({ theme: 'light', future: { a: 1 }, más: null }))
    expect(change).toStrictEqual({ theme: 'light' })
    expect(unknown).toEqual(['future', 'más'])
  })

  it.each([
    ['no JSON', '{"version": 1, ', /JSON/u],
    ['a list', '[]', /it has no "version"/u],
    ['nothing', 'null', /it has no "version"/u],
    ['settings without a version', JSON.stringify({ settings: { theme: 'dark' } }), /it has no "version"/u],
    ['something else of ours', JSON.stringify({ version: 1, profiles: [] }), /it has no "version": 1 with "settings"/u],
    ['a newer version', file({ theme: 'dark' }, 2), /it has version 2/u],
    ['one bad value among good ones', file({ theme: 'dark', installer: 'conda' }), /installer: Invalid option/u],
    ['a list of settings', file(['theme']), /it has no "version"/u],
    ['nothing that is known', file({ future: 1 }), /no setting that this version knows/u],
  ])('that is %s is refused as a whole', (_what, text, message) => {
    expect(() => readSettingsFile(text)).toThrowError(
      expect.objectContaining({
        code: 'INVALID_PARAMS',
        message: expect.stringMatching(message),
        hint: expect.stringContaining('Nothing was changed.'),
      }),
    )
  })

  it('that is refused for what it says does not have its passwords repeated', () => {
    for (const text of [file({ proxyUrl: 'socks5://zoe:p4ss@proxy.example' }), 'http://zoe:p4ss@proxy.example'])
      expect(() => readSettingsFile(text)).toThrowError(
        expect.objectContaining({ message: expect.not.stringContaining('p4ss') }),
      )
  })
})

describe('a change of several settings', () => {
  it('is told by what differs, in their order, without passwords', () => {
    const change = settingsChangeSchema.parse({
      startAtLogin: false,
      theme: 'light',
      noProxy: ['.intern.example'],
      proxyUrl: 'http://zoe:p4ss@proxy.example:8080',
    })
    expect(settingDifferences(own, change)).toEqual([
      { key: 'proxyUrl', from: null, to: 'http://****@proxy.example:8080' },
      { key: 'theme', from: 'dark', to: 'light' },
    ])
  })

  it('is none where all is so already', () => {
    expect(settingDifferences(own, own)).toEqual([])
    expect(settingDifferences(own, {})).toEqual([])
  })

  it('back to the first ones is what differs from them, of all or of some', () => {
    expect(resetOf(own)).toEqual({ theme: 'system', noProxy: [], packageIndex: null })
    expect(resetOf(own, ['theme', 'installer'])).toEqual({ theme: 'system' })
    expect(resetOf(first)).toEqual({})
    expect(settingKeys).toEqual(Object.keys(first))
  })
})
