import { access, readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { isAppError } from '../../contract/index.ts'
import { childEnvironment } from '../platform/index.ts'
import { run } from '../process/index.ts'
import { gpuPlan } from './plan.ts'
import type { GpuFacts, Probe, ProbeAnswer } from './types.ts'

/** Milliseconds for a program: a driver that was asleep wakes within two seconds, a broken one never. */
const probeMs = 5000
const mostBytes = 1024 * 1024

/** Asks and looks, all at once. However badly a driver behaves, this ends, and never throws. */
export async function lookAtGpu(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  timeoutMs = probeMs,
): Promise<GpuFacts> {
  const plan = gpuPlan(platform)
  const child = childEnvironment(env, platform)
  const [answers, paths, texts] = await Promise.all([
    Promise.all(plan.commands.map(async ({ probe, argv }) => [probe, await ask(argv, child, timeoutMs)] as const)),
    Promise.all(plan.paths.map(async (file) => ((await isThere(file)) ? [file] : []))),
    Promise.all(plan.texts.map(async (file) => [file, await textOf(file)] as const)),
  ])
  return {
    platform,
    arch: process.arch,
    processor: cpus()[0]?.model.trim() ?? '',
    answers: Object.fromEntries(answers) as Record<Probe, ProbeAnswer>,
    paths: new Set(paths.flat()),
    texts: Object.fromEntries(texts.filter((one): one is [string, string] => one[1] !== undefined)),
  }
}

async function ask(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<ProbeAnswer> {
  try {
    const { exitCode, stdout } = await run(argv, { env, timeoutMs, maxStdoutBytes: mostBytes })
    return { outcome: 'answered', exitCode, stdout }
  } catch (error) {
    if (isAppError(error, 'TIMEOUT')) return { outcome: 'silent' }
    return { outcome: isAppError(error, 'SPAWN_FAILED') ? 'missing' : 'failed' }
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}
