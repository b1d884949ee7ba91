import path from 'node:path'

/**
 * The rooms of core and its files on top, from the bottom up: each may import what stands before it, and never what stands
 * after. The linter takes the order from here (oxlint.config.ts), since it speaks while one types.
 */
export const coreOrder = [
  'core/version.ts',
  'core/shipped.ts',
  'core/dispatch.ts',
  'core/platform',
  'core/process',
  'core/storage',
  'core/events',
  'core/jobs',
  'core/gpu',
  'core/network',
  'core/runtimes',
  'core/environments',
  'core/bundles',
  'core/servers',
  'core/desktop',
  'core/rooms.ts',
  'core/doctor',
  'core/disk',
  'core/diagnostics',
  'core/control',
  'core/browser',
  'core/start-job.ts',
  'core/environment-handlers.ts',
  'core/profile-handlers.ts',
  'core/settings-handlers.ts',
  'core/handlers.ts',
  'core/engine-place.ts',
  'core/create-core.ts',
  'core/host.ts',
  'core/index.ts',
] as const

/** Neighbours: none of them may import another one, in whatever order they stand above. The exception: a job tells what it does. */
export const neighbours: readonly string[] = ['core/storage', 'core/events', 'core/jobs']

/** Packages that a room may import, beside Node's own modules and zod. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  'core/process': ['execa'],
  'core/runtimes': ['tar'],
  'core/bundles': ['tar'],
  'core/browser': ['sirv', 'ws'],
  cli: ['commander'],
  // In client/src/rpc.ts and client/src/rpc only: an app that does not use gRPC need not have it.
  client: ['@grpc/grpc-js'],
  electron: ['electron'],
  renderer: [
    '@codemirror/lang-python',
    '@codemirror/language',
    '@codemirror/state',
    '@codemirror/view',
    '@lezer/highlight',
    '@mantine/charts',
    '@mantine/core',
    '@mantine/hooks',
    '@mantine/notifications',
    '@mantine/spotlight',
    '@tabler/icons-react',
    '@tanstack/react-virtual',
    '@uiw/react-codemirror',
    'i18next',
    'react',
    'react-dom',
    'recharts',
    'zod',
    'zustand',
  ],
}

/** Who may start processes. `cli/wake.ts` starts the host, which must outlive it; `bin` starts a Node that is new enough. */
const startsProcesses = /^(core\/(platform|process)\/|cli\/wake\.ts$|bin\/)/u

/** The doors of a room: what others may import of it. */
const doors: Readonly<Record<string, readonly string[]>> = {
  contract: ['contract/index.ts'],
  // The two that its package exports, and the rule for the data root, which no short command should load a client for.
  client: ['client/src/index.ts', 'client/src/control.ts', 'client/src/home.ts'],
  core: ['core/index.ts'],
}

/** Who goes round a door, and why that is better than a wider door. */
export const sideDoors: Readonly<Record<string, RegExp>> = {
  // Shows a value in its wire form, for which no app that imports the client has a use: so it speaks through bare transports.
  'cli/server-eval.ts':
    /^client\/src\/(errors|transport|find\/locate|values\/(inline-attachments|json)|(http|pipe|rpc)\/transport)\.ts$/u,
  // The host asks pools itself, and one program should hold one reader of frames, not two.
  'core/servers/pool/pool-link.ts':
    /^client\/src\/(errors|transport|values\/(inline-attachments|json)|pipe\/transport)\.ts$/u,
}

/** How something is built is no part of it. */
export function isConfig(file: string): boolean {
  return file.endsWith('.config.ts')
}

/** The room that a file belongs to; undefined for what is no part of the product (tests, tools, examples). */
export function roomOf(file: string): string | undefined {
  const [top = '', second = '', ...rest] = file.split('/')
  if (top === 'core') return rest.length === 0 ? file : `core/${second}`
  if (isConfig(file)) return undefined
  return ['contract', 'client', 'cli', 'bin', 'electron', 'renderer'].includes(top) ? top : undefined
}

/** Why a file may not have an import, or undefined if it may. */
export function importProblem(file: string, specifier: string): string | undefined {
  const room = roomOf(file)
  if (room === undefined) return undefined
  if (!specifier.startsWith('.')) return packageProblem(file, room, specifier)
  const target = path.posix.join(path.posix.dirname(file), specifier)
  if (target.startsWith('..')) return 'it lies outside of the repository'
  const targetRoom = roomOf(target)
  if (targetRoom === room) return room === 'renderer' ? screenProblem(file, target) : undefined
  // Data, wherever it lies.
  if (/\.(json|proto\?raw)$/u.test(target)) return undefined
  if (targetRoom === undefined) return 'the product imports nothing from there'
  const isSideDoor = sideDoors[file]?.test(target) === true
  // Core alone has no way at all into the client but its side door.
  if (isSideDoor && targetRoom === 'client') return undefined
  return arrowProblem(file, room, targetRoom) ?? doorProblem(target, room, targetRoom)
}

function packageProblem(file: string, room: string, specifier: string): string | undefined {
  if (/^(node:)?child_process$/u.test(specifier)) {
    return startsProcesses.test(file) ? undefined : 'processes are started through core/process only'
  }
  if (room === 'contract') return specifier === 'zod' ? undefined : 'contract imports zod only'
  if (specifier.startsWith('node:')) return room === 'renderer' ? 'there is no Node in a window' : undefined
  if (room === 'bin' || (room === 'client' && !/^client\/src\/rpc(\.ts$|\/)/u.test(file))) {
    return `${room} imports node:* only`
  }
  const allowed = [...(room.startsWith('core/') ? ['zod'] : []), ...(packages[room] ?? [])]
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return allowed.includes(name) ? undefined : `${room} imports no package ${name}`
}

function arrowProblem(file: string, room: string, target: string): string | undefined {
  const from = room.startsWith('core/') ? 'core' : room
  const to = target.startsWith('core/') ? 'core' : target
  switch (from) {
    case 'contract':
    case 'client':
      return `${from} stands alone`
    case 'bin':
      return to === 'cli' ? undefined : 'bin starts cli and nothing else'
    case 'cli':
      if (to === 'core' && file !== 'cli/headless.ts') return 'cli imports core in cli/headless.ts only'
      return ['contract', 'client', 'core'].includes(to) ? undefined : `cli does not know ${to}`
    case 'electron':
      if (to === 'client' && file === 'electron/other-host.ts') return undefined
      return ['contract', 'core'].includes(to) ? undefined : `electron does not know ${to}`
    case 'renderer':
      return to === 'contract' ? undefined : 'renderer knows the contract only'
    default:
      if (to === 'contract') return undefined
      return to === 'core' ? coreProblem(room, target) : `core does not know ${to}`
  }
}

/** Within the window: a screen knows no other screen, and what only looks good knows no state. */
function screenProblem(file: string, target: string): string | undefined {
  const part = (name: string) => /^renderer\/(features\/[^/]+|[^/]+)\//u.exec(name)?.[1] ?? ''
  const [from, to] = [part(file), part(target)]
  if (from === to) return undefined
  if (from.startsWith('features/') && to.startsWith('features/')) return 'a screen knows no other screen'
  const isState = to === 'stores' || to.startsWith('features/') || /^renderer\/bridge[\w-]*\.ts$/u.test(target)
  if (from === 'ui' && isState) return 'what stands in ui is looks only'
  if (from === 'lib' && (isState || to === 'ui')) return 'what stands in lib is pure'
  return from === 'stores' && (to === 'ui' || to.startsWith('features/')) ? 'a store knows no screen' : undefined
}

function coreProblem(room: string, target: string): string | undefined {
  const rank = (name: string) => coreOrder.indexOf(name as (typeof coreOrder)[number])
  for (const name of [room, target])
    if (rank(name) === -1) return `${name} has no place in the order of core yet (arrows.ts)`
  if (neighbours.includes(room) && neighbours.includes(target)) {
    return room === 'core/jobs' && target === 'core/events' ? undefined : `${room} and ${target} are neighbours`
  }
  return rank(target) < rank(room) ? undefined : `${target} stands above ${room}`
}

function doorProblem(target: string, room: string, targetRoom: string): string | undefined {
  if (targetRoom.startsWith('core/') && room.startsWith('core/')) {
    // A file on top of core is its own door.
    return target === targetRoom || target === `${targetRoom}/index.ts`
      ? undefined
      : `${targetRoom} is entered through ${targetRoom}/index.ts`
  }
  const house = targetRoom.startsWith('core/') ? 'core' : targetRoom
  const open = doors[house]
  return open === undefined || open.includes(target) ? undefined : `${house} is entered through ${open.join(' or ')}`
}
