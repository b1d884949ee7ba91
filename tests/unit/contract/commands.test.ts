import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  commandNames,
  commands,
  eventSchemas,
  isCommandName,
  settingsChangeSchema,
  settingsSchema,
  startedJobSchema,
} from '../../../contract/index.ts'

const table = commandNames.map((name) => ({ name, spec: commands[name] }))

describe('the command table', () => {
  it.each(table)('$name is noun.verb', ({ name }) => {
    expect(name).toMatch(/^[a-z]+\.[a-z]+[A-Za-z]*$/u)
    expect(isCommandName(name)).toBe(true)
  })

  it.each(table)('$name says in a line what it does', ({ spec }) => {
    expect(spec.summary).toMatch(/^[A-Z][^\n]{5,80}[^.\s]$/u)
  })

  it.each(table)('$name refuses params that it does not know', ({ spec }) => {
    const { error } = spec.params.safeParse({ surprise: 1 })
    expect(error?.issues.map((issue) => issue.code)).toContain('unrecognized_keys')
  })

  it.each(table)('$name takes an object and nothing else', ({ spec }) => {
    for (const params of ['text', 1, [], null, true]) expect(spec.params.safeParse(params).success).toBe(false)
  })

  it.each(table)('$name can be described as JSON schemas', ({ spec }) => {
    expect(z.toJSONSchema(spec.params, { io: 'input' })).toMatchObject({ type: 'object', additionalProperties: false })
    const result = z.toJSONSchema(spec.result)
    expect(Object.keys(result).some((key) => ['type', 'anyOf', 'oneOf'].includes(key))).toBe(true)
  })

  it.each(table)('$name, when it only looks, answers at once', ({ spec }) => {
    if (spec.access === 'read') expect(spec.kind).toBe('answer')
    expect(['read', 'write']).toContain(spec.access)
  })

  it('knows its own names only', () => {
    for (const name of ['', 'toString', '__proto__', 'constructor', 'host', 'Host.info']) {
      expect(isCommandName(name)).toBe(false)
    }
  })
})

describe('events', () => {
  it.each(Object.entries(eventSchemas))('%s can be described as a JSON schema', (name, schema) => {
    expect(name).toMatch(/^[a-z]+\.[a-z]+$/u)
    expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object' })
  })
})

describe('a started job', () => {
  it('refuses progress outside of 0 to 1', () => {
    const job = {
      id: '1',
      command: 'runtimes.install',
      subject: 'runtime',
      state: 'running',
      progress: { fraction: 1.01, title: 'x' },
      startedAt: new Date(0).toISOString(),
    }
    expect(startedJobSchema.safeParse({ job }).success).toBe(false)
    expect(startedJobSchema.safeParse({ job: { ...job, progress: { fraction: 1, title: 'x' } } }).success).toBe(true)
  })
})

describe('settings', () => {
  it('are complete from nothing', () => {
    expect(settingsSchema.parse({})).toEqual({
      defaultRuntime: null,
      extraRuntimes: [],
      pythonMirror: null,
      gpuBackend: 'auto',
      offline: false,
      proxy: 'system',
      proxyUrl: null,
      noProxy: [],
      extraCa: [],
      packageIndex: null,
      installer: 'auto',
      serverLogBytes: 20 * 1024 * 1024,
      snapshotsKept: 10,
      snapshotBytes: 5_000_000_000,
      theme: 'system',
      closeBehaviour: 'hide',
      startAtLogin: false,
    })
  })

  it('change in what is given, and in nothing else', () => {
    expect(settingsChangeSchema.parse({})).toStrictEqual({})
    expect(settingsChangeSchema.parse({ installer: 'pip' })).toStrictEqual({ installer: 'pip' })
    expect(commands['settings.update'].params.parse({ pythonMirror: null })).toStrictEqual({ pythonMirror: null })
  })

  it('can each be changed', () => {
    expect(Object.keys(settingsChangeSchema.shape)).toEqual(Object.keys(settingsSchema.shape))
  })

  it.each([{ installer: 'conda' }, { serverLogBytes: 1 }, { serverLogBytes: 1e6 + 0.5 }, { colour: 'red' }])(
    'do not change to %j',
    (change) => {
      expect(commands['settings.update'].params.safeParse(change).success).toBe(false)
    },
  )
})
