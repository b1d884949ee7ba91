import { adminEnvironmentName } from '../../contract/index.ts'
import { ensureAdmin } from './admin.ts'
import { clone } from './clone.ts'
import { create, ensure } from './create.ts'
import type { EnvironmentsDeps } from './deps.ts'
import { requireUv } from './installer/index.ts'
import { packageIndexes } from './installer/indexes.ts'
import { createTools } from './installer/tools.ts'
import { leftovers, sweep } from './leftovers.ts'
import { get, list } from './list.ts'
import { readPackages } from './metadata/installed.ts'
import { install } from './packages/install.ts'
import { outdated, preview } from './packages/look.ts'
import { exportPackages, importPackages, lockPackages } from './packages/transfer.ts'
import { uninstall } from './packages/uninstall.ts'
import { upgrade } from './packages/upgrade.ts'
import { createProfiles } from './profiles/index.ts'
import { ensureProvider, findEnsured } from './providers/ensure.ts'
import { remove } from './remove.ts'
import { repair } from './repair.ts'
import type { Room } from './room.ts'
import { sitePackages } from './site-packages.ts'
import { createSizes } from './sizes.ts'
import { recoverAll } from './snapshots/recover.ts'
import { listSnapshots, removeSnapshot, rollback, snapshot } from './snapshots/verbs.ts'
import { sweepTrash, watchTrash } from './trash/sweep.ts'
import { emptyTrash, listTrash, restore, trashed } from './trash/trash.ts'
import type { Environments } from './types.ts'
import { installUv } from './uv/install.ts'
import { removeUv } from './uv/remove.ts'
import { showInstaller } from './uv/show.ts'
import { fetchAllWheels } from './wheels.ts'

export { providerEnvironmentName } from './providers/name.ts'
export { snapshotsFolder } from './snapshots/entries.ts'
export { refuseWhileUsed } from './uv/in-use.ts'
export type { EnvironmentsDeps } from './deps.ts'
export type { Leftover } from './leftovers.ts'
export type * from './requests.ts'
export type * from './types.ts'

export function createEnvironments(deps: EnvironmentsDeps): Environments {
  const platform = process.platform
  const room: Room = { ...deps, platform, tools: createTools(deps, platform), sizes: createSizes() }
  return {
    list: () => list(room),
    get: (name) => get(room, name),
    profiles: createProfiles(room),
    create: (params, context) => create(room, params, context),
    ensure: (name, context) =>
      name === adminEnvironmentName ? ensureAdmin(room, context) : ensure(room, name, context),
    ensureProvider: (params, context) => ensureProvider(room, params, context),
    findEnsured: (params) => findEnsured(room, params),
    ensureAdmin: (context) => ensureAdmin(room, context),
    clone: (params, context) => clone(room, params, context),
    repair: (name, context) => repair(room, name, context),
    remove: (params, context) => remove(room, params, context),
    trash: () => listTrash(room),
    trashed: (id) => trashed(room, id),
    restore: (id, context) => restore(room, id, context),
    emptyTrash: (context) => emptyTrash(room, context),
    watchTrash: (watch) => watchTrash(room, watch),
    packages: async (name) => readPackages(await sitePackages((await get(room, name)).root, platform)),
    install: (params, context) => install(room, params, context),
    upgrade: (params, context) => upgrade(room, params, context),
    uninstall: (params, context) => uninstall(room, params, context),
    outdated: (name, context) => outdated(room, name, context),
    preview: (params, context) => preview(room, params, context),
    exportPackages: (name) => exportPackages(room, name),
    lockPackages: (name, context) => lockPackages(room, name, context),
    importPackages: (params, context) => importPackages(room, params, context),
    fetchWheels: (request, context) => fetchAllWheels(room, request, context),
    requireOther: async (triple) => void (await requireUv(room, triple)),
    snapshots: (name) => listSnapshots(room, name),
    snapshot: (params, context) => snapshot(room, params, context),
    rollback: (params, context) => rollback(room, params, context),
    removeSnapshot: (params, context) => removeSnapshot(room, params, context),
    installer: () => showInstaller(room),
    installUv: (context) => installUv(room, context),
    removeUv: (context) => removeUv(room, context),
    indexes: () => packageIndexes(room),
    leftovers: () => leftovers(room.layout),
    sweep: async () => {
      await sweepTrash(room)
      return sweep(room)
    },
    recover: () => recoverAll(room),
  }
}
