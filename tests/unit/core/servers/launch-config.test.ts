import { expect, test } from 'vitest'
import type { ServerSpec } from '../../../../contract/index.ts'
import {
  frontConfigLine,
  frontLaunch,
  frontRoleOf,
  poolLaunch,
  portsToTry,
} from '../../../../core/servers/launch-config.ts'
import type { LaunchPlace } from '../../../../core/servers/launch-config.ts'

const spec: ServerSpec = {
  name: 'Ünï',
  transport: 'http',
  environment: 'e',
  port: 0,
  auth: 'token',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
}
const unix: LaunchPlace = {
  platform: 'linux',
  env: { PATH: '/usr/bin', HOME: '/home/u', PYTHONHOME: '/bad', VIRTUAL_ENV: '/bad', SECRET: 'x' },
  engine: '/app/beep engine/__main__.py',
  home: '/data',
  cwd: '/home/u',
}
const environment = { root: '/data/e', executable: '/data/e/bin/python' }
const flags = ['-I', '-X', 'utf8', '-u']

test('a pool runs in the target environment, and is told the rest on stdin', () => {
  const config = poolLaunch(spec, environment, { path: '/run/a.sock' }, unix)
  expect(config.argv).toEqual(['/data/e/bin/python', ...flags, '/app/beep engine/__main__.py', 'pool'])
  expect(config.cwd).toBe('/home/u')
  expect(config.env).toMatchObject({
    PATH: '/data/e/bin:/usr/bin',
    VIRTUAL_ENV: '/data/e',
    HOME: '/home/u',
    BEEP_HOME: '/data',
  })
  expect(config.env).not.toHaveProperty('PYTHONHOME')
  expect(config.env).not.toHaveProperty('SECRET')
  expect(JSON.parse(config.firstLine ?? '')).toEqual({
    protocol: 1,
    role: 'pool',
    name: 'Ünï',
    path: '/run/a.sock',
    start: 'fork',
  })
})

test('what a server allows its code goes to the pool, and to the front what is its to know', () => {
  const limits = { timeoutSeconds: 7, graceSeconds: 0.5, cancelOnDisconnect: false, processLimit: 64, queueLimit: 8 }
  const { firstLine = '' } = poolLaunch({ ...spec, ...limits }, environment, { path: 'p' }, unix)
  expect(JSON.parse(firstLine)).toMatchObject(limits)
  const front = JSON.parse(frontConfigLine('http', { ...spec, ...limits }, 1, 't', { path: 'p' })) as object
  expect(front).toMatchObject({ cancelOnDisconnect: false })
  expect(front).not.toHaveProperty('graceSeconds')
})

test('several workers are told to the pool, and to the front that stands before them', () => {
  const many = { ...spec, workers: 3 }
  const { firstLine = '' } = poolLaunch(many, environment, { path: 'p' }, unix)
  expect(JSON.parse(firstLine)).toMatchObject({ workers: 3 })
  expect(JSON.parse(frontConfigLine('rpc', many, 1, 't', { path: 'p' }))).toMatchObject({
    pool: { path: 'p', workers: 3 },
  })
})

test('only Linux forks its workers', () => {
  const startOn = (platform: NodeJS.Platform) => {
    const { firstLine = '' } = poolLaunch(spec, environment, { path: 'p' }, { ...unix, platform })
    return (JSON.parse(firstLine) as { start: string }).start
  }
  expect([startOn('linux'), startOn('darwin'), startOn('win32')]).toEqual(['fork', 'spawn', 'spawn'])
})

test('on Windows the PATH keeps its spelling, and the pool gets a token', () => {
  const place: LaunchPlace = { ...unix, platform: 'win32', env: { Path: 'C:\\Windows', SystemRoot: 'C:\\Windows' } }
  const target = { root: 'C:\\e', executable: 'C:\\e\\Scripts\\python.exe' }
  const config = poolLaunch(spec, target, { path: '\\\\.\\pipe\\x', token: 'secret' }, place)
  expect(config.env['Path']).toBe('C:\\e\\Scripts;C:\\Windows')
  expect(Object.keys(config.env).filter((name) => name.toUpperCase() === 'PATH')).toEqual(['Path'])
  expect(config.argv.join(' ')).not.toContain('secret')
  expect(JSON.parse(config.firstLine ?? '')).toMatchObject({ path: '\\\\.\\pipe\\x', token: 'secret' })
})

test('a PATH is made where there is none', () => {
  const config = poolLaunch(spec, environment, { path: 'p' }, { ...unix, env: {} })
  expect(config.env['PATH']).toBe('/data/e/bin')
})

test.each(['http', 'rpc'] as const)(
  'an %s front runs in the admin environment, and its configuration follows',
  (role) => {
    const config = frontLaunch(role, { root: '/data/admin', executable: '/data/admin/bin/python' }, unix)
    expect(config.argv).toEqual(['/data/admin/bin/python', ...flags, '/app/beep engine/__main__.py', role])
    expect(config.firstLine).toBeUndefined()
    expect(config.env['VIRTUAL_ENV']).toBeUndefined()
    expect(JSON.parse(frontConfigLine(role, spec, 5678, null, { path: '/p', token: 't' }))).toEqual({
      protocol: 1,
      role,
      name: 'Ünï',
      host: '127.0.0.1',
      port: 5678,
      token: null,
      pool: { path: '/p', token: 't' },
    })
  },
)

test.each([
  ['http', 8000, [], [8000]],
  ['http', 8000, [8000], [8000]],
  ['http', 0, [], [0]],
  ['http', null, [50_051], [5678, 0]],
  ['http', null, [5678], [0]],
  ['rpc', 8000, [], [8000]],
  ['rpc', null, [5678], [50_051, 0]],
  ['rpc', null, [50_051], [0]],
] as const)('%s with port %j and %j taken: %j', (role, port, taken, expected) => {
  expect(portsToTry(role, port, new Map(taken.map((number) => [number, 'other'])))).toEqual(expected)
})

test('a front for each transport but the pipe', () => {
  expect((['http', 'pipe', 'rpc'] as const).map(frontRoleOf)).toEqual(['http', undefined, 'rpc'])
})
