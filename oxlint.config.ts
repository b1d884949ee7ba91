import { defineConfig } from 'oxlint'
import type { OxlintConfig } from 'oxlint'
import { coreOrder, neighbours, packages, sideDoors } from './tests/architecture/arrows.ts'

type Override = NonNullable<OxlintConfig['overrides']>[number]
type Pattern = { readonly message: string } & ({ readonly regex: string } | { readonly group: string[] })

// The arrows of docs/architecture.md, while one types. tests/architecture checks them again, and more exactly: the linter's
// patterns know neither the folder of the file nor look-around.
const rooms = coreOrder.filter((name) => !name.endsWith('.ts')).map((name) => name.slice('core/'.length))
/** Any file but index.ts. */
const notIndex = '([^i]|i[^n]|in[^d]|ind[^e]|inde[^x]|index[^.]|.+/)'

function never(regex: string, message: string): Pattern {
  return { regex, message }
}

/** Of all packages these only; relative imports are another pattern's business. The last one: what it lets through, it lets through. */
function only(names: readonly string[], message: string): Pattern {
  return { group: ['**', '!./**', '!../**', ...names.flatMap((name) => [`!${name}`, `!${name}/**`])], message }
}

const node = ['node:*', 'node:*/*']
const packagesOf = (room: string, ...more: readonly string[]) =>
  only([...node, ...more, ...(packages[room] ?? [])], 'No such package here (docs/dependencies.md)')

const processes = never('^(node:)?child_process$', 'Processes are started through core/process only')
const contractDoor = never(`^(\\.\\./)+contract/${notIndex}`, 'contract is entered through contract/index.ts')
const clientDoor = never(
  '^(\\.\\./)+client/([^s]|src/([^chi]|c[^o]|co[^n]|h[^o]|i[^n]|in[^d]|.+/))',
  'client is entered through client/src/index.ts, control.ts or home.ts',
)
const clientAlone = never(
  '^(\\.\\./)+(contract|core|cli|tests|bin)/',
  'client stands alone: an app takes it without the rest',
)
const notUpFromCore = never('^(\\.\\./)+(cli|client|electron|renderer|tests|bin)/', 'No arrow leaves core')
const notUpButClient = never('^(\\.\\./)+(cli|electron|renderer|tests|bin)/', 'No arrow leaves core but the side door')
const notCore = never('^(\\.\\./)+core/', 'cli imports core in cli/headless.ts only')
const coreDoor = never(`^(\\.\\./)+core/${notIndex}`, 'core is entered through core/index.ts')
const notWindow = never('^(\\.\\./)+(electron|renderer|tests|bin)/', 'cli does not know that room')
const cliPackages = packagesOf('cli')

function zone(files: string[], ...patterns: Pattern[]): Override {
  return { files, rules: { 'eslint/no-restricted-imports': ['error', { patterns }] } }
}

function coreRoom(room: string, files = [`core/${room}/**/*.ts`], upwards = notUpFromCore): Override {
  const name = `core/${room}`
  const above = coreOrder.slice(coreOrder.findIndex((one) => one === name) + 1).filter((one) => one !== 'core/index.ts')
  const beside = neighbours.filter((one) => neighbours.includes(name) && one !== name && name !== 'core/jobs')
  const barred = [...new Set([...above, ...beside])].map((one) => one.slice('core/'.length).replace('.', '\\.'))
  return zone(
    files,
    never(
      `^(\\.\\./)+(${barred.join('|')})(/|$)`,
      'It stands above this room, or beside it (tests/architecture/arrows.ts)',
    ),
    never(`^(\\.\\./)+(${rooms.join('|')})/${notIndex}`, 'A room is entered through its index.ts'),
    contractDoor,
    upwards,
    ...(['platform', 'process'].includes(room) ? [] : [processes]),
    packagesOf(name, 'zod'),
  )
}

function windowPart(files: string[], ...more: Pattern[]): Override {
  return zone(
    files,
    ...more,
    contractDoor,
    never('^(\\.\\./)+(core|cli|client|electron|tests|bin)/', 'renderer knows the contract only'),
    only(packages['renderer'] ?? [], 'No such package in the window (tests/architecture/arrows.ts)'),
  )
}

function sideDoorsOf(house: string): string[] {
  return Object.keys(sideDoors).filter((file) => file.startsWith(house))
}

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.cache', 'coverage', 'python', '_generated'],
  options: { reportUnusedDisableDirectives: 'error' },
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'import/no-default-export': 'error',
    'eslint/eqeqeq': 'error',
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    // 400 fails: .oxlintrc.limit.json, a run of its own, since one rule has one limit.
    'eslint/max-lines': ['warn', { max: 250, skipBlankLines: false, skipComments: false }],
    // Taste, or wrong here: a name may end in an underscore; a function may stand where it is used; a list of one's own may be sorted in place; a Worker has no
    // target origin; a condition may change in a callback.
    'eslint/no-underscore-dangle': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'eslint/no-unmodified-loop-condition': 'off',
  },
  overrides: [
    zone(
      ['contract/**/*.ts'],
      never('^(\\.\\./)+(core|cli|client|tests|bin)/', 'contract stands alone'),
      only(['zod'], 'contract imports zod only'),
    ),
    zone(['client/src/**/*.ts'], clientAlone, processes, only(node, 'client imports node:* only')),
    // Who does not use gRPC need not have its package.
    zone(['client/src/rpc.ts', 'client/src/rpc/**/*.ts'], clientAlone, processes, packagesOf('client')),
    zone(['cli/**/*.ts'], contractDoor, notWindow, clientDoor, notCore, processes, cliPackages),
    zone(['cli/headless.ts'], contractDoor, notWindow, clientDoor, coreDoor, processes, cliPackages),
    zone(['cli/wake.ts'], contractDoor, notWindow, clientDoor, notCore, cliPackages),
    zone(sideDoorsOf('cli/'), contractDoor, notWindow, notCore, processes, cliPackages),
    zone(
      ['bin/**'],
      never('^(\\.\\./)+([^c]|c[^l])', 'bin starts cli and nothing else'),
      only(node, 'bin imports node:* only'),
    ),
    zone(
      ['core/*.ts'],
      never(`^\\./(${rooms.join('|')})/${notIndex}`, 'A room is entered through its index.ts'),
      contractDoor,
      notUpFromCore,
      processes,
      packagesOf('core', 'zod'),
    ),
    ...rooms.map((room) => coreRoom(room)),
    ...sideDoorsOf('core/').map((file) => coreRoom(file.split('/')[1] ?? '', [file], notUpButClient)),
    zone(
      ['electron/**/*.ts'],
      contractDoor,
      coreDoor,
      never('^(\\.\\./)+(cli|client|renderer|tests|bin)/', 'electron knows contract and core only'),
      processes,
      packagesOf('electron'),
    ),
    zone(
      ['electron/other-host.ts'],
      contractDoor,
      coreDoor,
      clientDoor,
      never('^(\\.\\./)+(cli|renderer|tests|bin)/', 'electron knows contract, core and the client of another host'),
      processes,
      packagesOf('electron'),
    ),
    windowPart(['renderer/**/*.{ts,tsx}']),
    windowPart(
      ['renderer/ui/**/*.{ts,tsx}'],
      never('^(\\.\\./)+(stores|features)/|/bridge(-\\w+)*\\.ts$', 'what stands in ui is looks only'),
    ),
    windowPart(
      ['renderer/lib/**/*.ts'],
      never('^(\\.\\./)+(stores|features|ui)/|/bridge(-\\w+)*\\.ts$', 'what stands in lib is pure'),
    ),
    windowPart(['renderer/stores/**/*.ts'], never('^(\\.\\./)+(features|ui)/', 'a store knows no screen')),
    {
      files: ['tests/**/*.ts'],
      plugins: ['typescript', 'unicorn', 'oxc', 'import', 'vitest'],
      rules: { 'vitest/no-focused-tests': 'error', 'eslint/no-control-regex': 'off' },
    },
    // A style sheet is imported for what it does.
    { files: ['renderer/**/*.tsx'], rules: { 'import/no-unassigned-import': ['error', { allow: ['**/*.css'] }] } },
    { files: ['**/*.config.ts'], rules: { 'import/no-default-export': 'off', 'eslint/no-restricted-imports': 'off' } },
  ],
})
