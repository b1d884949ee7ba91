import { AppError, poolMetricsSchema } from '../../../contract/index.ts'
import type { ServerMetrics, UsageSample } from '../../../contract/index.ts'
import type { PoolLink } from './pool-link.ts'

/** Milliseconds for an answer that comes at once, unless native code keeps the whole interpreter to itself. */
const answerMs = 2000

/**
 * Asks a pool what its server has done, and closes the link.
 * @throws TIMEOUT, SERVER_FAILED, INTERNAL for what is no answer
 */
export async function readMetrics(
  server: string,
  link: PoolLink,
  usage: UsageSample | undefined,
  withinMs = answerMs,
): Promise<ServerMetrics> {
  const tooLate = new AbortController()
  const timer = setTimeout(() => tooLate.abort(noAnswer(server, withinMs)), withinMs)
  try {
    const told = poolMetricsSchema.safeParse(await link.ask('metrics', {}, tooLate.signal))
    if (!told.success) throw new AppError('INTERNAL', `Server ${server} told no metrics`, { cause: told.error })
    return { at: new Date().toISOString(), ...told.data, usage: usage ?? null }
  } finally {
    clearTimeout(timer)
    link.close()
  }
}

function noAnswer(server: string, ms: number): AppError {
  return new AppError('TIMEOUT', `Server ${server} did not tell its metrics within ${ms} ms`, {
    hint: 'Native code that does not let Python go on keeps it from answering. Try again, or restart it.',
  })
}
