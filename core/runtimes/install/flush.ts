import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'

/** Milliseconds; a slow disk with much to write may need longer, and then the install goes on without. */
const flushLimitMs = 15_000

/**
 * Brings a fresh tree onto the disk before its manifest says that it is complete: after a power cut, file systems that write late
 * show whole folders of empty files. One call for the volume, since a thousand single ones take seconds. As well as it goes: a
 * missing tool or a slow disk is no failure.
 */
export async function flushToDisk(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (process.platform === 'win32') return
  const argv = process.platform === 'linux' ? (['sync', '-f', folder] as const) : (['sync'] as const)
  await run([...argv], { env: childEnvironment(env, process.platform), timeoutMs: flushLimitMs }).catch(() => {})
}
