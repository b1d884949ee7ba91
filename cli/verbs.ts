import { createBundle } from './commands/bundles/create.ts'
import { importBundle } from './commands/bundles/import.ts'
import { completion } from './commands/completion.ts'
import { createEnvironment } from './commands/environments/create.ts'
import { ensureAdmin } from './commands/environments/admin.ts'
import { ensureEnvironment } from './commands/environments/ensure.ts'
import { environmentStatus } from './commands/environments/status.ts'
import { installPackages } from './commands/environments/install.ts'
import { listEnvironments } from './commands/environments/list.ts'
import { removeEnvironment } from './commands/environments/remove.ts'
import { cloneEnvironment } from './commands/environments/clone.ts'
import { repairEnvironment } from './commands/environments/repair.ts'
import { restoreEnvironment } from './commands/environments/restore.ts'
import { trash } from './commands/environments/trash.ts'
import { diagnostics } from './commands/host/diagnostics.ts'
import { doctor } from './commands/host/doctor.ts'
import { hostGpu } from './commands/host/gpu.ts'
import { hostStatus } from './commands/host/status.ts'
import { serve } from './commands/host/serve.ts'
import { status } from './commands/host/overview.ts'
import { stopHost } from './commands/host/stop.ts'
import { getUv } from './commands/installer/get.ts'
import { removeUv } from './commands/installer/remove.ts'
import { showInstaller } from './commands/installer/show.ts'
import { cancelJob } from './commands/jobs/cancel.ts'
import { jobStatus } from './commands/jobs/status.ts'
import { retryJob } from './commands/jobs/retry.ts'
import { listJobs } from './commands/jobs/list.ts'
import { list } from './commands/list.ts'
import { showNetwork } from './commands/network/show.ts'
import { testNetwork } from './commands/network/test.ts'
import { exportPackages } from './commands/packages/export.ts'
import { importPackages } from './commands/packages/import.ts'
import { listPackages } from './commands/packages/list.ts'
import { outdatedPackages } from './commands/packages/outdated.ts'
import { previewPackages } from './commands/packages/preview.ts'
import { rollBack } from './commands/packages/rollback.ts'
import { takeSnapshot } from './commands/packages/snapshot.ts'
import { listSnapshots } from './commands/packages/snapshots.ts'
import { uninstallPackages } from './commands/packages/uninstall.ts'
import { upgradePackages } from './commands/packages/upgrade.ts'
import { exportProfiles } from './commands/profiles/export.ts'
import { importProfiles } from './commands/profiles/import.ts'
import { showProfile } from './commands/profiles/get.ts'
import { removeProfile } from './commands/profiles/remove.ts'
import { saveProfile } from './commands/profiles/save.ts'
import { listProfiles } from './commands/profiles/list.ts'
import { defaultRuntime } from './commands/runtimes/default.ts'
import { installRuntime } from './commands/runtimes/install.ts'
import { listCatalog } from './commands/runtimes/catalog.ts'
import { listRuntimes } from './commands/runtimes/list.ts'
import { removeRuntime } from './commands/runtimes/remove.ts'
import { endpoint } from './commands/servers/endpoint.ts'
import { serverEnvironment } from './commands/servers/environment.ts'
import { evaluate } from './commands/servers/eval.ts'
import { executeCode } from './commands/servers/exec.ts'
import { interruptServer } from './commands/servers/interrupt.ts'
import { listServers } from './commands/servers/list.ts'
import { logs } from './commands/servers/logs.ts'
import { serverMetrics } from './commands/servers/metrics.ts'
import { removeServer } from './commands/servers/remove.ts'
import { restartServer } from './commands/servers/restart.ts'
import { saveServer } from './commands/servers/save.ts'
import { serverUsage } from './commands/servers/usage.ts'
import { serverStatus } from './commands/servers/status.ts'
import { startServer } from './commands/servers/start.ts'
import { stopServer } from './commands/servers/stop.ts'
import { closeSession } from './commands/sessions/close.ts'
import { listHandles } from './commands/sessions/handles.ts'
import { listSessions } from './commands/sessions/list.ts'
import { openSession } from './commands/sessions/open.ts'
import { resetSession } from './commands/sessions/reset.ts'
import { exportSettings } from './commands/settings/export.ts'
import { getSetting } from './commands/settings/get.ts'
import { importSettings } from './commands/settings/import.ts'
import { resetSettings } from './commands/settings/reset.ts'
import { setSetting } from './commands/settings/set.ts'
import { showSettings } from './commands/settings/show.ts'
import { pruneCache } from './commands/storage/prune.ts'
import { storageUsage } from './commands/storage/usage.ts'
import type { Verb } from './verb.ts'

/**
 * Every verb, in the order of the help. Which commands of the contract they speak is written in each of them; a test
 * sees to it that none is left without a verb.
 */
export const verbs: readonly Verb[] = [
  installRuntime,
  startServer,
  evaluate,
  executeCode,
  interruptServer,
  endpoint,
  logs,
  serverMetrics,
  stopServer,
  status,
  list,
  doctor,
  diagnostics,
  hostGpu,
  storageUsage,
  pruneCache,
  showInstaller,
  getUv,
  removeUv,
  showSettings,
  getSetting,
  setSetting,
  resetSettings,
  exportSettings,
  importSettings,
  ensureAdmin,
  createEnvironment,
  ensureEnvironment,
  listEnvironments,
  environmentStatus,
  installPackages,
  uninstallPackages,
  outdatedPackages,
  upgradePackages,
  previewPackages,
  exportPackages,
  importPackages,
  listSnapshots,
  takeSnapshot,
  rollBack,
  cloneEnvironment,
  repairEnvironment,
  removeEnvironment,
  trash,
  restoreEnvironment,
  listPackages,
  listProfiles,
  showProfile,
  saveProfile,
  removeProfile,
  exportProfiles,
  importProfiles,
  listRuntimes,
  listCatalog,
  defaultRuntime,
  removeRuntime,
  createBundle,
  importBundle,
  showNetwork,
  testNetwork,
  listServers,
  serverStatus,
  serverUsage,
  serverEnvironment,
  saveServer,
  restartServer,
  removeServer,
  listSessions,
  openSession,
  resetSession,
  closeSession,
  listHandles,
  listJobs,
  jobStatus,
  cancelJob,
  retryJob,
  hostStatus,
  stopHost,
  serve,
  completion(() => verbs),
]
