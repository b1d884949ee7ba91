import type { CatalogEntry, Runtime } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { bytes, localTime } from '../text/units.ts'
import { problemFields } from './problem.ts'

export function runtimesTable(runtimes: readonly Runtime[]): string {
  if (runtimes.length === 0) return 'No Python was found; `beep-host init` gets one'
  return table(runtimes, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'version', cell: ({ version }) => version },
    { title: 'origin', cell: ({ origin }) => origin },
    { title: 'state', cell: ({ state, isDefault }) => (isDefault ? `${state}, default` : state) },
    { title: 'executable', cell: ({ executable }) => executable },
  ])
}

export function runtimeFields(runtime: Runtime): string {
  return fields([
    ['id', runtime.id],
    ['version', `${runtime.implementation} ${runtime.version}, ${runtime.architecture}`],
    ['origin', runtime.origin],
    ['state', runtime.isDefault ? `${runtime.state}, default` : runtime.state],
    ['executable', runtime.executable],
    ...(runtime.sizeBytes === undefined ? [] : [['size', bytes(runtime.sizeBytes)] as const]),
    ...(runtime.installedAt === undefined ? [] : [['installed', localTime(runtime.installedAt)] as const]),
    ...problemFields(runtime.problem),
  ])
}

export function catalogTable(entries: readonly CatalogEntry[]): string {
  if (entries.length === 0) return 'There is no Python to download for this machine'
  return table(entries, [
    { title: 'version', cell: ({ version }) => version },
    { title: 'installed', cell: ({ isInstalled }) => (isInstalled ? 'yes' : 'no') },
    { title: 'size', cell: ({ sizeBytes }) => (sizeBytes === null ? '' : bytes(sizeBytes)), align: 'right' },
    { title: 'platform', cell: ({ triple }) => triple },
    { title: 'file', cell: ({ file }) => file },
  ])
}
