import { z } from 'zod'
import { readFile } from 'node:fs/promises'
import type { JobContext } from '../../jobs/index.ts'
import { describeExit, run } from '../../process/index.ts'
import { normalizedName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { chooseInstaller } from './choose.ts'
import { shownPackages } from './change.ts'
import { packagesFailed } from './failure.ts'
import { withWrittenOrder } from './order.ts'
import type { Order } from './order.ts'
import { pipInstall } from './pip.ts'
import { silenceMs } from './silence.ts'
import type { Target } from './target.ts'
import { uvInstall } from './uv.ts'

/** What pip reports (pip's documentation, "Installation Report"). */
const reportSchema = z.object({
  install: z.array(z.object({ metadata: z.object({ name: z.string(), version: z.string() }) })),
})

/** pip 23 and older fetch whole files to see what is in them, and say little about it. */
const patience = 5

/**
 * Resolves an order without carrying it out.
 * @returns the versions that would come, by normalized name; what stays as it is has none.
 * @throws as `installPackages`
 */
export async function previewInstall(
  room: Room,
  target: Target,
  order: Order,
  context: JobContext,
): Promise<ReadonlyMap<string, string>> {
  const title = `Looking what ${order.isUpgrade ? 'an upgrade' : 'an installation'} of ${shownPackages(order.requirements)} would do`
  context.progress({ fraction: null, title })
  const installer = await chooseInstaller(room, target, context.signal, { mayChange: false })
  return withWrittenOrder(room, order, true, async (written) => {
    const argv =
      installer.kind === 'uv'
        ? uvInstall(installer.uv, target, installer.settings, written)
        : pipInstall(installer.pip, written)
    const coming = new Map<string, string>()
    const result = await run(argv, {
      env: installer.env,
      cwd: target.root,
      signal: context.signal,
      silenceMs: patience * silenceMs(room),
      onLine(line) {
        const step = installer.reader.read(line)
        if (step) context.progress({ fraction: null, title, ...step })
        const added = uvAddition(line)
        if (installer.kind === 'uv' && added) coming.set(...added)
      },
    })
    if (result.exitCode !== 0)
      throw packagesFailed(title, describeExit(result.exitCode, result.signal), result, installer.isOffline)
    if (installer.kind === 'uv') return coming
    const reported = parseReport(await readFile(written.reportFile ?? '', 'utf8').catch(() => ''))
    if (!reported) throw packagesFailed(title, 'left no report that could be read', result, installer.isOffline)
    return reported
  })
}

/** ` + numpy==2.1.0` of a uv that tells what it would do. */
export function uvAddition(line: string): [name: string, version: string] | undefined {
  const [, name, version] = /^ [+~] ([A-Za-z\d._-]+)==(\S+)/u.exec(line) ?? []
  return name === undefined || version === undefined ? undefined : [normalizedName(name), version]
}

export function parseReport(text: string): Map<string, string> | undefined {
  try {
    const { install } = reportSchema.parse(JSON.parse(text))
    return new Map(install.map(({ metadata }) => [normalizedName(metadata.name), metadata.version]))
  } catch {
    return undefined
  }
}
