// Names and requirements that must not get anywhere, at every door that takes them: refused before anything is done.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isBackendError } from '../../../client/src/index.ts'
import type { PythonBackend } from '../../../client/src/index.ts'
import type { CommandName } from '../../../contract/index.ts'
import { connected, doors, startPool } from '../client/real-servers.ts'
import { run as beep } from '../../unit/cli/fake-io.ts'
import { realHost } from './host.ts'

const names = ['../x', 'a/b', 'CON', 'nul.txt', 'x'.repeat(300), '', '.', 'a\u0000b', '-r']
const requirements = [
  'numpy --index-url http://evil',
  'file:///etc/passwd',
  '../x',
  'numpy @ http://evil/x.whl',
  '-r requirements.txt',
  'x'.repeat(301),
  'evil.whl',
  '',
]

/** What became of a bad text at one door: a code, or `done`. */
type Attempt = (text: string) => Promise<string>
/** At one door: every way to hand over a name, and a requirement. */
type Attempts = Readonly<Record<string, readonly ['name' | 'requirement', Attempt]>>

function throughClient(backend: PythonBackend): Attempts {
  const outcome = (work: PromiseLike<unknown>) =>
    Promise.resolve(work).then(
      () => 'done',
      (error: unknown) => (isBackendError(error) ? error.code : String(error)),
    )
  return {
    ensure: ['name', (text) => outcome(backend.environments.ensure(text))],
    create: ['name', (text) => outcome(backend.environments.create(text))],
    install: ['requirement', (text) => outcome(backend.environments.install('mine', [text]))],
    'create with': ['requirement', (text) => outcome(backend.environments.create('other', { packages: [text] }))],
  }
}

function throughCode(backend: PythonBackend): Attempts {
  const asking = (line: string): Attempt => {
    const code = [
      'from beep_host import HostError, environments, profiles',
      'from Beep.Python.RuntimeEngine.Infrastructure import VenvManager',
      'try:',
      `    ${line}`,
      "    told = 'done'",
      'except HostError as error:',
      '    told = error.code',
      'told',
    ].join('\n')
    return (text) => backend.evaluate<string>(code, { text })
  }
  return {
    'module ensure': ['name', asking('environments.ensure(text)')],
    'module create': ['name', asking('environments.create(text)')],
    'module install': ['requirement', asking("environments.install('mine', text)")],
    EnsureProviderEnvironment: ['name', asking('VenvManager(...).EnsureProviderEnvironment(text, None)')],
    EnsureEngineEnvironment: ['name', asking('VenvManager(...).EnsureEngineEnvironment(text)')],
    CreateProviderVirtualEnvironment: ['name', asking('VenvManager(...).CreateProviderVirtualEnvironment(text)')],
    GetProviderPackageStatus: ['name', asking('VenvManager(...).GetProviderPackageStatus(text)')],
    InstallProviderPackagesInVenv: [
      'requirement',
      asking("VenvManager(...).InstallProviderPackagesInVenv('mine', [text])"),
    ],
  }
}

test('bad names and requirements are refused before anything is done, at every door', async () => {
  const { home, run, instance, core } = await realHost()
  await run('environments.create', { name: 'mine' })
  const before = (await run('jobs.list', {})).length
  const infrastructure = { scope: 'full', address: instance.address, token: instance.token } as const
  const [backends, own] = await Promise.all([
    Promise.all(doors.map(async ([door, start]) => [door, await connected(await start(infrastructure))] as const)),
    startPool(undefined, infrastructure).then(connected),
  ])
  const dispatched =
    (name: CommandName, params: (text: string) => object): Attempt =>
    async (text) => {
      const reply = await core.dispatch(name, params(text))
      return 'error' in reply ? reply.error.code : 'done'
    }
  const typed =
    (...words: readonly string[]): Attempt =>
    async (text) => {
      const argv = words.map((word) => (word === 'TEXT' ? text : word))
      return `exit ${(await beep(['--json', ...argv], { BEEP_HOME: home })).code}`
    }
  const control: Attempts = {
    'environments.ensure': ['name', dispatched('environments.ensure', (provider) => ({ provider }))],
    'environments.create': ['name', dispatched('environments.create', (name) => ({ name }))],
    'environments.clone': ['name', dispatched('environments.clone', (as) => ({ name: 'mine', as }))],
    'profiles.save': ['name', dispatched('profiles.save', (id) => ({ profile: { id, title: 'A' } }))],
    'profiles.save with': [
      'requirement',
      dispatched('profiles.save', (text) => ({ profile: { id: 'a', title: 'A', packages: [text] } })),
    ],
    'profiles.import': [
      'requirement',
      dispatched('profiles.import', (text) => ({
        text: JSON.stringify({ version: 1, profiles: [{ id: 'a', title: 'A', optional: [text] }] }),
      })),
    ],
    'packages.install': ['requirement', dispatched('packages.install', (text) => ({ name: 'mine', packages: [text] }))],
    'packages.upgrade': ['requirement', dispatched('packages.upgrade', (text) => ({ name: 'mine', packages: [text] }))],
    'packages.uninstall': [
      'requirement',
      dispatched('packages.uninstall', (text) => ({ name: 'mine', packages: [text] })),
    ],
    'packages.preview': [
      'requirement',
      dispatched('packages.preview', (text) => ({ name: 'mine', action: 'install', packages: [text] })),
    ],
    'bundles.create': [
      'requirement',
      dispatched('bundles.create', (text) => ({ path: path.join(home, 'x.bundle'), packages: [text] })),
    ],
  }
  const terminal: Attempts = {
    'venv create': ['name', typed('venv', 'create', 'TEXT')],
    'venv ensure': ['name', typed('venv', 'ensure', 'TEXT')],
    'profiles save': ['name', typed('profiles', 'save', 'TEXT')],
    'venv install': ['requirement', typed('venv', 'install', 'mine', 'TEXT')],
    'profiles save with': ['requirement', typed('profiles', 'save', 'a', '--optional', 'TEXT')],
  }
  const all: readonly (readonly [string, Attempts])[] = [
    ['control', control],
    ['terminal', terminal],
    ['code', throughCode(own)],
    ...backends.map(([door, backend]) => [door, throughClient(backend)] as const),
  ]
  const wrong: string[] = []
  await Promise.all(
    all.map(async ([door, attempts]) => {
      for (const [way, [kind, attempt]] of Object.entries(attempts)) {
        for (const text of kind === 'name' ? names : requirements) {
          const code = await attempt(text)
          if (!['INVALID_PARAMS', 'BAD_REQUEST', 'exit 2'].includes(code))
            wrong.push(`${door}: ${way} ${JSON.stringify(text.slice(0, 40))}: ${code}`)
        }
      }
    }),
  )
  expect(wrong).toEqual([])
  expect(await run('jobs.list', {})).toHaveLength(before)
  expect(readdirSync(path.join(home, 'environments')).filter((name) => !name.startsWith('.'))).toEqual(['mine'])
  expect((await run('profiles.list', {})).filter(({ isBuiltIn }) => !isBuiltIn)).toEqual([])
})
