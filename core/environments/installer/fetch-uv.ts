import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { describeExit } from '../../process/index.ts'
import type { ExitEvidence } from '../../process/index.ts'
import type { Room } from '../room.ts'
import { packagesFailed } from './failure.ts'
import { oldestUv } from './find-uv.ts'
import { localPlaces } from './local-places.ts'
import { hasRawProgress, pipEnvironment, pipFetch } from './pip.ts'
import type { Pip } from './pip.ts'
import { createPipReader } from './progress.ts'
import { silenceMs } from './silence.ts'
import { supervise } from './supervise.ts'
import { atLeast } from './versions.ts'

const title = 'Getting uv'
/** The first pip that knows the tags of the wheels of uv for Linux (`manylinux_2_17`, PEP 600). */
const oldestPip = [20, 3] as const

/**
 * The newest uv of the package index, as a wheel that pip unpacks into a folder. Index, proxy, certificates, hashes, the offline switch
 * and imported bundles hold as for any other package.
 * @param folder empty, for this alone; who works there is told by its name, so what is cut off is swept.
 * @throws PYTHON_MISSING, PACKAGES_FAILED with what to do, TIMEOUT, CANCELLED
 */
export async function fetchUv(room: Room, folder: string, context: JobContext): Promise<void> {
  context.progress({ fraction: null, title })
  const { options, isOffline } = await localPlaces(room)
  const pip = { ...(await somePip(room)), places: options }
  const reader = createPipReader(hasRawProgress(pip))
  const evidence = await supervise(pipFetch(pip, folder, `uv>=${oldestUv}`), {
    env: await pipEnvironment(room, pip.interpreter, context.signal),
    cwd: folder,
    signal: context.signal,
    silenceMs: silenceMs(room),
    patience: reader.patience,
    onLine(line) {
      const step = reader.read(line)
      if (!step) return
      // One file is all that is fetched, so its bytes tell how far this is.
      const fraction = step.bytesTotal && step.bytesDone !== undefined ? step.bytesDone / step.bytesTotal : null
      context.progress({ fraction, title, ...step })
    },
    onStarted: () => Promise.resolve(),
  })
  if (evidence.exitCode !== 0) throw fetchFailed(evidence, isOffline)
}

/** What pip's failure comes to, when uv is all that was asked for. */
export function fetchFailed(evidence: ExitEvidence, isOffline: boolean): AppError {
  const failure = packagesFailed(title, describeExit(evidence.exitCode, evidence.signal), evidence, isOffline)
  if (failure.details?.['cause'] !== 'no-match') return failure
  const bundle = 'a bundle that was made with it: `beep-host bundle create FILE uv` where there is a network'
  const hint = isOffline
    ? `The settings say offline, and no imported bundle has uv. Import ${bundle}; or go online: \`beep-host config set offline false\`.`
    : `Nobody who was asked has a uv for this machine that is new enough. Name an index that has one: \`beep-host config set packageIndex ADDRESS\`; or import ${bundle}.`
  return new AppError(failure.code, failure.message, { hint, details: failure.details })
}

/** The default Python's, else that of any other. */
async function somePip(room: Room): Promise<Pip> {
  const standard = await room.runtimes.default()
  const others = (await room.runtimes.list()).filter((one) => one.state === 'ready' && one.probe?.hasPip === true)
  for (const { executable } of [standard, ...others]) {
    const version = await room.tools.pipVersion(executable)
    if (version !== undefined && atLeast(version, ...oldestPip)) return { interpreter: executable, version }
  }
  throw new AppError('PACKAGES_FAILED', 'No Python on this machine has a pip to get uv with', {
    hint: 'Get a Python that brings one along: `beep-host init`. Or install your system’s package python3-pip.',
    details: { default: standard.executable, oldestPip: oldestPip.join('.') },
  })
}
