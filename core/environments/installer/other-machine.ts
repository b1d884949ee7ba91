import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { Runtime, Settings } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Triple } from '../../platform/index.ts'
import { describeExit, run } from '../../process/index.ts'
import type { ExitEvidence } from '../../process/index.ts'
import { checkedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import type { OtherMachine } from '../requests.ts'
import { chooseInstaller } from './choose.ts'
import { packagesFailed, shownEvidence } from './failure.ts'
import { hintFor } from './hints.ts'
import { withScratch } from './order.ts'
import { silenceMs } from './silence.ts'
import type { Uv } from './find-uv.ts'
import { uvResolve } from './uv.ts'
import { oldestMacOS, wheelPlatform } from './wheel-platform.ts'

/** An index that tells no metadata makes uv fetch whole wheels for them, without a word. */
const patience = 5

/**
 * uv, without which nothing here can choose packages for another kind of machine: pip takes markers such as
 * `sys_platform == "win32"` for those of the machine that it runs on.
 * @throws UNSUPPORTED
 */
export async function requireUv(room: Room, triple: Triple): Promise<Uv> {
  const [uv, { installer }] = await Promise.all([room.tools.findUv(), room.settings.get()])
  if (uv === undefined) throw noUv(triple, installer)
  return uv
}

export function noUv(triple: Triple, installer: Settings['installer']): AppError {
  const isRuledOut = installer === 'pip'
  const why = isRuledOut ? 'the settings say pip' : 'no usable uv was found'
  const way = isRuledOut
    ? 'Let it be used: `beep-host config set installer auto`'
    : 'Get one: `beep-host installer get`, or in Settings'
  return new AppError('UNSUPPORTED', `Packages for ${triple} are chosen with uv, and ${why}`, {
    hint: `${way}; or make the bundle on a machine of that kind.`,
    details: { triple, installer },
  })
}

/**
 * The very versions that requirements and all that they need come to on another machine, as requirements.
 * @throws UNSUPPORTED, PACKAGES_FAILED naming what has no wheel for it, TIMEOUT, CANCELLED
 */
export async function resolveFor(
  room: Room,
  requirements: readonly string[],
  other: OtherMachine,
  runtime: Runtime,
  context: JobContext,
): Promise<readonly string[]> {
  await requireUv(room, other.triple)
  const title = `Choosing packages for ${other.triple}`
  context.progress({ fraction: null, title })
  return withScratch(room, async (folder) => {
    const { executable } = runtime
    const target = { name: other.triple, root: folder, executable, base: executable, compile: false }
    const installer = await chooseInstaller(room, target, context.signal, { mayChange: false })
    if (installer.kind !== 'uv') throw noUv(other.triple, (await room.settings.get()).installer)
    const file = path.join(folder, 'requirements.txt')
    await writeFile(file, `${checkedRequirements(requirements).join('\n')}\n`)
    const result = await run(uvResolve(installer.uv, target, installer.settings, other, file), {
      env: { ...installer.env, MACOSX_DEPLOYMENT_TARGET: oldestMacOS },
      cwd: folder,
      signal: context.signal,
      silenceMs: patience * silenceMs(room),
    })
    if (result.exitCode === 0) return pinsIn(result.stdout)
    const how = describeExit(result.exitCode, result.signal)
    throw noWheel(other, result) ?? packagesFailed(title, how, result, installer.isOffline)
  })
}

/** What `uv pip compile` writes: a requirements file with one version of each. */
export function pinsIn(text: string): readonly string[] {
  return text.split(/\r?\n/u).flatMap((line) => {
    const [, name, version] = /^([A-Za-z\d][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)/u.exec(line) ?? []
    return name === undefined || version === undefined ? [] : [`${name}==${version}`]
  })
}

/** Options with which pip takes what is for another machine; what that needs is in the list already. */
export function pipFits({ triple, python }: OtherMachine): readonly string[] {
  const version = /^\d+\.\d+(\.\d+)?/u.exec(python)?.[0] ?? python
  const [major, minor] = version.split('.')
  return [
    '--no-deps',
    ...wheelPlatform(triple).pip.flatMap((tag) => ['--platform', tag]),
    '--python-version',
    version,
    '--implementation',
    'cp',
    '--abi',
    `cp${major}${minor}`,
  ]
}

/** Undefined where that is not why an installer failed. */
export function noWheel({ triple, python }: OtherMachine, evidence: ExitEvidence): AppError | undefined {
  const name = packageWithoutWheel(evidence.lastLines)
  if (name === undefined) return undefined
  return new AppError('PACKAGES_FAILED', `${name} has no wheel for Python ${python} on ${triple}`, {
    hint: 'Nothing is built for another machine. Ask for another version of it, or take another Python with --version.',
    details: { ...shownEvidence(evidence), package: name, triple, python },
  })
}

/** In the words of uv, which folds its explanations over several lines, and of pip. */
export function packageWithoutWheel(lines: readonly string[]): string | undefined {
  const text = lines.join(' ').replaceAll(/\s+/gu, ' ')
  const name = String.raw`([A-Za-z\d](?:[\w.-]*[A-Za-z\d])?)(?:\[[^\]]*\])?(?:[=<>!~][^\s]*)?`
  const uv = new RegExp(`(?:^| )${name} ha(?:s|ve) no (?:usable )?wheels\\b`, 'u').exec(text)
  // So ends a pip that has not reached its index, too.
  const isMissing = hintFor(lines)?.cause === 'no-match'
  const pip = isMissing ? new RegExp(`No matching distribution found for ${name}`, 'u').exec(text) : null
  return (uv ?? pip)?.[1]
}
