import { describe, expect, it } from 'vitest'
import { isUsableUv, unusableUvs, uvCandidates } from '../../../../../core/environments/installer/find-uv.ts'
import {
  namesIndexes,
  translatePipOptions,
  uvInstall,
  uvConfigurationFiles,
  uvKnowsIndexes,
  uvOutdated,
  uvUninstall,
} from '../../../../../core/environments/installer/uv.ts'

const target = { name: 'a', root: '/e/a b', executable: '/e/a b/bin/python', base: '/usr/bin/python3', compile: false }

const uv = { executable: '/bin/uv', version: '0.13.9' }
const settings = { places: ['--no-index'], flags: ['--only-binary', ':all:'], variables: {} }
const order = {
  requirements: ['--', 'six', 'idna>=3'],
  upgrades: [],
  constraintFile: undefined,
  reportFile: undefined,
  isDryRun: false,
  isFresh: false,
}

it('puts requirements behind the end of the options', () => {
  const command = uvInstall(uv, target, settings, order)
  expect(command).toEqual([
    '/bin/uv',
    'pip',
    'install',
    '--python',
    '/e/a b/bin/python',
    '--no-index',
    '--only-binary',
    ':all:',
    '--',
    'six',
    'idna>=3',
  ])
  const compiling = { ...target, compile: true }
  expect(uvInstall(uv, target, settings, { ...order, isFresh: true })).toContain('--no-cache')
  expect(uvInstall(uv, compiling, settings, order)).toContain('--compile-bytecode')
  expect(uvInstall(uv, compiling, settings, { ...order, isDryRun: true })).not.toContain('--compile-bytecode')
})

it('upgrades what is named, and what that needs only where it must', () => {
  const upgrade = { ...order, upgrades: ['six', 'idna'], constraintFile: '/s/c.txt', isDryRun: true }
  expect(uvInstall(uv, target, settings, upgrade).join(' ')).toBe(
    '/bin/uv pip install --python /e/a b/bin/python --no-index --only-binary :all: --dry-run --upgrade-package six --upgrade-package idna --constraint /s/c.txt -- six idna>=3',
  )
})

it('hands to each command what it knows', () => {
  expect(uvUninstall(uv, target, ['six']).slice(2)).toEqual(['uninstall', '--python', '/e/a b/bin/python', '--', 'six'])
  expect(uvOutdated(uv, target, settings).slice(5)).toEqual([
    '--outdated',
    '--format',
    'json',
    '--verbose',
    '--no-index',
  ])
})

describe('pip’s settings in uv’s words', () => {
  const all = new Map([
    ['index-url', 'https://user:pw@main/simple'],
    ['extra-index-url', '\nhttps://one/simple\nhttps://two/simple'],
    ['find-links', '/wheels file:///more%20wheels'],
    ['no-index', 'false'],
    ['trusted-host', 'main'],
    ['cert', '/ca.pem'],
    ['client-cert', '/me.pem'],
    ['timeout', '60.5'],
    ['proxy', 'http://proxy:3128'],
    ['only-binary', ':all:'],
    ['constraint', '/c.txt'],
    ['keyring-provider', 'subprocess'],
  ])

  it('hands on where packages come from, passwords not in the arguments', () => {
    const { places, flags, variables } = translatePipOptions(all, {}, false)
    expect(places).toEqual(['--find-links', '/wheels', '--find-links', 'file:///more%20wheels'])
    expect(flags).toEqual(['--only-binary', ':all:', '--constraint', '/c.txt'])
    expect(variables).toEqual({
      UV_DEFAULT_INDEX: 'https://user:pw@main/simple',
      UV_INDEX: 'https://one/simple https://two/simple',
      UV_INDEX_STRATEGY: 'unsafe-best-match',
      SSL_CERT_FILE: '/ca.pem',
      SSL_CLIENT_CERT: '/me.pem',
      UV_HTTP_TIMEOUT: '60',
      UV_KEYRING_PROVIDER: 'subprocess',
      ALL_PROXY: 'http://proxy:3128',
    })
  })

  it('leaves indexes alone where uv has its own, and variables that are set', () => {
    const env = { SSL_CERT_FILE: '/mine.pem', https_proxy: 'http://other', UV_HTTP_TIMEOUT: '5' }
    const { places, flags, variables } = translatePipOptions(all, env, true)
    expect(places).toEqual([])
    expect(flags).toEqual(['--only-binary', ':all:', '--constraint', '/c.txt'])
    expect(variables).toEqual({ SSL_CLIENT_CERT: '/me.pem', UV_KEYRING_PROVIDER: 'subprocess' })
  })

  it('knows the ways to say no index', () => {
    for (const on of ['1', 'true', 'Yes', 'on'])
      expect(translatePipOptions(new Map([['no-index', on]]), {}, false).places).toEqual(['--no-index'])
    for (const off of ['0', 'false', 'no', ''])
      expect(translatePipOptions(new Map([['no-index', off]]), {}, false).places).toEqual([])
  })
})

describe('uv’s own configuration', () => {
  it('is looked for where uv looks', () => {
    expect(uvConfigurationFiles({}, 'linux', '/home/é')).toEqual([
      '/home/é/.config/uv/uv.toml',
      '/etc/xdg/uv/uv.toml',
      '/etc/uv/uv.toml',
    ])
    expect(uvConfigurationFiles({ XDG_CONFIG_HOME: '/c' }, 'darwin', '/Users/x')[0]).toBe('/c/uv/uv.toml')
    expect(uvConfigurationFiles({ APPDATA: 'C:\\Users\\x\\AppData' }, 'win32', 'C:\\Users\\x')).toEqual([
      'C:\\Users\\x\\AppData\\uv\\uv.toml',
      'C:\\ProgramData\\uv\\uv.toml',
    ])
    expect(uvConfigurationFiles({ UV_NO_CONFIG: '1' }, 'linux', '/h')).toEqual([])
    expect(uvConfigurationFiles({ UV_CONFIG_FILE: '/mine.toml' }, 'linux', '/h')).toEqual(['/mine.toml'])
  })

  it('names indexes, or does not', async () => {
    expect(namesIndexes('[[index]]\nurl = "https://x"')).toBe(true)
    expect(namesIndexes('[pip]\nindex-url = "https://x"')).toBe(true)
    expect(namesIndexes('# index-url = "https://x"\nlink-mode = "copy"')).toBe(false)
    expect(await uvKnowsIndexes({ UV_INDEX: 'https://x' }, 'linux')).toBe(true)
    expect(await uvKnowsIndexes({ HOME: '/nowhere', UV_NO_CONFIG: '1' }, 'linux')).toBe(false)
  })
})

it('looks for uv in what UV names, on PATH, where its installers put it, and last among ours, on all three systems', () => {
  const linux = { PATH: '/a b:relative:/usr/bin:', UV: '/named/uv' }
  expect(uvCandidates(linux, 'linux', '/home/x', ['/root/tools/uv/0.9.2/bin/uv', '/usr/bin/uv'])).toEqual([
    { executable: '/named/uv', origin: 'variable' },
    { executable: '/a b/uv', origin: 'path' },
    { executable: '/usr/bin/uv', origin: 'path' },
    { executable: '/home/x/.local/bin/uv', origin: 'usual' },
    { executable: '/home/x/.cargo/bin/uv', origin: 'usual' },
    { executable: '/opt/homebrew/bin/uv', origin: 'usual' },
    { executable: '/usr/local/bin/uv', origin: 'usual' },
    { executable: '/root/tools/uv/0.9.2/bin/uv', origin: 'own' },
  ])
  const mac = uvCandidates({ PATH: '/usr/local/bin' }, 'darwin', '/Users/x', [])
  expect(mac).toContainEqual({ executable: '/opt/homebrew/bin/uv', origin: 'usual' })
  const own = ['D:\\é\\tools\\uv\\0.9.2\\bin\\uv.exe']
  expect(uvCandidates({ Path: 'C:\\Tools;.' }, 'win32', 'C:\\Users\\é', own)).toEqual([
    { executable: 'C:\\Tools\\uv.exe', origin: 'path' },
    { executable: 'C:\\Users\\é\\.local\\bin\\uv.exe', origin: 'usual' },
    { executable: 'C:\\Users\\é\\.cargo\\bin\\uv.exe', origin: 'usual' },
    { executable: own[0], origin: 'own' },
  ])
})

it('says of each uv that cannot be used why', () => {
  const unusable = [
    { path: '/a/uv', origin: 'path', version: '0.4.22' },
    { path: '/b/uv', origin: 'usual', version: null },
  ] as const
  expect(unusableUvs(unusable)).toBe('/a/uv is 0.4.22, and 0.4.23 is the oldest that will do; /b/uv does not start')
  expect(['0.4.22', '0.4.23', '0.10.0', 'x'].map(isUsableUv)).toEqual([false, true, true, false])
})
