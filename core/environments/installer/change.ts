import type { JobContext } from '../../jobs/index.ts'
import { describeExit } from '../../process/index.ts'
import type { ExitEvidence } from '../../process/index.ts'
import { readPackages } from '../metadata/installed.ts'
import { normalizedName, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { chooseInstaller } from './choose.ts'
import type { Installer } from './choose.ts'
import { packagesFailed } from './failure.ts'
import { withWrittenOrder } from './order.ts'
import type { Order } from './order.ts'
import { pipInstall, pipUninstall } from './pip.ts'
import { shortList } from './progress.ts'
import { silenceMs } from './silence.ts'
import { supervise } from './supervise.ts'
import type { Target } from './target.ts'
import { uvInstall, uvUninstall } from './uv.ts'

/** Told the pid of an installer before it does anything. */
export type OnStarted = (pid: number) => Promise<void>

/**
 * Installs packages into an environment, all of them in one resolve, and sees that they are there afterwards.
 * @throws PACKAGES_FAILED with argv, exit code, last lines and a hint; TIMEOUT; CANCELLED
 */
export async function installPackages(
  room: Room,
  target: Target,
  order: Order,
  context: JobContext,
  onStarted: OnStarted,
): Promise<void> {
  const doing = order.isUpgrade ? 'Upgrading' : 'Installing'
  const title = `${doing} ${shownPackages(order.requirements)} ${order.isUpgrade ? 'in' : 'into'} ${target.name}`
  context.progress({ fraction: null, title })
  const installer = await chooseInstaller(room, target, context.signal, { mayChange: true })
  await withWrittenOrder(room, order, false, async (written) => {
    const argv =
      installer.kind === 'uv'
        ? uvInstall(installer.uv, target, installer.settings, written)
        : pipInstall(installer.pip, written)
    const evidence = await runInstaller(room, target, installer, argv, title, context, onStarted)
    // A pip told by its configuration to install elsewhere ends well and installs nothing here. With a marker, none may be needed.
    const there = await installedNames(room, target)
    const wanted = order.requirements.filter((text) => !text.includes(';')).map(requirementName)
    const missing = wanted.filter((name) => !there.has(name))
    if (missing.length > 0) throw packagesFailed(title, `left out ${missing.join(', ')}`, evidence, installer.isOffline)
  })
}

/**
 * Takes packages out of an environment, those and no others, and sees that they are gone.
 * @throws as `installPackages`
 */
export async function uninstallPackages(
  room: Room,
  target: Target,
  names: readonly string[],
  context: JobContext,
  onStarted: OnStarted,
): Promise<void> {
  const title = `Removing ${shownPackages(names)} from ${target.name}`
  context.progress({ fraction: null, title })
  const installer = await chooseInstaller(room, target, context.signal, { mayChange: true })
  const argv = installer.kind === 'uv' ? uvUninstall(installer.uv, target, names) : pipUninstall(installer.pip, names)
  const evidence = await runInstaller(room, target, installer, argv, title, context, onStarted)
  const there = await installedNames(room, target)
  const left = names.filter((name) => there.has(normalizedName(name)))
  if (left.length > 0)
    throw packagesFailed(title, `left ${left.join(', ')} where it was`, evidence, installer.isOffline)
}

/** One requirement as it was typed, several by their names. */
export function shownPackages(requirements: readonly string[]): string {
  if (requirements.length === 1) return requirements[0]!
  return shortList(requirements.map((text) => /^[A-Za-z0-9._-]+/u.exec(text)?.[0] ?? text))
}

async function runInstaller(
  room: Room,
  target: Target,
  installer: Installer,
  argv: readonly [string, ...string[]],
  title: string,
  context: JobContext,
  onStarted: OnStarted,
): Promise<ExitEvidence> {
  const evidence = await supervise(argv, {
    env: installer.env,
    // Not the host's own folder: a file there with a package's name must not be taken for the package.
    cwd: target.root,
    signal: context.signal,
    silenceMs: silenceMs(room),
    patience: installer.reader.patience,
    onLine(line) {
      const step = installer.reader.read(line)
      if (step) context.progress({ fraction: null, title, ...step })
    },
    onStarted,
  })
  if (evidence.exitCode !== 0)
    throw packagesFailed(title, describeExit(evidence.exitCode, evidence.signal), evidence, installer.isOffline)
  return evidence
}

async function installedNames(room: Room, target: Target): Promise<ReadonlySet<string>> {
  const packages = await readPackages(await sitePackages(target.root, room.platform))
  return new Set(packages.map((one) => normalizedName(one.name)))
}
