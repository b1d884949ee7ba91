import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { describeExit } from '../../process/index.ts'
import type { ExitEvidence } from '../../process/index.ts'
import { readPackages } from '../packages.ts'
import { checkedRequirements, normalizedName, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { hintFor } from './hints.ts'
import { readPipOptions } from './pip-configuration.ts'
import { choosePip, hasRawProgress, pipCommand, pipVariables } from './pip.ts'
import { createPipReader, createUvReader, shortList } from './progress.ts'
import type { OutputReader } from './progress.ts'
import { supervise } from './supervise.ts'
import type { Target } from './target.ts'
import { translatePipOptions, uvCommand, uvKnowsIndexes, uvVariables } from './uv.ts'

/** Milliseconds of silence after which an installer counts as hung; BEEP_INSTALL_SILENCE_MS overrides it. */
const defaultSilenceMs = 120_000

interface Command {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly reader: OutputReader
}

/**
 * Installs packages into an environment, all of them in one resolve, and sees that they are there afterwards.
 * `onStarted` is told the installer's pid.
 * @throws PACKAGES_FAILED with argv, exit code, last lines and a hint; TIMEOUT; CANCELLED
 */
export async function installPackages(
  room: Room,
  target: Target,
  requirements: readonly string[],
  context: JobContext,
  onStarted: (pid: number) => Promise<void>,
): Promise<void> {
  const wanted = checkedRequirements(requirements)
  const title = `Installing ${shownPackages(wanted)} into ${target.name}`
  context.progress({ fraction: null, title })
  const { argv, env, reader } = await chooseCommand(room, target, wanted, context.signal)
  const evidence = await supervise(argv, {
    env,
    // Not the host's own folder: a file there with a package's name must not be taken for the package.
    cwd: target.root,
    signal: context.signal,
    silenceMs: Number(room.env['BEEP_INSTALL_SILENCE_MS']) || defaultSilenceMs,
    patience: reader.patience,
    onLine(line) {
      const step = reader.read(line)
      if (step) context.progress({ fraction: null, title, ...step })
    },
    onStarted,
  })
  if (evidence.exitCode !== 0) throw packagesFailed(title, describeExit(evidence.exitCode, evidence.signal), evidence)
  const missing = await missingAfter(room, target, wanted)
  if (missing.length > 0) throw packagesFailed(title, `left out ${missing.join(', ')}`, evidence)
}

/** One requirement as it was typed, several by their names. */
export function shownPackages(requirements: readonly string[]): string {
  if (requirements.length === 1) return requirements[0]!
  return shortList(requirements.map((text) => /^[A-Za-z0-9._-]+/u.exec(text)?.[0] ?? text))
}

async function chooseCommand(
  room: Room,
  target: Target,
  requirements: readonly string[],
  signal: AbortSignal,
): Promise<Command> {
  const uv = await room.tools.findUv()
  if (uv) {
    const plain = childEnvironment(room.env, room.platform, { installer: true, extra: uvVariables })
    const [options, knows] = await Promise.all([
      readPipOptions(room, target.base, signal),
      uvKnowsIndexes(plain, room.platform),
    ])
    const settings = translatePipOptions(options, plain, knows)
    const env = { ...plain, ...settings.variables }
    return { argv: uvCommand(uv, target, settings, requirements), env, reader: createUvReader() }
  }
  if ((await room.settings.get()).installer === 'uv') {
    throw new AppError('PACKAGES_FAILED', 'The settings ask for uv, and no usable uv was found', {
      hint: 'Install uv 0.4.23 or newer, or set the installer to auto or pip.',
    })
  }
  const pip = await choosePip(room, target, signal)
  const env = childEnvironment(room.env, room.platform, { installer: true, extra: pipVariables })
  return { argv: pipCommand(pip, requirements), env, reader: createPipReader(hasRawProgress(pip)) }
}

/** A pip told by its configuration to install elsewhere ends well and installs nothing here. With a marker, none may be needed. */
async function missingAfter(room: Room, target: Target, requirements: readonly string[]): Promise<string[]> {
  const packages = await readPackages(await sitePackages(target.root, room.platform))
  const there = new Set(packages.map((one) => normalizedName(one.name)))
  return requirements
    .filter((text) => !text.includes(';'))
    .map(requirementName)
    .filter((name) => !there.has(name))
}

function packagesFailed(title: string, how: string, evidence: ExitEvidence): AppError {
  const lastLines = evidence.lastLines.map(withoutSecrets)
  const telling = tellingLine(lastLines)
  const found = hintFor(lastLines)
  return new AppError('PACKAGES_FAILED', `${title} ${how}${telling ? `: ${telling}` : ''}`, {
    hint: found?.hint ?? 'The last lines of the installer tell more.',
    details: { ...evidence, argv: evidence.argv.map(withoutSecrets), lastLines, cause: found?.cause },
  })
}

/** pip's last "ERROR:" line; uv's "error:" with the last of the causes below it; else the last line with anything in it. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => /^\s*error:/iu.test(line))
  if (at === -1) return lines.findLast((line) => line.trim() !== '')?.trim()
  const error = lines[at]!.trim().replace(/^error:\s*/iu, '')
  const cause = lines.slice(at + 1).findLast((line) => /^\s*cause:/u.test(line))
  return cause ? `${error}: ${cause.trim().replace(/^cause:\s*/u, '')}` : error
}

/** Addresses of private indexes hold passwords. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/(\w:\/\/)[^/\s@]+@/gu, '$1****@')
}
