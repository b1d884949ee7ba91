import { access, constants } from 'node:fs/promises'
import { shownBytes } from '../../contract/index.ts'
import type { Rooms } from '../rooms.ts'
import { addressContext, localAddress } from '../platform/index.ts'
import { freeBytes } from '../storage/index.ts'
import type { Finding } from './finding.ts'
import { installerFinding } from './installer-finding.ts'

/** One named question about this installation. It may throw: that is the outcome `unknown`, never `ok`. */
export interface CheckSpec {
  readonly id: string
  readonly title: string
  readonly look: (rooms: Rooms) => Promise<Finding>
}

/** Below this an environment with numpy and a runtime no longer fit together. */
const lowSpaceBytes = 1_500_000_000

export const checks: readonly CheckSpec[] = [
  {
    id: 'data-root',
    title: 'The data root can be written',
    look: async ({ layout }) => {
      await access(layout.home, constants.R_OK | constants.W_OK | constants.X_OK)
      return { outcome: 'ok', detail: layout.home }
    },
  },
  {
    id: 'free-space',
    title: 'There is room for a Python and an environment',
    look: async ({ layout }) => {
      const free = await freeBytes(layout.home)
      const detail = `${shownBytes(free)} free`
      return free >= lowSpaceBytes
        ? { outcome: 'ok', detail }
        : { outcome: 'warning', detail, hint: 'Free some space before installing.' }
    },
  },
  {
    id: 'settings',
    title: 'The settings can be read',
    look: async ({ settings }) => {
      await settings.get()
      const problem = settings.problem()
      return problem
        ? { outcome: 'problem', detail: problem.message, ...(problem.hint ? { hint: problem.hint } : {}) }
        : { outcome: 'ok', detail: 'settings.json' }
    },
  },
  {
    id: 'default-runtime',
    title: 'There is a Python to stand on',
    look: async ({ runtimes }) => {
      const runtime = await runtimes.default().catch(() => undefined)
      if (!runtime)
        return { outcome: 'problem', detail: 'None is chosen, and none was found', hint: 'Run `beep-host init`.' }
      return { outcome: 'ok', detail: `Python ${runtime.version}, ${runtime.executable}` }
    },
  },
  {
    id: 'broken-runtimes',
    title: 'Every Python found can be used',
    look: async ({ runtimes }) => {
      const broken = (await runtimes.list()).filter((runtime) => runtime.state === 'broken')
      if (broken.length === 0) return { outcome: 'ok', detail: 'All of them' }
      const detail = broken.map((runtime) => runtime.problem?.message ?? `${runtime.executable} is broken`).join('; ')
      return { outcome: 'warning', detail, hint: 'They are left alone, and not used.' }
    },
  },
  {
    id: 'admin-environment',
    title: 'The admin environment, for http and rpc servers',
    look: async ({ environments }) => {
      const admin = await environments.get('admin').catch(() => undefined)
      if (!admin)
        return {
          outcome: 'ok',
          detail: 'Not made yet: the first http or rpc server makes it',
        }
      if (admin.state === 'ready') return { outcome: 'ok', detail: admin.root }
      return {
        outcome: 'problem',
        detail: admin.problem?.message ?? 'It is broken',
        hint: 'Run `beep-host venv admin`, which repairs it.',
      }
    },
  },
  {
    id: 'installer',
    title: 'There is something to install packages with',
    look: async ({ environments }) => installerFinding(await environments.installer()),
  },
  {
    id: 'gpu',
    title: 'Which GPU back end packages are chosen for',
    look: async ({ gpu }) => {
      const { backend, version, devices, isForced } = await gpu.report()
      const what = [backend, version, devices.length > 0 ? `(${devices.join(', ')})` : undefined]
        .filter(Boolean)
        .join(' ')
      return { outcome: 'ok', detail: isForced ? `${what}, by the settings` : what }
    },
  },
  {
    id: 'profiles',
    title: 'Every profile can be used',
    look: async ({ environments }) => {
      const broken = (await environments.profiles.list()).filter(({ problem }) => problem)
      if (broken.length === 0) return { outcome: 'ok', detail: 'All of them' }
      const detail = broken.map(({ id, problem }) => `${id}: ${problem?.message ?? ''}`).join('; ')
      return { outcome: 'problem', detail, hint: 'Change or delete them.' }
    },
  },
  {
    id: 'environments',
    title: 'Every environment is sound',
    look: async ({ environments }) => {
      const broken = (await environments.list()).filter((environment) => environment.state === 'broken')
      if (broken.length === 0) return { outcome: 'ok', detail: 'All of them' }
      return {
        outcome: 'problem',
        detail: broken
          .map((environment) => `${environment.name}: ${environment.problem?.message ?? 'broken'}`)
          .join('; '),
        hint: 'Run `beep-host venv repair NAME` for each of them.',
      }
    },
  },
  {
    id: 'leftovers',
    title: 'Nothing lies among the environments that is none',
    look: async ({ environments }) => {
      const left = (await environments.leftovers()).filter(({ state }) => state !== 'busy')
      if (left.length === 0) return { outcome: 'ok', detail: 'Nothing does' }
      return {
        outcome: 'warning',
        detail: left.map(({ name, state }) => `${name} (${state})`).join('; '),
        hint: 'What is unfinished is cleared away at the next start; what is foreign is never touched.',
      }
    },
  },
  {
    id: 'servers',
    title: 'No server has failed',
    look: async ({ servers }) => {
      const failed = (await servers.list()).filter((server) => server.state === 'failed')
      if (failed.length === 0) return { outcome: 'ok', detail: 'None' }
      return {
        outcome: 'problem',
        detail: failed.map((server) => `${server.name}: ${server.error?.message ?? 'failed'}`).join('; '),
        hint: 'See `beep-host logs NAME`.',
      }
    },
  },
  {
    id: 'server-files',
    title: 'Every saved server can be read',
    look: async ({ servers }) => {
      await servers.list()
      const problems = servers.problems()
      if (problems.length === 0) return { outcome: 'ok', detail: 'All of them' }
      return { outcome: 'problem', detail: problems.map((problem) => problem.message).join('; ') }
    },
  },
  {
    id: 'socket-path',
    title: 'Local sockets have a place',
    look: async ({ layout }) => {
      const { address, folder } = localAddress(layout, 'control', addressContext())
      const inRoot = folder === undefined || folder === layout.run
      return { outcome: 'ok', detail: inRoot ? address : `${address} (the data root's path is too long for a socket)` }
    },
  },
]
