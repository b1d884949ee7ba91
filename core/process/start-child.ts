import type { ChildProcess } from 'node:child_process'
import { execa } from 'execa'
import { spawnFailure } from './failure.ts'

export interface StartOptions {
  /** The child's whole environment (platform/child-environment.ts). */
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly stdin: 'pipe' | 'ignore'
  /** Whether the child is stopped when this process ends in good order. */
  readonly endsWithUs: boolean
}

/**
 * Starts a program from an argument array, without a shell, in a process group of its own (on Unix), its output on pipes that
 * the caller reads.
 * @throws SPAWN_FAILED when there is no process at all.
 */
export async function startChild(
  argv: readonly [string, ...string[]],
  options: StartOptions,
): Promise<{ readonly pid: number; readonly child: ChildProcess }> {
  const [file, ...args] = argv
  const { env, cwd, stdin } = options
  try {
    const started = execa(file, args, {
      env,
      extendEnv: false,
      ...(cwd === undefined ? {} : { cwd }),
      stdin,
      buffer: false,
      encoding: 'buffer',
      reject: false,
      killDescendants: true,
      // The ladder in terminate.ts decides when to kill.
      forceKillAfterDelay: false,
      cleanup: options.endsWithUs,
      windowsHide: true,
    })
    if (started.pid !== undefined) return { pid: started.pid, child: started.nodeChildProcess }
    const failed = await started
    throw failed.cause ?? failed
  } catch (error) {
    // Thrown at once for arguments that no program can get, such as a zero byte.
    throw spawnFailure(argv, error, cwd)
  }
}
