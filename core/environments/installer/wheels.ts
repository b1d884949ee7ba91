import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { Runtime } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { describeExit } from '../../process/index.ts'
import type { Room } from '../room.ts'
import type { OtherMachine } from '../requests.ts'
import { shownPackages } from './change.ts'
import { packagesFailed } from './failure.ts'
import { localPlaces } from './local-places.ts'
import { withWrittenOrder } from './order.ts'
import { noWheel, pipFits, resolveFor } from './other-machine.ts'
import { hasRawProgress, pipDownload, pipEnvironment } from './pip.ts'
import { createPipReader } from './progress.ts'
import { silenceMs } from './silence.ts'
import { supervise } from './supervise.ts'
import { atLeast } from './versions.ts'

/**
 * Fetches the wheels of packages and of all that they need, for a Python and the machine that it runs on: pip of that very Python
 * decides what fits. For another machine, uv decides, and pip fetches just that. Nothing is built.
 * @throws PACKAGES_FAILED, UNSUPPORTED for another machine without uv, TIMEOUT, CANCELLED
 */
export async function fetchWheels(
  room: Room,
  requirements: readonly string[],
  { runtime, other }: { readonly runtime: Runtime; readonly other?: OtherMachine | undefined },
  folder: string,
  context: JobContext,
): Promise<void> {
  const version = await room.tools.pipVersion(runtime.executable)
  if (version === undefined || !atLeast(version, 22, 3)) {
    throw new AppError('PACKAGES_FAILED', `Python ${runtime.version} has no pip to fetch wheels with`, {
      hint: 'Choose another version: `beep-host runtimes catalog` lists those that bring a pip along.',
      details: { interpreter: runtime.executable, pip: version },
    })
  }
  const wanted = other === undefined ? requirements : await resolveFor(room, requirements, other, runtime, context)
  // By their markers, none of them may be for that machine.
  if (wanted.length === 0) return
  const fits = other === undefined ? [] : pipFits(other)
  const { options, isOffline } = await localPlaces(room)
  const pip = { interpreter: runtime.executable, version, places: options }
  const reader = createPipReader(hasRawProgress(pip))
  const title = `Fetching wheels of ${shownPackages(requirements)}`
  context.progress({ fraction: null, title })
  await withWrittenOrder(room, { requirements: wanted }, false, async (written) => {
    const evidence = await supervise(pipDownload(pip, written, folder, fits), {
      env: await pipEnvironment(room, runtime.executable, context.signal),
      cwd: path.dirname(folder),
      signal: context.signal,
      silenceMs: silenceMs(room),
      patience: reader.patience,
      onLine(line) {
        const step = reader.read(line)
        if (step) context.progress({ fraction: null, title, ...step })
      },
      // It writes into a folder of its own, which is swept when nobody works on it any more.
      onStarted: () => Promise.resolve(),
    })
    if (evidence.exitCode === 0) return
    const how = describeExit(evidence.exitCode, evidence.signal)
    throw (other && noWheel(other, evidence)) ?? packagesFailed(title, how, evidence, isOffline)
  })
}
