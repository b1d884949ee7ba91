import { describe, expect, test } from 'vitest'
import { createRedact, createSecrets } from '../../../../core/events/index.ts'
import { poolLaunch } from '../../../../core/servers/launch-config.ts'
import type { LaunchEnvironment, LaunchPlace } from '../../../../core/servers/launch-config.ts'
import { variablesOf } from '../../../../core/servers/variables.ts'
import { shownVariable } from '../../../../core/servers/variables-shown.ts'

const spec = {
  name: 'pipe',
  transport: 'pipe',
  environment: 'e',
  port: null,
  auth: 'token',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
} as const

const unixEnvironment = { root: '/data/é n', executable: '/data/é n/bin/python' }
const unix = (platform: NodeJS.Platform): [LaunchEnvironment, LaunchPlace] => [
  unixEnvironment,
  {
    platform,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: '/home/u',
      LANG: 'de_DE.UTF-8',
      BEEP_HOME: '/elsewhere',
      PYTHONPATH: '/bad',
      PYTHONUTF8: '0',
      VIRTUAL_ENV: '/bad',
      HTTPS_PROXY: 'http://old:1',
      OTHER: 'x',
    },
    network: { HTTPS_PROXY: undefined, https_proxy: 'http://new:2', NO_PROXY: 'localhost' },
    engine: '/app/__main__.py',
    home: '/data',
    cwd: '/home/u',
  },
]
const windows: [LaunchEnvironment, LaunchPlace] = [
  { root: 'C:\\é n', executable: 'C:\\é n\\Scripts\\python.exe' },
  {
    platform: 'win32',
    env: { Path: 'C:\\Windows', SystemRoot: 'C:\\Windows', Beep_Home: 'D:\\', Https_Proxy: 'http://old:1', Other: 'x' },
    network: { HTTPS_PROXY: 'http://new:2', https_proxy: 'http://new:2' },
    engine: 'C:\\app\\__main__.py',
    home: 'C:\\data',
    cwd: 'C:\\',
  },
]

describe('the variables of a server', () => {
  test.each(['linux', 'darwin'] as const)('on %s: each with who had the last say', (platform) => {
    const found = variablesOf(...unix(platform))
    expect(found.map(({ name, value, from }) => [name, value, from])).toEqual([
      ['BEEP_HOME', '/data', 'host'],
      ['HOME', '/home/u', 'system'],
      ['https_proxy', 'http://new:2', 'network'],
      ['LANG', 'de_DE.UTF-8', 'system'],
      ['NO_PROXY', 'localhost', 'network'],
      ['PATH', '/data/é n/bin:/usr/bin:/bin', 'environment'],
      ['PYTHONNOUSERSITE', '1', 'host'],
      ['PYTHONUTF8', '1', 'host'],
      ['VIRTUAL_ENV', '/data/é n', 'environment'],
    ])
  })

  test('on Windows: whatever the spelling, once each', () => {
    const found = variablesOf(...windows)
    expect(found.map(({ name, value, from }) => [name, value, from])).toEqual([
      ['BEEP_HOME', 'C:\\data', 'host'],
      ['https_proxy', 'http://new:2', 'network'],
      ['Path', 'C:\\é n\\Scripts;C:\\Windows', 'environment'],
      ['PYTHONNOUSERSITE', '1', 'host'],
      ['PYTHONUTF8', '1', 'host'],
      ['SystemRoot', 'C:\\Windows', 'system'],
      ['VIRTUAL_ENV', 'C:\\é n', 'environment'],
    ])
  })

  test.each([['linux', unix('linux')] as const, ['win32', windows] as const])(
    'on %s: the very ones that a launch gives',
    (_platform, [environment, place]) => {
      const { env } = poolLaunch(spec, environment, { path: 'p' }, place)
      const told = variablesOf(environment, place).map(({ name, value }) => [name, value] as const)
      expect(Object.fromEntries(told)).toEqual(env)
    },
  )

  test('a PATH that there was none of is the environment’s alone', () => {
    const [environment, place] = unix('linux')
    const found = variablesOf(environment, { ...place, env: {} })
    expect(found).toContainEqual({ name: 'PATH', value: '/data/é n/bin', from: 'environment' })
  })
})

describe('what is shown of them', () => {
  const secrets = createSecrets()
  const token = 'Zq3-'.repeat(9)
  secrets.add(token)
  const redact = createRedact({ mask: secrets.mask, credentials: ['me:pässword-1'] })
  const shown = (name: string, value: string) => {
    const { value: told, isMasked } = shownVariable({ name, value, from: 'system' }, redact)
    return [told, isMasked]
  }

  test.each([
    ['DOTNET_API_KEY', 'abc'],
    ['XDG_PASSWORD', 'pw'],
    ['CUDA_TOKEN', token],
  ])('nothing of %s, whose name says what it is', (name, value) => {
    expect(shown(name, value)).toEqual(['***', true])
  })

  test.each([
    ['XDG_NOTE', `the token ${token}.`, 'the token ***.'],
    ['HTTPS_PROXY', 'http://you:s3cr%40t@proxy:3128', 'http://***@proxy:3128'],
    ['XDG_NOTE', 'me pässword-1', 'me ***'],
    ['HF_HOME', '/x/hf_abcdefghijklmnopqrst', '/x/***'],
  ])('%s without what is known or looks like a secret', (name, value, told) => {
    expect(shown(name, value)).toEqual([told, true])
  })

  test.each([
    ['PATH', '/home/u/.local/bin:/usr/bin'],
    ['Path', 'C:\\Users\\Ünal\\bin;C:\\Windows'],
    ['VIRTUAL_ENV', '/data/é n'],
    ['PYTHONUTF8', '1'],
    ['NO_PROXY', '*'],
  ])('all of %s', (name, value) => {
    expect(shown(name, value)).toEqual([value, false])
  })
})
